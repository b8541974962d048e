import { createHmac } from 'node:crypto'

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** @param {object} claims  @param {string} secret 32 bytes or more */
export function signToken(claims, secret) {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

const now = Math.floor(Date.now() / 1000)
console.log(
  signToken(
    {
      iss: 'https://portal.example.gov.cn',
      aud: 'minqing',
      sub: 'u-20391',
      name: '陈立军',
      title: '驻村干部',
      iat: now,
      exp: now + 900,
      grants: [{ role: 'villageOfficer', area: '330683100201' }],
    },
    process.env.MQ_SECRET,
  ),
)
