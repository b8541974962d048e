import { advise } from './advice.ts'
import type { Connection } from './connection.ts'
import { inTime, Late } from './in-time.ts'

/** `refresh` is true when the last token was refused. */
interface How {
  refresh: boolean
}
type GetToken = (how: How) => Promise<string>
type HostToken = NonNullable<Connection['getToken']>

/** A person may have to sign in meanwhile; but everything waits for it, and a host that forgets to answer must not stop all. */
const patienceMs = 30_000

/** What gives tokens for a connection, with a sentence for the integrator when it gives none. */
export async function tokensOf({ baseUrl, getToken, tokenUrl }: Connection): Promise<GetToken> {
  if (getToken) return askHost(getToken)
  if (tokenUrl) return (await import('./token-url.ts')).tokenFrom(tokenUrl)
  return () => {
    const sentence = `no getToken or token-url is set for ${baseUrl}.`
    advise(sentence)
    return Promise.reject(new Error(sentence))
  }
}

/** Asks the page's function, whatever it does. */
export function askHost(getToken: HostToken, withinMs: number = patienceMs): GetToken {
  let last: string | undefined
  const refuse = (sentence: string): never => {
    advise(sentence)
    throw new Error(sentence)
  }
  return async (how) => {
    if (typeof getToken !== 'function') return refuse('getToken has to be a function that gives a token.')
    let token: unknown
    try {
      // In a function of its own: one that throws at once fails as one that rejects.
      token = await inTime((async () => getToken(how))(), withinMs)
    } catch (error) {
      if (error instanceof Late) {
        advise(`getToken did not answer in ${Math.round(withinMs / 1000)} seconds.`)
        throw (await import('./token-url.ts')).late(error, 'getToken')
      }
      // Without network it is not the host's fault.
      if (navigator.onLine)
        advise('getToken failed; widgets go on as for somebody who is not signed in.', error)
      throw error
    }
    if (typeof token !== 'string' || !looksLikeToken(token))
      return refuse(`getToken has to give a token, and gave ${nameOf(token)}.`)
    if (how.refresh && token === last)
      advise(
        'getToken gave the token again that was refused; asked with { refresh: true } it has to get a new one.',
      )
    last = token
    return token
  }
}

/** What can go into a header: no page, no JSON, no blanks. */
export const looksLikeToken = (token: string): boolean => /^[\w~+/.=-]+$/.test(token)

/** What was given instead, without repeating it. */
export const nameOf = (value: unknown): string =>
  typeof value !== 'string'
    ? String(value === null ? null : typeof value)
    : value.trim() === ''
      ? 'an empty text'
      : value.trim().startsWith('<')
        ? 'HTML'
        : 'another text'
