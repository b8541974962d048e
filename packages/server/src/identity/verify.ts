import { TokenClaims, type ErrorCode } from '@minqing/core'
import { createRemoteJWKSet, decodeJwt, errors, jwtVerify } from 'jose'
import type { JWTPayload, JWTVerifyGetKey, JWTVerifyOptions } from 'jose'
import { Compile } from 'typebox/compile'
import { ProblemError } from '../internal/problem-error.ts'
import { reservedIds } from '../internal/reserved-ids.ts'
import { ConfigProblem, secretBytes, type TokenOptions } from './options.ts'

/** Checks signature, audience, issuer, times and shape of a token. Throws a ProblemError. */
export type Verify = (token: string) => Promise<TokenClaims>

const maxLifeSeconds = 3600
/** Clocks of two machines differ a little. */
const toleranceSeconds = 30
const maxTokenLength = 8192

/** Pinned: the algorithm a token names decides nothing. Never `none`, and never a public key used as a secret. */
const publicKeyAlgorithms = ['ES256', 'ES384', 'EdDSA', 'Ed25519', 'PS256', 'PS384', 'RS256', 'RS384']

const refuse = (code: ErrorCode, error?: unknown): ProblemError => {
  const problem = new ProblemError(code, { headers: { 'www-authenticate': `Bearer error="${code}"` } })
  problem.cause = error
  return problem
}

function refusalOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  if (error instanceof errors.JWTExpired) return refuse('token_expired', error)
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud')
    return refuse('token_audience', error)
  const ofToken =
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys
  if (ofToken) return refuse('token_invalid', error)
  // the host's key server cannot be reached or answers nonsense: the token may well be good
  const away = new ProblemError('unavailable', { headers: { 'retry-after': '5' } })
  away.cause = error
  return away
}

const shape = Compile(TokenClaims)
const control = /[\p{Cc}\p{Cs}]/u

function checked(payload: JWTPayload, now: Date): TokenClaims {
  if (!shape.Check(payload)) throw refuse('token_invalid')
  const { iat, exp, sub, name, title } = payload
  const lives = exp - iat
  const ahead = iat - now.getTime() / 1000
  if (lives <= 0 || lives > maxLifeSeconds || ahead > toleranceSeconds) throw refuse('token_invalid')
  if (control.test(`${sub}${name}${title ?? ''}`) || reservedIds.has(sub)) throw refuse('token_invalid')
  return payload
}

function keyOf(options: TokenOptions): { key: Uint8Array | JWTVerifyGetKey; algorithms: string[] } {
  if (options.secret !== undefined && options.jwksUrl === undefined) {
    return { key: secretBytes(options.secret), algorithms: ['HS256'] }
  }
  if (options.jwksUrl === undefined || options.secret !== undefined) {
    throw new ConfigProblem('Name either the JWKS address or the shared secret that signs tokens, not both.')
  }
  const url = URL.parse(options.jwksUrl)
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new ConfigProblem('The JWKS address is not an http or https address.')
  }
  const key = createRemoteJWKSet(url, { timeoutDuration: 5000, cooldownDuration: 10_000 })
  return { key, algorithms: publicKeyAlgorithms }
}

/** A verifier for the tokens of one signer. */
export function createVerify(options: TokenOptions, now: () => Date): Verify {
  const { key, algorithms } = keyOf(options)
  return async (token) => {
    if (token.length > maxTokenLength) throw refuse('token_invalid')
    const time = now()
    const demands: JWTVerifyOptions = {
      algorithms,
      audience: options.audience,
      clockTolerance: toleranceSeconds,
      currentDate: time,
      requiredClaims: ['sub', 'iat', 'exp'],
      ...(options.issuer === undefined ? {} : { issuer: options.issuer }),
    }
    try {
      // the two overloads differ only in the kind of key
      const { payload } =
        typeof key === 'function'
          ? await jwtVerify(token, key, demands)
          : await jwtVerify(token, key, demands)
      return checked(payload, time)
    } catch (error) {
      throw refusalOf(error)
    }
  }
}

/** Chooses by the issuer that the token claims; its signature then has to prove that claim. */
export function byIssuer(issuer: string, own: Verify, others: Verify | undefined): Verify {
  return (token) => {
    let claimed: unknown
    try {
      claimed = decodeJwt(token).iss
    } catch {
      return Promise.reject(refuse('token_invalid'))
    }
    if (claimed === issuer || !others) return own(token)
    return others(token)
  }
}
