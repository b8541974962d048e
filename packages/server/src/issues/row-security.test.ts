import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Issue } from '@minqing/core'
import pg from 'pg'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { testVillage } from '../testing/tokens.ts'
import { addCatalogue, dispatched, li, report } from './testing/people.ts'

/** These talk to PostgreSQL directly, as the role of the application: the net under the operations' own checks. */
let server: TestApp
let client: pg.Client
let here: Issue
let there: Issue

before(async () => {
  server = await createTestApp({ clockWorker: false })
  await addCatalogue(server)
  here = await dispatched(server)
  there = await report(server, { area: '330683102201' }, li)
  client = new pg.Client({ connectionString: server.databaseUrl })
  await client.connect()
  await client.query('set role minqing_app')
})
after(async () => {
  await client.end()
  await server.close()
})

interface Who {
  scope?: string
  units?: string
  actor?: string
}
async function as<T>({ scope = '', units = '', actor = '' }: Who, work: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    await client.query(
      `select set_config('mq.scope', $1, true), set_config('mq.units', $2, true), set_config('mq.actor', $3, true)`,
      [scope, units, actor],
    )
    return await work()
  } finally {
    await client.query('rollback')
  }
}
const ids = async (table: string, column = 'id') =>
  (await client.query<Record<string, string>>(`select distinct ${column} from ${table} order by 1`)).rows.map(
    (row) => row[column],
  )
const tables = [
  ['issue', 'id'],
  ['issue_event', 'issue_id'],
  ['issue_unit', 'issue_id'],
] as const
const found = async (area: string) => {
  const { rows } = await client.query<{ ids: string[] | null }>(
    `select ids from mq_issue_find(jsonb_build_object('area', $1::text, 'order', 'newest'), '{}', '{}', 10)`,
    [area],
  )
  return rows[0]!.ids ?? []
}

test('without area, unit or name there are no rows at all, also for nobody', async () => {
  for (const who of [{}, { units: '330604/jianshe' }, { scope: '330604' }, { actor: 'nobody' }]) {
    await as(who, async () => {
      for (const [table, column] of tables) assert.deepEqual(await ids(table, column), [], table)
      assert.deepEqual(await found('330683'), [])
    })
  }
  await client.query('reset all')
  for (const [table, column] of tables) assert.deepEqual(await ids(table, column), [], table)
})

test('an area shows its subtree, a unit what it has a part in, a name what they reported', async () => {
  const cases: [Who, string[]][] = [
    [{ scope: testVillage }, [here.id]],
    [{ scope: '330683102' }, [there.id]],
    [{ units: '330683/jianshe' }, [here.id]],
    [{ units: '330683/jiaotong,330683/shuili' }, []],
    [{ actor: 'li' }, [there.id]],
    [{ scope: '330683102', actor: 'chen' }, [here.id, there.id].sort()],
  ]
  for (const [who, expected] of cases) {
    await as(who, async () => {
      assert.deepEqual(await ids('issue'), expected)
      assert.deepEqual(await ids('issue_event', 'issue_id'), expected)
    })
  }
  await as({ scope: '330683' }, async () => assert.equal((await found('330683')).length, 2))
  await as({ units: '330683/jianshe' }, async () => assert.deepEqual(await found('330683'), [here.id]))
})

test('whoever says that their area is covered counts no more than they see', async () => {
  const count = async (area: string) =>
    (await client.query('select * from mq_issue_counts($1, null, true, false)', [area])).rows.length
  await as({ scope: testVillage }, async () => {
    assert.equal(await count(testVillage), 1)
    assert.equal(await count('330683102'), 0)
  })
  await as({}, async () => assert.equal(await count('330683'), 0))
})

test('nobody writes in another’s name, outside their reach, or into what is written once', async () => {
  const columns = `county, id, number, area_code, area_name, source, title, text, folded, search, photos, reporter_id,
    reporter_name, flow, priority, score, state, units, due_at, resident_due_at, alarm, asked, supervised, version,
    head_hash, created_at, changed_at, wire`
  const copy = `insert into issue (${columns}) select ${columns.replace('county, id, number', `county, gen_random_uuid(), 'x'`)} from issue`
  await as({ scope: testVillage, actor: 'chen' }, () => client.query(`${copy} where reporter_id = 'chen'`))
  for (const who of [
    { scope: testVillage, actor: 'li' },
    { scope: '330683102', actor: 'chen' },
  ]) {
    await as(who, () =>
      assert.rejects(client.query(`${copy} where area_code = '${testVillage}'`), /row-level security/),
    )
  }
  await as({ scope: '330683102' }, async () => {
    const { rowCount } = await client.query(`update issue set alarm = 2`)
    assert.equal(rowCount, 1)
    await assert.rejects(
      client.query(
        `insert into issue_event (county, issue_id, seq, action, at, actor_id, actor_name, to_state, data, hash)
        values ('330683', '${here.id}', 9, 'remind', now(), 'x', 'x', 'closed', '{}', '')`,
      ),
      /row-level security/,
    )
  })
  for (const column of ['diary_id', 'text', 'number', 'reporter_id', 'area_code', 'created_at', 'resident']) {
    await as({ scope: '330683' }, () =>
      assert.rejects(client.query(`update issue set ${column} = null`), /permission denied/),
    )
  }
})
