import { createHmac } from 'node:crypto'

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A leader of the county, who sees all of it and may write. */
const leader = { sub: 'bench', name: '测量员', grants: [{ role: 'leader', area: '330683' }] }

/** A token as a host's back end makes one. */
export function signToken(secret: Buffer, audience: string, person: object = leader): string {
  const iat = Math.floor(Date.now() / 1000)
  const claims = { ...person, aud: audience, iat, exp: iat + 3600 }
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}
