import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createTestApp, type TestApp } from '../testing/app.ts'

let server: TestApp
before(async () => {
  server = await createTestApp({
    demo: true,
    rateLimits: { read: 3, refused: 2, anonymousWrite: 2 },
  })
})
after(() => server.close())

describe('too many requests', () => {
  it('of one person are refused with the time to wait, and those of another are not', async () => {
    const statuses: number[] = []
    for (let at = 0; at < 4; at++) {
      statuses.push((await server.ask('GET /v1/areas/330683', { as: { sub: 'busy' } })).statusCode)
    }
    assert.deepEqual(statuses, [200, 200, 200, 429])
    const answer = await server.ask('GET /v1/me', { as: { sub: 'busy' } })
    assert.equal(answer.json<{ code: string }>().code, 'rate_limited')
    const wait = Number(answer.headers['retry-after'])
    assert.ok(wait > 0 && wait <= 60)
    assert.equal((await server.ask('GET /v1/me', { as: { sub: 'calm' } })).statusCode, 200)
  })

  it('with refused tokens are refused by address, while good tokens from there still work', async () => {
    const statuses: number[] = []
    for (let at = 0; at < 3; at++) statuses.push((await server.ask('GET /v1/me', { as: 'a.b.c' })).statusCode)
    assert.deepEqual(statuses, [401, 401, 429])
    assert.equal((await server.ask('GET /v1/me', { as: { sub: 'neighbor' } })).statusCode, 200)
  })

  it('for tokens of the demo are refused', async () => {
    const ask = async () =>
      (await server.ask('POST /v1/demo/token', { as: null, body: { persona: 'auditor' } })).statusCode
    assert.deepEqual([await ask(), await ask(), await ask()], [201, 201, 429])
  })
})
