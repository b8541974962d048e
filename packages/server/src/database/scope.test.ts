import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { areasSeed, createTestDatabase } from '../../../../test/support/database.ts'
import { createPool } from './pool.ts'
import { transactions, type Transact } from './scope.ts'

let pool: pg.Pool
let transact: Transact
let drop: () => Promise<void>
before(async () => {
  const database = await createTestDatabase(areasSeed)
  drop = database.drop
  pool = createPool(database.url, { max: 1 })
  transact = transactions(pool)
})
after(async () => {
  await pool.end()
  await drop()
})

const codes = (scope: string[]) =>
  transact({ scope, actor: 'a' }, async (tx) => {
    const rows = await tx
      .selectFrom('area')
      .select('code')
      .where(sql<boolean>`length(code) <= 9`)
      .execute()
    return rows.map(({ code }) => code).sort()
  })

const denied = { code: '42501' }

describe('a guarded transaction', () => {
  it('sees its subtrees and nothing else', async () => {
    assert.deepEqual(await codes(['330683100']), ['330683100'])
    assert.deepEqual(await codes(['330683100', '330604']).then((found) => found.length), 1 + 1 + 20)
    assert.deepEqual(await codes([]), [])
    assert.deepEqual(await codes(['9']), [])
  })

  it('leaves nothing behind on its connection, neither after commit nor after rollback', async () => {
    await codes(['33'])
    assert.equal((await pool.query('select 1 from area')).rowCount, 0)
    await assert.rejects(
      transact({ scope: ['33'], actor: 'a' }, () => Promise.reject(new Error('stop'))),
      /stop/,
    )
    assert.equal((await pool.query('select 1 from area')).rowCount, 0)
    const left = await pool.query<{ scope: string }>(`select current_setting('mq.scope', true) as scope`)
    assert.equal(left.rows[0]!.scope, '')
  })

  it('rolls back when the work throws', async () => {
    const insert = {
      county: '330683',
      actor_id: 'a',
      key: 'some-key',
      request_hash: Buffer.from('x'),
      status: 201,
      headers: '{}',
      body: null,
    }
    await assert.rejects(
      transact({ scope: [], actor: 'a' }, async (tx) => {
        await tx.insertInto('idempotency_key').values(insert).execute()
        throw new Error('stop')
      }),
      /stop/,
    )
    const count = (actor: string) =>
      transact(
        { scope: [], actor },
        async (tx) => (await tx.selectFrom('idempotency_key').selectAll().execute()).length,
      )
    assert.equal(await count('a'), 0)
    await transact({ scope: [], actor: 'a' }, (tx) =>
      tx.insertInto('idempotency_key').values(insert).execute(),
    )
    assert.equal(await count('a'), 1)
    assert.equal(await count('b'), 0, 'what belongs to one person is not there for another')
    await assert.rejects(
      transact({ scope: [], actor: 'b' }, (tx) => tx.insertInto('idempotency_key').values(insert).execute()),
      denied,
    )
  })

  it('takes its guard as text, whatever it holds', async () => {
    const actor = `'; reset role; --\\`
    const seen = await transact({ scope: [], actor }, async (tx) => {
      const { rows } = await sql<{ actor: string; role: string }>`
        select current_setting('mq.actor') as actor, current_user as role`.execute(tx)
      return rows[0]!
    })
    assert.deepEqual(seen, { actor, role: 'minqing_app' })
  })

  it('cannot change the area tree or the schema', async () => {
    const all = { scope: ['33'], actor: 'a' }
    const attempts = [
      sql`update area set name = 'x'`,
      sql`delete from area`,
      sql`insert into area values ('330683', '330683999', 'x', 'town', '330683')`,
      sql`drop table area`,
      sql`alter table area disable row level security`,
      sql`create table mine (x int)`,
      sql`truncate area`,
    ]
    for (const attempt of attempts)
      await assert.rejects(
        transact(all, (tx) => attempt.execute(tx)),
        denied,
      )
  })
})
