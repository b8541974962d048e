import type { TokenClaims } from '@minqing/core'
import { SignJWT } from 'jose'
import type { DirectoryPerson } from './options.ts'

/** `iss` of the tokens that the server issues itself. */
export const sessionIssuer = 'urn:minqing:session'

/** Whoever loses a role has lost it everywhere after this long. */
export const sessionSeconds = 600

export interface SessionIssuer {
  /** @param origin of the page that asked; only it may use the token, and no page where none asked */
  issue(person: DirectoryPerson, origin: string | undefined): Promise<{ token: string; expiresAt: string }>
}

export function createSessionIssuer(audience: string, key: Uint8Array, now: () => Date): SessionIssuer {
  return {
    async issue({ id, name, title, grants }, origin) {
      const issued = Math.floor(now().getTime() / 1000)
      const expires = issued + sessionSeconds
      const claims: Pick<TokenClaims, 'name' | 'title' | 'grants' | 'origins'> = {
        name,
        ...(title === undefined ? {} : { title }),
        grants: [...grants],
        origins: origin === undefined ? [] : [origin],
      }
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(sessionIssuer)
        .setAudience(audience)
        .setSubject(id)
        .setIssuedAt(issued)
        .setExpirationTime(expires)
        .sign(key)
      return { token, expiresAt: new Date(expires * 1000).toISOString() }
    },
  }
}
