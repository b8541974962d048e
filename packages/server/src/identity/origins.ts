import type { FastifyRequest } from 'fastify'
import { ConfigProblem } from './options.ts'
import type { AdmitsOrigin } from './authenticate.ts'

/** An origin as browsers send it: `https://portal.example.cn`. */
function originOf(text: string): string {
  const origin = URL.parse(text)?.origin
  if (origin === text && /^https?:/.test(text)) return origin
  throw new ConfigProblem(
    `"${text}" is not an origin: write it like https://portal.example.cn, without a path.`,
  )
}

/** Without a public address, a page is our own when the browser asked for it under the same name and port. */
const isSameHost = (origin: string, request: FastifyRequest): boolean =>
  origin === URL.parse(`${request.protocol}://${request.headers.host ?? ''}`)?.origin

/**
 * Which pages may call: those of the server itself and those of the origins named, exactly.
 *
 * @throws ConfigProblem for something that is no origin
 */
export function createAdmitsOrigin(options: {
  publicUrl?: string | undefined
  allowed?: readonly string[] | undefined
}): AdmitsOrigin {
  const named = new Set((options.allowed ?? []).map(originOf))
  const own = options.publicUrl === undefined ? undefined : URL.parse(options.publicUrl)?.origin
  return (origin, request) =>
    named.has(origin) || (own === undefined ? isSameHost(origin, request) : origin === own)
}
