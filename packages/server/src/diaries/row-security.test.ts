import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { testVillage } from '../testing/tokens.ts'
import { chen, comment, li, wang, write } from './testing/officers.ts'

/** These talk to PostgreSQL directly, as the role of the application: the net under the operations' own checks. */
let server: TestApp
let client: pg.Client
let here: string
let there: string

before(async () => {
  server = await createTestApp()
  here = (await write(server, { kind: 'help' })).id
  there = (await write(server, { area: '330683102201' }, li)).id
  await comment(server, here)
  await server.ask(`PUT /v1/diaries/${here}/useful`, { as: wang })
  const change = { as: chen, headers: { 'if-match': '"1"' }, body: { text: '改' } }
  await server.ask(`PATCH /v1/diaries/${here}`, change)
  client = new pg.Client({ connectionString: server.databaseUrl })
  await client.connect()
  await client.query('set role minqing_app')
})
after(async () => {
  await client.end()
  await server.close()
})

async function as<T>(scope: string | undefined, actor: string, work: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    if (scope !== undefined) await client.query(`select set_config('mq.scope', $1, true)`, [scope])
    await client.query(`select set_config('mq.actor', $1, true)`, [actor])
    return await work()
  } finally {
    await client.query('rollback')
  }
}
const rows = async (text: string, values: unknown[] = []) =>
  (await client.query<Record<string, string>>(text, values)).rows
const tables = ['diary', 'diary_revision', 'diary_comment', 'diary_useful']

test('without a scope there are no rows at all', async () => {
  for (const scope of [undefined, '']) {
    await as(scope, 'wang', async () => {
      for (const table of tables) assert.deepEqual(await rows(`select * from ${table}`), [], table)
      assert.deepEqual(await search('330683'), [])
    })
  }
})

test('a scope shows its subtree and nothing else', async () => {
  await as('330683102', 'wang', async () => {
    assert.deepEqual(await rows('select id from diary'), [{ id: there }])
    for (const table of tables.slice(1)) assert.deepEqual(await rows(`select * from ${table}`), [], table)
    assert.deepEqual(
      (await search('330683')).map((row) => row['id']),
      [there],
    )
  })
  await as('330683100,330683102', 'wang', async () => {
    assert.equal((await rows('select id from diary')).length, 2)
    for (const table of tables.slice(1)) assert.equal((await rows(`select * from ${table}`)).length, 1, table)
  })
})

const search = (area: string) =>
  rows(`select * from mq_diary_search($1, '{}', '{}', null, null, null, null, null, false, null, null, 50)`, [
    area,
  ])

test('the page function is bound by the scope that it is given', async () => {
  const page = async (scope: string) => {
    const answer = await rows(`select mq_diary_page($1, '330683', 'infinity', $2, 50) as page`, [
      scope,
      randomUUID(),
    ])
    return (JSON.parse(answer[0]!['page']!) as { items: { id: string }[] }).items.map(({ id }) => id)
  }
  assert.deepEqual(await page('330683102'), [there])
  assert.deepEqual(await page(''), [])
  assert.deepEqual(await page('330604'), [])
})

test('nobody writes in the name of another, or outside the scope', async () => {
  const denied = (error: unknown) => (error as { code?: string }).code === '42501'
  const insert = (area: string, author: string) =>
    client.query(
      `insert into diary (county, id, area_code, author_id, author_name, kind, text, folded, tags, visited, photos,
        written_at, created_at, edited_at, wire, search)
      values ('330683', $1, $2, $3, '名', 'visit', 't', 't', '{}', '{}', '[]', now(), now(), now(), '{}', '')`,
      [randomUUID(), area, author],
    )
  await as('330683100', 'chen', () => insert(testVillage, 'chen'))
  await as('330683100', 'chen', () => assert.rejects(insert(testVillage, 'li'), denied))
  await as('330683100', 'chen', () => assert.rejects(insert('330683102201', 'chen'), denied))
  await as('330683100', 'chen', async () => {
    assert.equal((await client.query(`update diary set text = 'x' where id = $1`, [there])).rowCount, 0)
  })
  await as('330683100', 'chen', () =>
    assert.rejects(client.query(`update diary set area_code = '330683102201' where id = $1`, [here]), denied),
  )
})

test('comments and marks of others cannot be touched, and nothing can be wiped out', async () => {
  const denied = (error: unknown) => (error as { code?: string }).code === '42501'
  await as('330683', 'chen', async () => {
    assert.equal((await client.query('update diary_comment set deleted_at = now()')).rowCount, 0)
    assert.equal((await client.query('delete from diary_useful')).rowCount, 0)
  })
  for (const table of ['diary', 'diary_revision', 'diary_comment']) {
    await as('330683', 'chen', () => assert.rejects(client.query(`delete from ${table}`), denied))
  }
  await as('330683', 'chen', () =>
    assert.rejects(client.query(`update diary_revision set text = ''`), denied),
  )
})

test('every table of diaries has row-level security', async () => {
  const found = await server.owner.query<{ relname: string; relrowsecurity: boolean }>(
    `select relname, relrowsecurity from pg_class where relkind = 'r' and relname like 'diary%' order by 1`,
  )
  assert.deepEqual(
    found.rows.map(({ relname, relrowsecurity }) => [relname, relrowsecurity]),
    [...tables].sort().map((table) => [table, true]),
  )
})
