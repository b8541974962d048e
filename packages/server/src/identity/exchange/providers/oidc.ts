import type { NewSession } from '@minqing/core'
import * as client from 'openid-client'
import { ConfigProblem } from '../../options.ts'
import { createProviderFetch, defaultTimeoutMs } from '../fetch.ts'
import { ProviderAway, Refusal, type Provider, type RefusalReason, type Vouched } from '../provider.ts'
import { baseOf, needed } from './options.ts'

/** Any OpenID Connect issuer; what it can do is read from its discovery document. */
export interface OidcOptions {
  readonly kind: 'oidc'
  readonly issuer: string
  readonly clientId: string
  /** Sent to the token endpoint (`client_secret_post`); without it the client is a public one and PKCE alone protects. */
  readonly clientSecret?: string
  /** What the page hands over: an authorization code with its PKCE verifier, or an ID token with its nonce. */
  readonly flow: 'code' | 'idToken'
  /** With codes: addresses of pages to which the issuer may have sent one, exactly. */
  readonly redirectUris?: readonly string[]
  /** Origins of the issuer's endpoints, where they are not its own. */
  readonly origins?: readonly string[]
  /** Milliseconds for each question; 5000 at most and without it. */
  readonly timeoutMs?: number
}

/** Clocks of two machines differ a little. */
const toleranceSeconds = 30
/** An ID token may be valid for hours; as proof that somebody has just signed in it is not. */
const maxAgeSeconds = 600
/** The issuer may change its endpoints. */
const discoveryMs = 3_600_000

interface Failure {
  code?: unknown
  error?: unknown
  cause?: unknown
}

const reasons: Readonly<Record<string, RefusalReason>> = {
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'expired',
  OAUTH_JWT_CLAIM_COMPARISON_FAILED: 'foreign',
  OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED: 'foreign',
  OAUTH_PARSE_ERROR: 'malformed',
}

/** What openid-client found wrong; its messages may repeat the answer, so only the kind goes on. */
function failureOf(error: unknown): Refusal | ProviderAway {
  for (let at: unknown = error, deep = 0; at instanceof Error && deep < 5; at = at.cause, deep++) {
    if (at instanceof ProviderAway || at instanceof Refusal) return at
  }
  const { code, error: word } = error as Failure
  if (code === 'OAUTH_RESPONSE_IS_NOT_CONFORM') return new ProviderAway('status')
  if (code === 'OAUTH_RESPONSE_IS_NOT_JSON') return new ProviderAway('shape')
  // our own secret is wrong: that says nothing about the code
  if (word === 'invalid_client' || word === 'unauthorized_client') return new ProviderAway('status')
  return new Refusal(reasons[String(code)] ?? 'unproven')
}

async function discover(options: OidcOptions, issuer: URL): Promise<client.Configuration> {
  const origins = [issuer.origin, ...(options.origins ?? [])]
  const fetcher = createProviderFetch(origins, options.timeoutMs)
  const execute = [client.enableNonRepudiationChecks]
  // baseOf lets http pass on this very machine only
  if (issuer.protocol === 'http:') execute.push(client.allowInsecureRequests)
  if (options.flow === 'idToken') execute.push(client.useIdTokenResponseType)
  return client.discovery(
    new URL(options.issuer),
    options.clientId,
    { [client.clockTolerance]: toleranceSeconds },
    options.clientSecret === undefined ? client.None() : client.ClientSecretPost(options.clientSecret),
    {
      execute,
      timeout: (options.timeoutMs ?? defaultTimeoutMs) / 1000,
      [client.customFetch]: (url, init) => fetcher(url, init as RequestInit),
    },
  )
}

type Asked = (config: client.Configuration, session: NewSession) => Promise<Vouched>

const byIdToken =
  (now: () => Date): Asked =>
  async (config, { assertion, nonce }) => {
    if (nonce === undefined) throw new Refusal('malformed')
    const address = new URL('https://unused.invalid/')
    address.hash = new URLSearchParams({ id_token: assertion }).toString()
    const { sub, iat, exp } = await client.implicitAuthentication(config, address, nonce)
    if (now().getTime() / 1000 - iat > maxAgeSeconds + toleranceSeconds) throw new Refusal('expired')
    return {
      subject: sub,
      // a signature can be written in more than one way, what it signs cannot
      once: assertion.slice(0, assertion.lastIndexOf('.')),
      until: new Date((exp + toleranceSeconds) * 1000),
    }
  }

const byCode =
  (redirectUris: ReadonlySet<string>): Asked =>
  async (config, { assertion, redirectUri, nonce, codeVerifier }) => {
    if (redirectUri === undefined || codeVerifier === undefined) throw new Refusal('malformed')
    if (!redirectUris.has(redirectUri)) throw new Refusal('foreign')
    const { issuer, authorization_response_iss_parameter_supported: namesIssuer } = config.serverMetadata()
    const address = new URL(redirectUri)
    address.searchParams.set('code', assertion)
    // the page has named the provider; the parameter was for pages that know several
    if (namesIssuer) address.searchParams.set('iss', issuer)
    const tokens = await client.authorizationCodeGrant(config, address, {
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
      ...(nonce === undefined ? {} : { expectedNonce: nonce }),
    })
    return { subject: tokens.claims()!.sub, once: assertion }
  }

function redirectsOf({ flow, redirectUris = [] }: OidcOptions): ReadonlySet<string> {
  const plain = redirectUris.every((address) => /^https?:\/\/[^?#]+$/.test(address))
  if (flow === 'code' && !(plain && redirectUris.length > 0))
    throw new ConfigProblem(
      'A sign-in provider of kind oidc needs redirectUris for its codes, without ? and #.',
    )
  return new Set(redirectUris)
}

/** The subject is `sub`, which the issuer never gives to anybody else. */
export function createOidc(options: OidcOptions, now: () => Date): Provider {
  needed(options, ['issuer', 'clientId', 'flow'])
  const issuer = baseOf(options.issuer)
  const redirectUris = redirectsOf(options)
  const vouch = options.flow === 'code' ? byCode(redirectUris) : byIdToken(now)
  let found: { config: Promise<client.Configuration>; until: number } | undefined
  const config = async () => {
    if (found && found.until > now().getTime()) return found.config
    const mine = { config: discover(options, issuer), until: now().getTime() + discoveryMs }
    found = mine
    mine.config.catch(() => {
      if (found === mine) found = undefined
    })
    return mine.config
  }
  return {
    async vouch(session) {
      const ready = await config().catch((error: unknown) => {
        const failure = failureOf(error)
        // nothing has been said about the assertion yet
        throw failure instanceof Refusal ? new ProviderAway('shape') : failure
      })
      try {
        return await vouch(ready, session)
      } catch (error) {
        throw failureOf(error)
      }
    },
  }
}
