import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { SignJWT, exportJWK, exportSPKI, generateKeyPair, type CryptoKey } from 'jose'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { testAudience, testVillage } from '../testing/tokens.ts'

const issuer = 'https://portal.example.cn'
const grants = [{ role: 'villageOfficer', area: testVillage }]

let keys: { publicKey: CryptoKey; privateKey: CryptoKey }
let keyServer: Server
let server: TestApp
let published: unknown[]

const sign = (key: CryptoKey | Uint8Array, alg: string, iss: string | undefined = issuer) => {
  const jwt = new SignJWT({ name: '陈立军', grants }).setProtectedHeader({ alg, kid: 'one' }).setSubject('o')
  if (iss) jwt.setIssuer(iss)
  return jwt.setAudience(testAudience).setIssuedAt().setExpirationTime('5m').sign(key)
}

const codeFor = async (token: string) => {
  const answer = await server.ask('GET /v1/me', { as: token })
  return answer.statusCode === 200 ? 200 : answer.json<{ code: string }>().code
}

before(async () => {
  keys = await generateKeyPair('ES256', { extractable: true })
  published = [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'ES256' }]
  keyServer = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ keys: published }))
  })
  keyServer.listen(0, '127.0.0.1')
  await once(keyServer, 'listening')
  const { port } = keyServer.address() as AddressInfo
  const jwksUrl = `http://127.0.0.1:${port}/jwks`
  server = await createTestApp({ token: { audience: testAudience, issuer, jwksUrl } })
})
after(async () => {
  await server.close()
  keyServer.close()
})

describe('a token checked against the public keys of the host', () => {
  it('is taken when one of them signed it', async () => {
    assert.equal(await codeFor(await sign(keys.privateKey, 'ES256')), 200)
  })

  it('is refused from another issuer, or without one', async () => {
    assert.equal(
      await codeFor(await sign(keys.privateKey, 'ES256', 'https://evil.example.cn')),
      'token_invalid',
    )
    assert.equal(await codeFor(await sign(keys.privateKey, 'ES256', '')), 'token_invalid')
  })

  it('is refused when another key signed it under the same name', async () => {
    const other = await generateKeyPair('ES256')
    assert.equal(await codeFor(await sign(other.privateKey, 'ES256')), 'token_invalid')
  })

  it('is refused when the public key was used as a shared secret', async () => {
    const secret = new TextEncoder().encode(await exportSPKI(keys.publicKey))
    assert.equal(await codeFor(await sign(secret, 'HS256')), 'token_invalid')
  })

  it('is not called invalid while the key server is away, and the log says what is', async () => {
    let log = ''
    const logStream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        log += chunk.toString()
        done()
      },
    })
    const away = await createTestApp({
      token: { audience: testAudience, issuer, jwksUrl: 'http://127.0.0.1:1/jwks' },
      logLevel: 'warn',
      logStream,
    })
    try {
      const token = await sign(keys.privateKey, 'ES256')
      const answer = await away.ask('GET /v1/me', { as: token })
      assert.equal(answer.statusCode, 503)
      assert.equal(answer.json<{ code: string }>().code, 'unavailable')
      assert.equal(answer.headers['retry-after'], '5')
      const { err } = JSON.parse(log.split('\n')[0]!) as { err: { name: string; message: string } }
      assert.notEqual(err.name, 'ProblemError')
      assert.match(err.message, /fetch failed|ECONNREFUSED|bad port/)
      assert.ok(!log.includes(token))
    } finally {
      await away.close()
    }
  })
})
