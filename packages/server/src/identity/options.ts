/** How the host's back end signs its tokens: exactly one of `jwksUrl` and `secret`. */
export interface TokenOptions {
  /** `aud` that a token has to name. */
  readonly audience: string
  /** `iss` that a token has to name, where given. */
  readonly issuer?: string
  /** Address of the host's public keys (JWKS). */
  readonly jwksUrl?: string
  /** Shared secret for HS256, 32 bytes or more. */
  readonly secret?: string | Uint8Array
}

/** Options that the server cannot start with; `sentence` says which and why. */
export class ConfigProblem extends Error {
  readonly sentence: string
  constructor(sentence: string) {
    super(sentence)
    this.name = 'ConfigProblem'
    this.sentence = sentence
  }
}

export const minSecretBytes = 32

/** The shared secret as bytes. */
export function secretBytes(secret: string | Uint8Array): Uint8Array {
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret
  if (bytes.byteLength >= minSecretBytes) return bytes
  throw new ConfigProblem(
    `The token secret has ${bytes.byteLength} bytes: ${minSecretBytes} or more are needed.`,
  )
}
