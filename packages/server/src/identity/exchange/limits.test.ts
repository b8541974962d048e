import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createTestApp } from '../../testing/app.ts'
import { fakeDingtalk } from './testing/dingtalk.ts'

it('after too many failures nobody from there is asked about, though they had a good assertion', async () => {
  const fake = await fakeDingtalk(1000)
  const server = await createTestApp({
    exchange: { providers: { dingtalk: fake.options } },
    rateLimits: { failedSignIn: 2 },
  })
  const ask = async (assertion: string) =>
    server.ask('POST /v1/session', { as: null, body: { provider: 'dingtalk', assertion } })
  try {
    fake.mood = 'broken'
    for (let at = 0; at < 3; at++) assert.equal((await ask('a')).statusCode, 503)
    fake.mood = 'fine'
    assert.equal((await ask('a')).statusCode, 401)
    // known to the provider, not to the directory
    assert.equal((await ask((await fake.assertion('stranger')).assertion)).statusCode, 403)
    const before = fake.asked.length
    const answer = await ask((await fake.assertion('stranger')).assertion)
    assert.equal(answer.json<{ code: string }>().code, 'rate_limited')
    assert.ok(Number(answer.headers['retry-after']) > 500)
    assert.equal(fake.asked.length, before)
  } finally {
    await server.close()
    await fake.close()
  }
})
