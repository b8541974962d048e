import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createTestApp } from '../testing/app.ts'
import { personas } from './personas.ts'
import { seedDemo } from './seed.ts'

interface Page {
  items: { author: { id: string; name: string } }[]
}

describe('the demo', () => {
  it('is seeded once, however often it is asked for, and its persons find their own diaries', async () => {
    const server = await createTestApp({ demo: true })
    try {
      await seedDemo(server.databaseUrl, { diaries: 1500 })
      await seedDemo(server.databaseUrl, { diaries: 1500 })
      const { rows } = await server.owner.query<{ count: string }>('select count(*) from diary')
      assert.equal(Number(rows[0]!.count), 1500)
      const made = await server.ask('POST /v1/demo/token', { as: null, body: { persona: 'chen-village' } })
      const { token } = made.json<{ token: string }>()
      const chen = personas[0]!
      const page = await server.ask(`GET /v1/diaries?area=${chen.area}&author=me`, { as: token })
      assert.equal(page.statusCode, 200)
      const { items } = page.json<Page>()
      assert.ok(items.length > 0)
      assert.ok(items.every(({ author }) => author.id === chen.subject && author.name === chen.name))
    } finally {
      await server.close()
    }
  })

  it('has no person whom nobody knows', async () => {
    const server = await createTestApp({ demo: true })
    try {
      const answer = await server.ask('POST /v1/demo/token', { as: null, body: { persona: 'nobody' } })
      assert.equal(answer.statusCode, 404)
      assert.equal(answer.json<{ code: string }>().code, 'not_found')
    } finally {
      await server.close()
    }
  })

  it("takes a host's tokens beside its own, and never one that merely claims to be its own", async () => {
    const server = await createTestApp({ demo: true })
    try {
      assert.equal((await server.ask('GET /v1/me')).statusCode, 200)
      const forged = await server.ask('GET /v1/me', { as: { issuer: 'urn:minqing:demo' } })
      assert.equal(forged.json<{ code: string }>().code, 'token_invalid')
    } finally {
      await server.close()
    }
  })
})
