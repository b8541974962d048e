import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { createPipeline, type Pipeline } from './pipeline.ts'

let database: { url: string; drop(): Promise<void> }
let pages: Pipeline
let broken = 0

before(async () => {
  database = await createTestDatabase()
  pages = createPipeline(database.url, { connections: 2, onError: () => broken++ })
})
after(async () => {
  await pages.end()
  await database.drop()
})

const setting = (value: string) =>
  pages.read<[string, string, number]>({
    name: 'setting',
    text: `select set_config('mq.scope', $1, true), current_user::text, pg_backend_pid()`,
    values: [value],
  })

test('many reads at once share a few connections; each gets its own answer, as the guarded role', async () => {
  const asked = Array.from({ length: 200 }, (_, at) => String(at))
  const answers = (await Promise.all(asked.map(setting))).flat()
  assert.deepEqual(
    answers.map(([value]) => value),
    asked,
  )
  assert.deepEqual(new Set(answers.map(([, role]) => role)), new Set(['minqing_app']))
  assert.equal(new Set(answers.map(([, , backend]) => backend)).size, 2)
})

test('what one read sets is gone for the next', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, at) => setting(String(at))))
  const left = { name: 'left', text: `select current_setting('mq.scope', true)`, values: [] }
  const seen = await Promise.all(Array.from({ length: 20 }, () => pages.read<[string | null]>(left)))
  for (const [row] of seen) assert.ok(row![0] === null || row![0] === '')
})

test('a read that fails does not disturb the ones around it', async () => {
  const wrong = { name: 'wrong', text: 'select 1 / $1::integer', values: [0] }
  const answers = await Promise.allSettled([setting('1'), pages.read(wrong), setting('2'), setting('3')])
  assert.deepEqual(
    answers.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
  )
})

test('a connection that breaks is replaced', async () => {
  const owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
  const mine = `datname = current_database() and application_name = 'minqing pages'`
  const { rowCount } = await owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where ${mine}`,
  )
  await owner.end()
  assert.ok(rowCount! > 0)
  const deadline = Date.now() + 5000
  while (broken < rowCount! && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10))
  assert.equal(broken, rowCount)
  assert.equal((await setting('again'))[0]![0], 'again')
})

test('after its end it reads no more', async () => {
  const other = createPipeline(database.url)
  await other.end()
  await assert.rejects(other.read({ name: 'one', text: 'select 1', values: [] }), /has ended/)
})
