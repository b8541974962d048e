import { SignJWT } from 'jose'
import type { TokenOptions } from '../identity/options.ts'
import { ConfigProblem } from '../identity/options.ts'
import type { DemoPersona } from './personas.ts'

/** `iss` of the demo's tokens. */
export const demoIssuer = 'urn:minqing:demo'
const lifeSeconds = 30 * 60

/** How tokens of the demo are checked. */
export const demoTokenOptions = (audience: string, key: Uint8Array): TokenOptions => ({
  audience,
  issuer: demoIssuer,
  secret: key,
})

/**
 * Anybody may become anybody in the demo, so it never runs where people work.
 *
 * @throws ConfigProblem with NODE_ENV=production
 */
export function refuseDemoInProduction(): void {
  if (process.env['NODE_ENV'] !== 'production') return
  throw new ConfigProblem(
    'The demo lets everybody in as anybody, so it does not start with NODE_ENV=production: ' +
      'leave demo mode, or unset NODE_ENV.',
  )
}

export interface DemoIssuer {
  issue(persona: DemoPersona): Promise<{ token: string; expiresAt: string }>
}

export function createDemoIssuer(audience: string, key: Uint8Array, now: () => Date): DemoIssuer {
  return {
    async issue({ subject, name, title, role, area }) {
      const issued = Math.floor(now().getTime() / 1000)
      const expires = issued + lifeSeconds
      const token = await new SignJWT({ name, title, grants: [{ role, area }] })
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
