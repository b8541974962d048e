import type { MinqingError } from '@minqing/client'
import { advise } from './advice.ts'

/** Says of a failed request what an integrator can mend: a wrong address, a wrong token. */
export function adviseOn(
  baseUrl: string,
  { code, status }: MinqingError,
  { method, path }: { method: string; path: string },
): void {
  if (code === 'bad_response') {
    const how = status === undefined ? 'with something else than JSON' : `${status}`
    advise(`${baseUrl} answers ${how} and not as a server of ours; check base-url. (${method} ${path})`)
  } else if (code === 'forbidden') {
    advise(`the token has no grant for ${method} ${path} on ${baseUrl}; check its roles and areas.`)
  } else if (code.startsWith('token_') || code === 'origin_denied') {
    advise(`${baseUrl} refuses the token: ${code}.`)
  }
}
