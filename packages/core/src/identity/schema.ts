import Type, { type Static } from 'typebox'
import { AreaCode, AreaRef } from '../areas/schema.ts'
import { roles, type Capability } from '../policy.ts'
import { Instant, named, oneOf } from '../internal/shapes.ts'

export const RoleWord = oneOf(roles)

/** Who wrote something, as others see it. */
export const Person = named('Person', {
  id: Type.String({ maxLength: 64 }),
  name: Type.String({ maxLength: 40 }),
  /** 驻村干部, 网格员, … as the host names it. */
  title: Type.Optional(Type.String({ maxLength: 40 })),
})
export type Person = Static<typeof Person>

const GrantClaim = Type.Object({
  role: RoleWord,
  area: AreaCode,
  unit: Type.Optional(Type.String({ maxLength: 64 })),
})

/**
 * What the host's back end signs. Unknown claims are allowed and ignored. `exp` is at most one hour after `iat`.
 */
export const TokenClaims = Type.Object(
  {
    iss: Type.Optional(Type.String()),
    aud: Type.Union([Type.String(), Type.Array(Type.String())]),
    sub: Type.String({ minLength: 1, maxLength: 64 }),
    name: Type.String({ minLength: 1, maxLength: 40 }),
    title: Type.Optional(Type.String({ maxLength: 40 })),
    iat: Type.Integer(),
    exp: Type.Integer(),
    /** Origins of pages that may use the token; without it any origin that CORS admits. */
    origins: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 20 })),
    grants: Type.Array(GrantClaim, { minItems: 1, maxItems: 20 }),
  },
  { title: 'TokenClaims' },
)
export type TokenClaims = Static<typeof TokenClaims>

/** The caller as the server sees them. */
export const Me = named('Me', {
  id: Type.String(),
  name: Type.String(),
  title: Type.Optional(Type.String()),
  grants: Type.Array(
    Type.Object({
      role: RoleWord,
      area: AreaRef,
      unit: Type.Optional(Type.String()),
    }),
  ),
  /** Capability → the areas whose subtrees it covers. */
  scopes: Type.Unsafe<Partial<Record<Capability, string[]>>>({
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'string' } },
  }),
  /** Capability → the units for which it covers what they have a part in: `330683/jianshe`. */
  units: Type.Unsafe<Partial<Record<Capability, string[]>>>({
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'string' } },
  }),
})
export type Me = Static<typeof Me>

/** What a host hands over to prove who somebody is, once. */
export const NewSession = named('NewSession', {
  /** The name under which the deployment has set up the host's sign-in: `zhezhengding`. */
  provider: Type.String({ pattern: '^[a-z][a-z0-9-]{0,30}$' }),
  /** An authorization code, a ticket or an ID token, as the host gave it. */
  assertion: Type.String({ minLength: 1, maxLength: 8192, pattern: '^[!-~]+$' }),
  /** OIDC: where the issuer sent the authorization code. */
  redirectUri: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  /** OIDC: what the page had asked the issuer to repeat in the ID token. */
  nonce: Type.Optional(Type.String({ minLength: 8, maxLength: 200, pattern: '^[!-~]+$' })),
  /** OIDC: the secret whose digest the page had sent when it asked for the authorization code (PKCE). */
  codeVerifier: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9._~-]{43,128}$' })),
})
export type NewSession = Static<typeof NewSession>

export const SessionToken = named('SessionToken', { token: Type.String(), expiresAt: Instant })
