// What the small portals of these examples have in common: some files under a policy, and tokens for who is signed in.
import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'

const { MQ_TOKEN_SECRET: secret, MQ_URL = 'http://127.0.0.1:8787' } = process.env

/** The reference server: `MQ_URL`. */
export const mqUrl = MQ_URL

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Signs a token of 15 minutes for a person, to be used on pages of this origin only. */
export function signToken(person, origin) {
  const iat = Math.floor(Date.now() / 1000)
  const all = { ...person, aud: 'minqing', iat, exp: iat + 900, origins: [origin] }
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(all)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

const types = {
  css: 'text/css',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  mjs: 'text/javascript',
}

/** A file as an answer; in pages, the address of the reference server is filled in. */
export async function fileAnswer(url, replace = (text) => text) {
  const type = types[url.pathname.split('.').pop()]
  const bytes = await readFile(url)
  if (!type.startsWith('text/html')) return { type, body: bytes }
  return { type, body: replace(bytes.toString().replaceAll('http://127.0.0.1:8787', mqUrl)) }
}

const json = (value) => ({ type: 'application/json', body: JSON.stringify(value) })

async function bodyOf(request) {
  let text = ''
  for await (const part of request) if ((text += part).length > 65536) throw new Error('too long')
  return text
}

/**
 * Serves a portal and answers with its origin.
 *
 * @param {object} portal
 * @param {number | string} portal.port
 * @param {object} portal.person who is signed in: claims of the token; a real portal reads its session
 * @param {Record<string, URL | ((request: { body: string, origin: string }) => object)>} portal.routes
 *   address → a file, or a function that answers `{ type, body }`
 * @param {string[]} [portal.policy] Content-Security-Policy
 * @param {boolean} [portal.tokenUrl] whether `/mq-token` answers with tokens; it does unless told otherwise
 */
export function startPortal({ port, person, routes, policy, tokenUrl = true }) {
  if (!secret || Buffer.byteLength(secret) < 32) {
    console.error('Set MQ_TOKEN_SECRET to the 32 bytes or more that the reference server knows too.')
    process.exit(1)
  }
  let origin = ''
  const all = { ...routes }
  if (tokenUrl) all['/mq-token'] = () => json({ token: signToken(person, origin) })
  const server = createServer(async (request, response) => {
    const route = all[request.url.split('?')[0]]
    if (!route) return response.writeHead(404).end()
    try {
      const answer =
        route instanceof URL ? await fileAnswer(route) : await route({ body: await bodyOf(request), origin })
      const { status = 200, type = 'text/plain', body = '' } = answer
      response.writeHead(status, {
        'content-type': type,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        ...(policy && type.startsWith('text/html') && { 'content-security-policy': policy.join('; ') }),
      })
      response.end(body)
    } catch (error) {
      console.error(error)
      response.writeHead(500).end()
    }
  })
  return new Promise((resolve) => {
    server.listen(Number(port), '127.0.0.1', () => {
      origin = `http://127.0.0.1:${server.address().port}`
      resolve(origin)
    })
  })
}

/** An officer of the demo's village who is signed in at these portals. */
export const officer = (sub, name) => ({
  sub,
  name,
  title: '驻村干部',
  grants: [{ role: 'villageOfficer', area: '330683100201' }],
})
