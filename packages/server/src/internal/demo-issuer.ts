import type { Role } from '@minqing/core'
import { SignJWT } from 'jose'

/** `iss` of the demo's tokens. */
export const demoIssuer = 'urn:minqing:demo'
const lifeSeconds = 30 * 60

/** What the token of a person of the demo says. */
interface DemoPerson {
  readonly subject: string
  readonly name: string
  readonly title: string
  readonly role: Role
  readonly area: string
  readonly unit?: string
}

export interface DemoIssuer {
  issue(person: DemoPerson): Promise<{ token: string; expiresAt: string }>
}

/** Signs tokens for whoever asks: only for the demo. */
export function createDemoIssuer(audience: string, key: Uint8Array, now: () => Date): DemoIssuer {
  return {
    async issue({ subject, name, title, role, area, unit }) {
      const issued = Math.floor(now().getTime() / 1000)
      const expires = issued + lifeSeconds
      const token = await new SignJWT({ name, title, grants: [{ role, area, unit }] })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(demoIssuer)
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt(issued)
        .setExpirationTime(expires)
        .sign(key)
      return { token, expiresAt: new Date(expires * 1000).toISOString() }
    },
  }
}
