import { randomBytes } from 'node:crypto'
import { SignJWT } from 'jose'
import type { Grant } from '@minqing/core'

export const testAudience = 'minqing-test'

/** What a test says about the caller; the rest is an ordinary village officer of 甘霖镇. */
export interface TokenInput {
  sub?: string
  name?: string
  title?: string
  grants?: Grant[]
  origins?: string[]
  audience?: string
  issuer?: string
  /** Seconds from now. */
  issuedIn?: number
  lifeSeconds?: number
}

export const testVillage = '330683100201'

/** A host's back end: it has a secret, and signs tokens with it. */
export interface TestSigner {
  readonly secret: Uint8Array
  sign(input?: TokenInput): Promise<string>
}

/** @param clock the server's, when it is not that of the machine */
export function createSigner(
  secret: Uint8Array = new Uint8Array(randomBytes(32)),
  clock: () => Date = () => new Date(),
): TestSigner {
  return {
    secret,
    async sign(input = {}) {
      const issued = Math.floor(clock().getTime() / 1000) + (input.issuedIn ?? 0)
      const { name = '陈立军', title = '驻村干部', origins } = input
      const grants = input.grants ?? [{ role: 'villageOfficer', area: testVillage }]
      const jwt = new SignJWT({ name, title, grants, ...(origins ? { origins } : {}) })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(input.sub ?? 'officer-1')
        .setAudience(input.audience ?? testAudience)
        .setIssuedAt(issued)
        .setExpirationTime(issued + (input.lifeSeconds ?? 600))
      if (input.issuer !== undefined) jwt.setIssuer(input.issuer)
      return jwt.sign(secret)
    },
  }
}
