import { createHash, randomBytes } from 'node:crypto'
import { SignJWT, exportJWK, generateKeyPair, type JWTPayload } from 'jose'
import type { OidcOptions } from '../providers/oidc.ts'
import { Codes, withCodes, type Found } from './codes.ts'
import { startFake, type Answered, type Asked, type FakeProvider } from './fake-provider.ts'

const clientId = 'minqing'
const clientSecret = 'oidc-client-secret-31fe'
export const redirectUri = 'https://portal.example.cn/callback'
export const nonce = 'n-0S6_WzA2Mj'

/** A fake issuer can be told to sign what it should not. */
export interface FakeIssuer extends FakeProvider {
  /** @param alter claims that are not those of an honest issuer */
  idToken(alter?: JWTPayload, key?: 'own' | 'other'): Promise<string>
  /** What the ID tokens of its token endpoint say, besides what is true. */
  alter: JWTPayload
}

const refused = (error: string): Answered => ({ status: 400, json: { error } })

/** An OpenID Connect issuer: discovery, keys, and a token endpoint that knows PKCE. */
export async function fakeIssuer(flow: OidcOptions['flow'], timeoutMs: number): Promise<FakeIssuer> {
  const codes = new Codes()
  const own = await generateKeyPair('RS256')
  const other = await generateKeyPair('RS256')
  const keys = [{ ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }]

  const idToken = (alter: JWTPayload = {}, key: 'own' | 'other' = 'own') => {
    const now = Math.floor(Date.now() / 1000)
    const jti = randomBytes(8).toString('hex')
    const claims = {
      iss: server.url,
      aud: clientId,
      sub: 'sub-7',
      iat: now,
      exp: now + 300,
      nonce,
      jti,
      ...alter,
    }
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .sign({ own, other }[key].privateKey)
  }

  const discovery = (): Answered => ({
    json: {
      issuer: server.url,
      authorization_endpoint: `${server.url}/authorize`,
      token_endpoint: `${server.url}/token`,
      jwks_uri: `${server.url}/keys`,
      response_types_supported: ['code', 'id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    },
  })

  const proven = (found: Exclude<Found, string>, form: URLSearchParams): boolean => {
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    return found.more['challenge'] === challenge && found.more['redirectUri'] === form.get('redirect_uri')
  }

  const token = async ({ body }: Asked): Promise<Answered> => {
    const form = new URLSearchParams(body)
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret)
      return { status: 401, json: { error: 'invalid_client' } }
    if (form.get('grant_type') !== 'authorization_code') return refused('unsupported_grant_type')
    const found = codes.take(form.get('code'), clientId)
    if (typeof found === 'string' || !proven(found, form)) return refused('invalid_grant')
    const more = { access_token: randomBytes(16).toString('hex'), token_type: 'Bearer', expires_in: 300 }
    return { json: { ...more, id_token: await idToken({ sub: found.subject, ...told.alter }) } }
  }

  const server = await startFake((asked) => {
    if (asked.path === '/.well-known/openid-configuration') return discovery()
    if (asked.path === '/keys') return { json: { keys } }
    if (asked.path === '/token' && asked.method === 'POST') return token(asked)
    return { status: 404, json: {} }
  })
  const told = Object.assign(server, { alter: {} as JWTPayload })

  const codeFor = (subject: string, app = clientId, seconds = 300) => {
    const codeVerifier = randomBytes(32).toString('base64url')
    const challenge = createHash('sha256').update(codeVerifier).digest('base64url')
    const assertion = codes.give(subject, app, seconds, { challenge, redirectUri })
    return Promise.resolve({ assertion, redirectUri, nonce, codeVerifier })
  }
  const tokenFor = async (alter: JWTPayload) => ({ assertion: await idToken(alter), nonce })
  const past = Math.floor(Date.now() / 1000) - 400
  const byCode = flow === 'code'
  return withCodes(
    Object.assign(told, {
      options: {
        ...{ kind: 'oidc' as const, issuer: server.url, clientId, clientSecret, flow, timeoutMs },
        redirectUris: [redirectUri],
      } as const,
      secrets: [clientSecret],
      idToken,
      assertion: (subject: string) => (byCode ? codeFor(subject) : tokenFor({ sub: subject })),
      expired: () => (byCode ? codeFor('sub-7', clientId, -1) : tokenFor({ iat: past, exp: past + 300 })),
      foreign: () => (byCode ? codeFor('sub-7', 'another-app') : tokenFor({ aud: 'another-app' })),
    }),
    codes,
  )
}
