import { accessOf, type Access, type Capability, type TokenClaims } from '@minqing/core'
import type { FastifyRequest } from 'fastify'
import type { Authenticate, Caller } from '../internal/caller.ts'
import { ProblemError } from '../internal/problem-error.ts'
import type { Verify } from './verify.ts'

/** Which origins pages may call from. */
export type AdmitsOrigin = (origin: string, request: FastifyRequest) => boolean

const maxRemembered = 5000
/** Bounds how long a key that the host withdrew still opens the door. */
const rememberMs = 5 * 60_000

function callerOf(claims: TokenClaims): Caller {
  const accesses = new Map<Capability, Access>()
  const { sub: id, name, title, grants, exp } = claims
  const accessFor = (capability: Capability): Access => {
    let access = accesses.get(capability)
    if (!access) accesses.set(capability, (access = accessOf(grants, capability)))
    return access
  }
  return {
    session: { id, name, ...(title === undefined ? {} : { title }), grants, expiresAt: new Date(exp * 1000) },
    origins: claims.origins,
    accessFor,
    scopeFor: (capability) => accessFor(capability).areas,
  }
}

/** Verified tokens, the least recently used forgotten first; never beyond their end. */
class Remembered {
  readonly #callers = new Map<string, { caller: Caller; until: number }>()

  get(token: string, now: number): Caller | undefined {
    const found = this.#callers.get(token)
    if (!found) return undefined
    this.#callers.delete(token)
    if (found.until <= now) return undefined
    this.#callers.set(token, found)
    return found.caller
  }

  set(token: string, caller: Caller, now: number): void {
    if (this.#callers.size >= maxRemembered) this.#callers.delete(this.#callers.keys().next().value!)
    const until = Math.min(caller.session.expiresAt.getTime(), now + rememberMs)
    this.#callers.set(token, { caller, until })
  }
}

const bearer = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i

/**
 * Makes the check of a request's token and of the page that uses it. A request without an `Origin` comes from the
 * same origin or from no browser at all.
 */
export function createAuthenticate(verify: Verify, admits: AdmitsOrigin, now: () => Date): Authenticate {
  const remembered = new Remembered()
  return async (request) => {
    const header = request.headers.authorization
    if (!header) throw new ProblemError('unauthenticated', { headers: { 'www-authenticate': 'Bearer' } })
    const token = bearer.exec(header)?.[1]
    if (!token) {
      throw new ProblemError('token_invalid', {
        headers: { 'www-authenticate': 'Bearer error="token_invalid"' },
      })
    }
    const time = now().getTime()
    let caller = remembered.get(token, time)
    if (!caller) {
      caller = callerOf(await verify(token))
      remembered.set(token, caller, time)
    }
    const { origin } = request.headers
    if (origin !== undefined) {
      const named = caller.origins?.includes(origin) ?? true
      if (!named || !admits(origin, request)) throw new ProblemError('origin_denied')
    }
    return caller
  }
}
