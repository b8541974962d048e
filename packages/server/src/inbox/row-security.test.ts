import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addCatalogue, circle, county, otherVillage } from '../testing/circle.ts'

/** These talk to PostgreSQL directly, as the role of the application: the net under the operations' own checks. */
let server: TestApp
let client: pg.Client
let answered: string
let waiting: string
before(async () => {
  server = await createTestApp()
  await addCatalogue(server)
  const steps = circle(server)
  answered = (await steps.report()).id
  await steps.answer(answered)
  waiting = (await steps.report({ area: otherVillage }, 'neighbor')).id
  client = new pg.Client({ connectionString: server.databaseUrl })
  await client.connect()
  await client.query('set role minqing_app')
})
after(async () => {
  await client.end()
  await server.close()
})

interface Settings {
  scope?: string
  units?: string
  actor?: string
}

async function as<T>({ scope = '', units = '', actor = '' }: Settings, work: () => Promise<T>): Promise<T> {
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

interface Row {
  issue_id: string
  to_person: string | null
  to_unit: string | null
  to_desk: string | null
}
const entries = async () => (await client.query<Row>('select * from inbox_entry')).rows

test('without a setting there are no messages', async () => {
  await client.query('begin')
  assert.deepEqual(await entries(), [])
  await client.query('rollback')
  await as({}, async () => assert.deepEqual(await entries(), []))
})

test('[N1] a person sees their own messages, a unit its own, a desk those of its areas', async () => {
  await as({ actor: 'resident-1' }, async () => {
    const found = await entries()
    assert.ok(found.length > 0 && found.every(({ to_person }) => to_person === 'resident-1'))
  })
  await as({ actor: 'resident-2' }, async () => assert.deepEqual(await entries(), []))
  await as({ units: `${county}/jianshe` }, async () => {
    const found = await entries()
    assert.ok(found.length > 0 && found.every(({ to_unit }) => to_unit === `${county}/jianshe`))
  })
  await as({ units: '330681/jianshe,330683/jian' }, async () => assert.deepEqual(await entries(), []))
  await as({ scope: '330683102' }, async () => {
    const found = await entries()
    assert.deepEqual(
      found.map(({ issue_id, to_desk }) => [issue_id, to_desk]),
      [[waiting, 'dispatch']],
    )
  })
})

test('nobody marks for another, or what they do not see', async () => {
  const { rows } = await server.owner.query<{ id: string }>(
    `select id from inbox_entry where to_person = 'resident-1' limit 1`,
  )
  const { id } = rows[0]!
  const mark = (actor: string) =>
    client.query(`insert into inbox_read (county, actor_id, entry_id) values ($1, $2, $3)`, [
      county,
      actor,
      id,
    ])
  await as({ actor: 'resident-1' }, async () => assert.equal((await mark('resident-1')).rowCount, 1))
  for (const [me, actor] of [
    ['resident-1', 'resident-2'],
    ['resident-2', 'resident-2'],
  ] as const) {
    await as({ actor: me }, () => assert.rejects(mark(actor), /row-level security/))
  }
  const until = (actor: string) =>
    client.query(`insert into inbox_read_until (county, actor_id, until) values ($1, $2, now())`, [
      county,
      actor,
    ])
  await as({ actor: 'resident-1' }, () => assert.rejects(until('resident-2'), /row-level security/))
})

test('messages are told only of issues that the teller sees, and are never changed or taken back', async () => {
  const tell = (issue: string) =>
    client.query(
      `insert into inbox_entry (county, id, issue_id, area_code, type, at, actor_id, to_person, wire)
      values ($1, gen_random_uuid(), $2, $3, 'mentioned', now(), 'x', 'anybody', '{}')`,
      [county, issue, county],
    )
  await as({ actor: 'resident-2' }, async () => assert.equal((await tell(waiting)).rowCount, 1))
  await as({ actor: 'resident-2' }, () => assert.rejects(tell(answered), /row-level security/))
  for (const text of [
    'update inbox_entry set wire = $$x$$',
    'delete from inbox_entry',
    'truncate inbox_entry',
  ]) {
    await as({ scope: county }, () => assert.rejects(client.query(text), /permission denied/))
  }
})
