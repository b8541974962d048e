import { createHmac } from 'node:crypto'

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token as a host's back end makes one: a leader of the county, who sees all of it and may write. */
export function signToken(secret: Buffer, audience: string): string {
  const iat = Math.floor(Date.now() / 1000)
  const claims = {
    aud: audience,
    sub: 'bench',
    name: '测量员',
    iat,
    exp: iat + 3600,
    grants: [{ role: 'leader', area: '330683' }],
  }
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}
