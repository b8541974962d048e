import { advise } from './advice.ts'
import type { Connection } from './connection.ts'

type GetToken = () => Promise<string>

/** What gives tokens for a connection, with a sentence for the integrator when it gives none. */
export async function tokensOf({ baseUrl, getToken, tokenUrl }: Connection): Promise<GetToken> {
  if (getToken) return () => askHost(getToken)
  if (tokenUrl) return (await import('./token-url.ts')).tokenFrom(tokenUrl)
  return () => {
    const sentence = `no getToken or token-url is set for ${baseUrl}.`
    advise(sentence)
    return Promise.reject(new Error(sentence))
  }
}

async function askHost(getToken: NonNullable<Connection['getToken']>): Promise<string> {
  let token: unknown
  try {
    token = await getToken()
  } catch (error) {
    // Without network it is not the host's fault.
    if (navigator.onLine)
      advise('getToken failed; widgets go on as for somebody who is not signed in.', error)
    throw error
  }
  if (typeof token !== 'string' || !looksLikeToken(token)) {
    const sentence = `getToken has to give a token, and gave ${nameOf(token)}.`
    advise(sentence)
    throw new Error(sentence)
  }
  return token
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
