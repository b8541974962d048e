import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createPool } from '../database/pool.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { testVillage } from '../testing/tokens.ts'
import { purgeIdempotencyKeys } from './idempotency-purge.ts'

let server: TestApp
let now = new Date()
before(async () => {
  server = await createTestApp({ clock: () => now })
})
after(() => server.close())

const diary = (id: string = randomUUID(), text = '走访王大爷') => ({
  id,
  area: testVillage,
  kind: 'visit',
  text,
})

const post = (key: string, body: object, as = {}) =>
  server.ask('POST /v1/diaries', { body, as, headers: { 'idempotency-key': key } })

async function count(table: 'diary' | 'idempotency_key' | 'live_event'): Promise<number> {
  const { rows } = await server.owner.query<{ count: string }>(`select count(*) from ${table}`)
  return Number(rows[0]!.count)
}

describe('a repeated POST', () => {
  it('gets the saved reply, word for word, and does nothing again', async () => {
    const [key, body] = [randomUUID(), diary()]
    const first = await post(key, body)
    assert.equal(first.statusCode, 201)
    assert.equal(first.headers['idempotency-replayed'], undefined)
    const events = await count('live_event')
    const again = await post(key, body)
    assert.equal(again.statusCode, 201)
    assert.equal(again.body, first.body)
    assert.equal(again.headers['idempotency-replayed'], 'true')
    assert.equal(again.headers['etag'], first.headers['etag'])
    assert.equal(again.headers['content-type'], first.headers['content-type'])
    assert.equal(await count('live_event'), events)
  })

  it('may write its fields in another order', async () => {
    const [key, body] = [randomUUID(), diary()]
    await post(key, body)
    const again = await post(key, Object.fromEntries(Object.entries(body).reverse()))
    assert.equal(again.headers['idempotency-replayed'], 'true')
  })

  it('with another body, or at another address, is refused with 422', async () => {
    const [key, body] = [randomUUID(), diary()]
    await post(key, body)
    const written = async () => [
      await count('diary'),
      await count('idempotency_key'),
      await count('live_event'),
    ]
    const before = await written()
    for (const change of [{ text: '别的' }, { id: randomUUID() }]) {
      const other = await post(key, { ...body, ...change })
      assert.equal(other.statusCode, 422)
      assert.equal(other.json<{ code: string }>().code, 'idempotency_mismatch')
    }
    const elsewhere = await server.ask(`POST /v1/diaries/${body.id}/restore`, {
      headers: { 'idempotency-key': key },
    })
    assert.equal(elsewhere.statusCode, 422)
    assert.deepEqual(await written(), before)
  })

  it("with another person's key is that person's own", async () => {
    const key = randomUUID()
    assert.equal((await post(key, diary(), { sub: 'a' })).statusCode, 201)
    const other = await post(key, diary(), { sub: 'b' })
    assert.equal(other.statusCode, 201)
    assert.equal(other.headers['idempotency-replayed'], undefined)
  })

  it('finds the same reply with a renewed token whose grants come in another order', async () => {
    const [key, body] = [randomUUID(), diary()]
    const own = { role: 'villageOfficer' as const, area: testVillage }
    const far = { role: 'auditor' as const, area: '330604' }
    await post(key, body, { grants: [own, far] })
    const again = await post(key, body, { grants: [far, own] })
    assert.equal(again.headers['idempotency-replayed'], 'true')
  })

  it('after a refusal is tried anew: nothing was written, so nothing was saved', async () => {
    const [key, body] = [randomUUID(), diary()]
    const before = await count('idempotency_key')
    const refused = await post(key, { ...body, area: '330604001001' })
    assert.equal(refused.statusCode, 404)
    assert.equal(await count('idempotency_key'), before)
    assert.equal((await post(key, body)).statusCode, 201)
  })

  it('while the first is at work gets 409, and its reply afterwards; there is one diary', async () => {
    const [key, body] = [randomUUID(), diary()]
    const before = await count('diary')
    const holder = await server.owner.connect()
    try {
      // the first request gets as far as writing, and has to wait there
      await holder.query('begin; lock table diary in exclusive mode')
      const first = post(key, body)
      for (let waiting = 0; waiting === 0; await sleep(10)) {
        const { rowCount } = await server.owner.query(
          `select 1 from pg_locks where not granted and relation = 'diary'::regclass`,
        )
        waiting = rowCount ?? 0
      }
      const second = await post(key, body)
      assert.equal(second.statusCode, 409)
      assert.equal(second.json<{ code: string }>().code, 'idempotency_in_flight')
      assert.equal(second.headers['retry-after'], '1')
      await holder.query('commit')
      assert.equal((await first).statusCode, 201)
      const third = await post(key, body)
      assert.equal(third.body, (await first).body)
      assert.equal(await count('diary'), before + 1)
    } finally {
      holder.release()
    }
  })

  it('by many at once writes one diary', async () => {
    const [key, body] = [randomUUID(), diary()]
    const before = await count('diary')
    const answers = await Promise.all(Array.from({ length: 12 }, () => post(key, body)))
    for (const { statusCode } of answers)
      assert.ok(statusCode === 201 || statusCode === 409, String(statusCode))
    assert.equal(
      new Set(answers.filter(({ statusCode }) => statusCode === 201).map(({ body }) => body)).size,
      1,
    )
    assert.equal(await count('diary'), before + 1)
  })

  it('is remembered for 24 hours, and its key is free again afterwards', async () => {
    const [key, body] = [randomUUID(), diary()]
    await post(key, body)
    const written = now
    try {
      now = new Date(written.getTime() + 24 * 3_600_000 - 1000)
      assert.equal((await post(key, body)).headers['idempotency-replayed'], 'true')
      now = new Date(written.getTime() + 24 * 3_600_000 + 1000)
      const later = await post(key, diary())
      assert.equal(later.statusCode, 201)
      assert.equal(later.headers['idempotency-replayed'], undefined)
    } finally {
      now = written
    }
  })

  it('is forgotten by the hourly purge once it is too old', async () => {
    await post(randomUUID(), diary())
    const all = await count('idempotency_key')
    const pool = createPool(server.databaseUrl)
    const purgeAt = async (hours: number) => {
      await purgeIdempotencyKeys({ pool, now: () => new Date(now.getTime() + hours * 3_600_000) })
      return count('idempotency_key')
    }
    try {
      assert.equal(await purgeAt(23), all)
      assert.equal(await purgeAt(49), 0)
    } finally {
      await pool.end()
    }
  })
})

describe('a token of the demo', () => {
  it('is made anew for each request: no key opens a saved one', async () => {
    const demo = await createTestApp({ demo: true })
    try {
      const ask = () =>
        demo.ask('POST /v1/demo/token', {
          as: null,
          body: { persona: 'auditor' },
          headers: { 'idempotency-key': 'the-same-key' },
        })
      const answers = [await ask(), await ask()]
      assert.deepEqual(
        answers.map(({ statusCode }) => statusCode),
        [201, 201],
      )
      assert.ok(answers.every(({ headers }) => headers['idempotency-replayed'] === undefined))
      const saved = await demo.owner.query('select 1 from idempotency_key')
      assert.equal(saved.rowCount, 0)
    } finally {
      await demo.close()
    }
  })
})
