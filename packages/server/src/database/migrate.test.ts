import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { migrate, migrations } from './migrate.ts'
import { createPool } from './pool.ts'
import { checkVersion } from './version.ts'

let owner: pg.Pool
let base: string
let drop: () => Promise<void>
const made: string[] = []
before(async () => {
  const database = await createTestDatabase()
  base = database.url
  drop = database.drop
  owner = new pg.Pool({ connectionString: base, max: 2 })
})
after(async () => {
  for (const statement of made.reverse()) await owner.query(statement)
  await owner.end()
  await drop()
})

const unique = () => `mq_${randomBytes(6).toString('hex')}`

/** An empty database that belongs to a user of ordinary rights. */
async function ordinaryDatabase(rights: string): Promise<{ url: string; user: string }> {
  const user = unique()
  await owner.query(`create role ${user} login password 'pass-${user}' ${rights}`)
  made.push(`drop role ${user}`)
  await owner.query(`create database ${user} owner ${user}`)
  made.push(`drop database ${user} with (force)`)
  const url = new URL(base)
  url.username = user
  url.password = `pass-${user}`
  url.pathname = `/${user}`
  return { url: url.href, user }
}

async function sentenceOf(url: string): Promise<string> {
  let said = ''
  await assert.rejects(migrate(url), (error: Error & { sentence?: string }) => {
    said = error.sentence ?? `no sentence: ${error.message}`
    return true
  })
  assert.doesNotMatch(said, /pass-/)
  return said
}

describe('migrations', () => {
  it('run once, however many processes start them together', async () => {
    const { url } = await ordinaryDatabase('createrole')
    await owner.query(`grant minqing_app to ${new URL(url).username}`)
    await Promise.all([migrate(url), migrate(url), migrate(url), migrate(url)])
    await migrate(url)
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name')
    await client.end()
    assert.deepEqual(
      rows.map(({ name }) => name),
      Object.keys(migrations),
    )
  })

  it('put every table that the application may use under row-level security, and let the application own none', async () => {
    const { rows } = await owner.query<{ name: string; secured: boolean; policies: string }>(
      `select relname as name, relrowsecurity as secured,
        (select count(*) from pg_policy where polrelid = pg_class.oid) as policies
      from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
        and has_table_privilege('minqing_app', oid, 'select, insert, update, delete, truncate')`,
    )
    const open = rows.filter(({ secured, policies }) => !secured || policies === '0').map(({ name }) => name)
    assert.ok(rows.length >= 8)
    assert.deepEqual(open, ['kysely_migration'])
    const owned = await owner.query(`select 1 from pg_class where relowner = 'minqing_app'::regrole`)
    assert.equal(owned.rowCount, 0)
    const role = await owner.query<{ rolsuper: boolean; rolbypassrls: boolean; rolcanlogin: boolean }>(
      `select rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = 'minqing_app'`,
    )
    assert.deepEqual(role.rows[0], { rolsuper: false, rolbypassrls: false, rolcanlogin: false })
  })

  it('let every key begin with the county', async () => {
    const { rows } = await owner.query<{ name: string; first: string }>(
      `select indexrelid::regclass::text as name, attname as first from pg_index
      join pg_class on pg_class.oid = indrelid
      join pg_attribute on attrelid = indrelid and attnum = indkey[0]
      where indisunique and relnamespace = 'public'::regnamespace and relname not like 'kysely%'`,
    )
    assert.ok(rows.length >= 5)
    assert.deepEqual(
      rows.filter(({ first }) => first !== 'county'),
      [],
    )
  })

  it('keep functions that see past row-level security from everybody else', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select proname as name from pg_proc where prosecdef and pronamespace = 'public'::regnamespace
      and has_function_privilege('public', oid, 'execute')`,
    )
    assert.deepEqual(rows, [])
  })

  it('make everything in the schema that the database names, whatever it is called', async () => {
    const { url, user } = await ordinaryDatabase('')
    await owner.query(`grant minqing_app to ${user}`)
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(`create schema "民情 data"`)
    await client.query(`alter database ${user} set search_path = "民情 data"`)
    await client.end()
    await migrate(url)
    const pool = createPool(url, { max: 1 })
    try {
      const found = await pool.query(
        `select 1 from pg_tables where schemaname = '民情 data' and tablename = 'diary'`,
      )
      assert.equal(found.rowCount, 1)
      for (const call of [
        `mq_live_after('1', 0, 10)`,
        'mq_live_held()',
        'mq_live_horizon()',
        'mq_live_purge(now())',
        `mq_photo_owner('330683', '0190a000-0000-7000-8000-000000000001')`,
        'mq_photos_unclaimed(now(), 10)',
        `mq_photo_forget('330683', '{}')`,
        `mq_area_name('330683')`,
        'mq_purge_idempotency_keys(now())',
        `mq_diary_page('330683', '330683', 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 10)`,
        `mq_diary_search('330683', '{}', '{}', null, null, null, null, null, false, null, null, 10)`,
      ])
        await pool.query(`select * from ${call}`)
    } finally {
      await pool.end()
    }
  })

  it('say in one sentence what a user lacks', async () => {
    const { url, user } = await ordinaryDatabase('')
    assert.match(await sentenceOf(url), new RegExp(`grant minqing_app to ${user}`))
  })

  it('say in one sentence why they cannot connect', async () => {
    const at = (change: (url: URL) => void) => {
      const url = new URL(base)
      change(url)
      return sentenceOf(url.href)
    }
    assert.match(await at((url) => (url.port = '1')), /does not answer/)
    assert.match(await at((url) => (url.pathname = '/mq_missing')), /does not exist/)
    assert.match(await at((url) => (url.host = 'minqing.invalid:5432')), /unknown|cannot be looked up/)
  })

  it('need PostgreSQL 15', () => {
    assert.doesNotThrow(() => checkVersion({ number: 150000, name: '15.0' }))
    assert.throws(
      () => checkVersion({ number: 140019, name: '14.19' }),
      /PostgreSQL 14\.19 is too old: 15 or newer/,
    )
  })
})
