import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import test, { after, before, type TestContext } from 'node:test'
import { ask, temporaryFolder } from '../postgres/testing/help.ts'
import { startTestPostgres, type TestPostgres } from '../test/postgres.ts'
import { freePort, runStart } from './testing/command.ts'

let server: TestPostgres
let number = 0

before(async () => {
  server = await startTestPostgres()
})
after(() => server.stop())

/** An empty database in the server of these tests, with the URL of a login role of its own. */
async function database(rights: string): Promise<{ ownerUrl: string; userUrl: string }> {
  const name = `house${++number}`
  await ask(server.url, `create database ${name}`, `create role ${name} login password 'geheim' ${rights}`)
  const at = new URL(server.url)
  at.pathname = `/${name}`
  const ownerUrl = at.href
  at.username = name
  at.password = 'geheim'
  return { ownerUrl, userUrl: at.href }
}

async function startWith(t: TestContext, databaseUrl: string, ...args: string[]) {
  const env = {
    PORT: String(await freePort()),
    MQ_DATA_DIR: await temporaryFolder(t),
    DATABASE_URL: databaseUrl,
  }
  return runStart(t, args, env)
}

/** Starts with a URL that cannot work. Answers the one sentence. */
async function refusal(t: TestContext, databaseUrl: string, ...args: string[]): Promise<string> {
  const { code, said } = await (await startWith(t, databaseUrl, ...args)).ended()
  assert.equal(code, 1)
  assert.doesNotMatch(said, /geheim/)
  const lines = said.trim().split('\n')
  // the bootstrap may have had to install something first
  if (lines[0] === 'Installing dependencies…') lines.shift()
  assert.equal(lines.length, 1, said)
  return lines[0] ?? ''
}

test('a server that is not there', async (t) => {
  const sentence = await refusal(t, `postgres://me:geheim@127.0.0.1:${await freePort()}/x`)
  assert.match(sentence, /^The database does not answer: check that PostgreSQL runs at the host and port/)
})

test('a program at the port that is not PostgreSQL', async (t) => {
  const other = createServer((socket) => socket.end('220 mail ready\r\n')).listen(0, '127.0.0.1')
  await once(other, 'listening')
  t.after(() => other.close())
  const { port } = other.address() as AddressInfo
  assert.match(await refusal(t, `postgres://me:geheim@127.0.0.1:${port}/x`), /^The database of DATABASE_URL /)
})

test('a wrong password', async (t) => {
  const { userUrl } = await database('')
  const sentence = await refusal(t, userUrl.replace('geheim', 'geheim2'))
  assert.equal(sentence, 'The database refused the password: check DATABASE_URL.')
})

test('a database that does not exist', async (t) => {
  const url = new URL(server.url)
  url.pathname = '/nowhere'
  assert.match(await refusal(t, url.href), /^The database named by DATABASE_URL does not exist/)
})

test('a user who lacks rights', async (t) => {
  const { userUrl } = await database('nocreaterole')
  assert.match(await refusal(t, userUrl), /^The database user \S+ may not |^The database user lacks a right/)
})

test('a PostgreSQL that is too old', async (t) => {
  const { ownerUrl } = await database('')
  // this server calls itself 14.11 to whoever looks in the schema first
  await ask(
    ownerUrl,
    `create function public.current_setting(name text) returns text language sql as
       $$ select case name when 'server_version_num' then '140011' else '14.11' end $$`,
  )
  const url = new URL(ownerUrl)
  url.searchParams.set('options', '-c search_path=public,pg_catalog')
  assert.equal(
    await refusal(t, url.href),
    'PostgreSQL 14.11 is too old: 15 or newer is needed, see DATABASE_URL.',
  )
})

test('a database of the user: it runs there, and --fresh empties it only when told so', async (t) => {
  const { ownerUrl } = await database('')
  const first = await startWith(t, ownerUrl)
  await first.until(/minqing runs at/)
  first.child.kill('SIGINT')
  assert.equal((await first.ended()).code, 0)
  const [row] = await ask(ownerUrl, 'select count(*)::int as n from diary')
  assert.notEqual(row?.['n'], 0)

  assert.match(
    await refusal(t, ownerUrl, '--fresh'),
    /^--fresh deletes \d+ tables of house\d+ on .* Add --yes to agree\.$/,
  )
  assert.deepEqual(await ask(ownerUrl, 'select count(*)::int as n from diary'), [row])

  await ask(ownerUrl, 'create table witness (n int)')
  const again = await startWith(t, ownerUrl, '--fresh', '--yes')
  await again.until(/minqing runs at/)
  assert.match(again.said(), /Writing demo data/)
  assert.deepEqual(await ask(ownerUrl, `select to_regclass('witness') as found`), [{ found: null }])
})

test('--fresh leaves a database alone that is not ours', async (t) => {
  const { ownerUrl } = await database('')
  await ask(ownerUrl, 'create table payroll (n int)')
  const sentence = await refusal(t, ownerUrl, '--fresh', '--yes')
  assert.match(sentence, /has tables but was not made by minqing: --fresh leaves it as it is\.$/)
  assert.deepEqual(await ask(ownerUrl, 'select n from payroll'), [])
})
