import { TokenClaims, accessOf, type Access, type Capability, type ErrorCode } from '@minqing/core'
import { newId } from '../../internal/id.ts'
import type { TestPerson } from '../types.ts'
import type { Session } from './call.ts'
import { KitProblem } from './problem.ts'
import { fits } from './validate.ts'

const audience = 'minqing-testing'
const maxLifeSeconds = 3600
const toleranceSeconds = 30

export interface KitCaller {
  readonly session: Session
  accessFor(capability: Capability): Access
}

const encode = (value: object): string => {
  const bytes = new TextEncoder().encode(JSON.stringify(value))
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function decode(part: string): unknown {
  const text = atob(part.replaceAll('-', '+').replaceAll('_', '/'))
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0))))
}

const refuse = (code: ErrorCode): KitProblem =>
  new KitProblem(code, { headers: { 'www-authenticate': `Bearer error="${code}"` } })

const bearer = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]*)$/i

/** Tokens that look like those of a portal. What stands for the signature, only this server knows. */
export function createTokens(now: () => number) {
  const signature = newId().replaceAll('-', '')
  const seconds = () => Math.floor(now() / 1000)

  const issue = (name: string, person: TestPerson, lifeSeconds: number): string => {
    const { id = name, title, grants } = person
    const claims = {
      ...{
        aud: audience,
        sub: id,
        name: person.name ?? id,
        iat: seconds(),
        exp: seconds() + lifeSeconds,
        grants,
      },
      ...(title === undefined ? {} : { title }),
    }
    return `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}.${signature}`
  }

  const claimsOf = (payload: string, signed: string): TokenClaims => {
    let claims: unknown
    try {
      claims = decode(payload)
    } catch {
      throw refuse('token_invalid')
    }
    if (signed !== signature || !fits(TokenClaims, claims)) throw refuse('token_invalid')
    if (claims.aud !== audience) throw refuse('token_audience')
    const { iat, exp } = claims
    if (exp <= iat || exp - iat > maxLifeSeconds) throw refuse('token_invalid')
    if (exp + toleranceSeconds <= seconds()) throw refuse('token_expired')
    return claims
  }

  /** @throws KitProblem `unauthenticated`, `token_invalid`, `token_expired` */
  const authenticate = (header: string | null): KitCaller => {
    if (!header) throw new KitProblem('unauthenticated', { headers: { 'www-authenticate': 'Bearer' } })
    const [, , payload, signed] = bearer.exec(header) ?? []
    if (payload === undefined || signed === undefined) throw refuse('token_invalid')
    const { sub: id, name, title, grants, exp } = claimsOf(payload, signed)
    return {
      session: { id, name, grants, expiresAt: exp * 1000, ...(title === undefined ? {} : { title }) },
      accessFor: (capability) => accessOf(grants, capability),
    }
  }

  return { issue, authenticate }
}
export type Tokens = ReturnType<typeof createTokens>
