// A department's own site on its own origin: serves one page under a strict policy, and signs tokens for the person
// who is signed in there. Only Node is needed.
import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'

const { MQ_TOKEN_SECRET: secret, MQ_URL = 'http://127.0.0.1:8787', PORT = '8790' } = process.env
if (!secret || Buffer.byteLength(secret) < 32) {
  console.error('Set MQ_TOKEN_SECRET to the 32 bytes or more that the reference server knows too.')
  process.exit(1)
}

const policy = [
  "default-src 'none'",
  `script-src ${MQ_URL}`,
  "style-src 'self'",
  `connect-src 'self' ${MQ_URL}`,
  `img-src 'self' data: ${MQ_URL}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ')

/** Who is signed in: here always the same person; a real site reads its session. */
const signedIn = () => ({
  sub: 'site-user-1',
  name: '陈立军',
  title: '驻村干部',
  grants: [{ role: 'villageOfficer', area: '330683100201' }],
})

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

function signToken(claims) {
  const iat = Math.floor(Date.now() / 1000)
  const all = { ...claims, aud: 'minqing', iat, exp: iat + 900, origins: [origin] }
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(all)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

const file = (name) => readFile(new URL(name, import.meta.url), 'utf8')

const server = createServer(async (request, response) => {
  const send = (type, body, headers = {}) =>
    response
      .writeHead(200, { 'content-type': type, 'x-content-type-options': 'nosniff', ...headers })
      .end(body)
  if (request.method !== 'GET') return response.writeHead(405).end()
  if (request.url === '/mq-token') {
    return send('application/json', JSON.stringify({ token: signToken(signedIn()) }), {
      'cache-control': 'no-store',
    })
  }
  if (request.url === '/site.css') return send('text/css', await file('site.css'))
  if (request.url === '/') {
    const page = (await file('index.html')).replaceAll('http://127.0.0.1:8787', MQ_URL)
    return send('text/html; charset=utf-8', page, { 'content-security-policy': policy })
  }
  response.writeHead(404).end()
})

let origin = ''
server.listen(Number(PORT), '127.0.0.1', () => {
  origin = `http://127.0.0.1:${server.address().port}`
  console.log(origin)
})
