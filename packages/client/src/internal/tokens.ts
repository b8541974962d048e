import { clientError, isMinqingError, notSignedIn } from '../errors.ts'
import type { GetToken } from '../types.ts'

/** The caller's token: asked for once, kept until the server refuses it, then refreshed once for all who wait. */
export interface Tokens {
  get(): Promise<string>
  /** A newer token than the refused one. */
  refresh(refused: string): Promise<string>
}

export function createTokens(getToken: GetToken): Tokens {
  let current: Promise<string> | undefined
  let value: string | undefined

  const ask = (refresh: boolean): Promise<string> => {
    const asked = obtain(getToken, refresh)
    current = asked
    asked.then(
      (token) => {
        if (current === asked) value = token
      },
      () => {
        // A failure is not kept: the next call asks again.
        if (current === asked) current = undefined
      },
    )
    return asked
  }

  return {
    get: () => current ?? ask(false),
    refresh: (refused) => {
      const known = value === refused
      if (!known && current) return current
      value = undefined
      return ask(true)
    },
  }
}

async function obtain(getToken: GetToken, refresh: boolean): Promise<string> {
  let token: string
  try {
    token = await getToken({ refresh })
  } catch (cause) {
    if (isMinqingError(cause)) throw cause
    // A host's fetch() without network rejects with a TypeError; everything else means that it has no token for us.
    throw cause instanceof TypeError ? clientError('offline', cause) : notSignedIn(cause)
  }
  if (typeof token !== 'string' || token === '') throw notSignedIn(undefined, 'getToken gave no token')
  return token
}

/** `sub` of a JWT, unverified: it says whose entries to send, the server says whether the token is good. */
export function subjectOf(token: string): string | undefined {
  try {
    const part = token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/')
    const bytes = Uint8Array.from(atob(part), (character) => character.charCodeAt(0))
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes))
    const sub = (claims as { sub?: unknown }).sub
    return typeof sub === 'string' && sub !== '' ? sub : undefined
  } catch {
    return undefined
  }
}
