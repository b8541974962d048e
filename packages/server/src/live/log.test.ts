import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { appendEvent, eventText } from '../internal/events.ts'
import type { LoggedEvent } from '../internal/live-bus.ts'
import { missedEvents } from './resume.ts'
import {
  county,
  eventually,
  listen,
  newEvent,
  openTestLog,
  otherVillage,
  village,
  type TestLog,
} from './testing/log.ts'

describe('event log', () => {
  let log: TestLog
  before(async () => {
    log = await openTestLog()
  })
  after(() => log.close())

  const visible = (scope: string[]) =>
    log.transact({ scope, actor: 'chen' }, async (tx) => {
      const { rows } = await sql<{ area_code: string }>`select area_code from live_event`.execute(tx)
      return rows.map((row) => row.area_code).sort()
    })

  test('shows an event only to those whose scope holds its area', async () => {
    await log.append(village)
    await log.append(otherVillage)
    assert.deepEqual(await visible([village]), [village])
    assert.deepEqual(await visible([otherVillage]), [otherVillage])
    assert.deepEqual(await visible(['330683']), [village, otherVillage].sort())
    assert.deepEqual(await visible(['330604']), [])
    assert.deepEqual(await visible([]), [])
  })

  test('takes no event outside the scope of its transaction', async () => {
    const foreign = log.transact({ scope: [village], actor: 'chen' }, (tx) =>
      appendEvent(tx, county, newEvent(otherVillage)),
    )
    await assert.rejects(foreign, { code: '42501' })
  })

  test('nobody changes what is in it, nor sees how far it was purged', async () => {
    for (const statement of [
      'update live_event set data = $$x$$',
      'delete from live_event',
      'table live_horizon',
    ]) {
      const attempt = log.transact({ scope: ['33'], actor: 'chen' }, (tx) => sql.raw(statement).execute(tx))
      await assert.rejects(attempt, { code: '42501' }, statement)
    }
  })

  test('forgets what is older than a week and remembers up to where', async () => {
    await log.append()
    await log.owner(`update live_event set created_at = now() - interval '8 days'`)
    const [last] = await log.owner(
      'select xid::text, seq::text from live_event order by xid desc, seq desc limit 1',
    )
    const kept = await log.append()
    await log.bus()
    const old = `select 1 from live_event where created_at < now() - interval '7 days'`
    await eventually(async () => (await log.owner(old)).length === 0, 'purged')
    const rows = await log.owner('select data from live_event')
    assert.deepEqual(
      rows.map(({ data }) => (JSON.parse(data as string) as { diaryId: string }).diaryId),
      [kept],
    )
    assert.deepEqual(await log.owner('select xid::text, seq::text from mq_live_horizon()'), [last])
  })

  test('drops what a restored dump brought from another cluster, which would hold everything up', async () => {
    await log.owner(
      `insert into live_event (county, xid, area_code, type, data)
       values ($1, (pg_current_xact_id()::text::bigint + 1000000)::text::xid8, $2, 'diary.removed', '{}')`,
      [county, village],
    )
    const heard = listen(await log.bus())
    const told = await log.append()
    await heard.until(1)
    assert.deepEqual(heard.diaries, [told])
    const foreign = `select 1 from live_event where data = '{}'`
    await eventually(async () => (await log.owner(foreign)).length === 0, 'purged')
  })

  test('an open transaction of another database in the cluster holds nothing back, one of this database does', async () => {
    const { url, drop } = await createTestDatabase()
    const open = async (databaseUrl: string) => {
      const client = new pg.Client({ connectionString: databaseUrl })
      await client.connect()
      await client.query('begin')
      await client.query('select pg_current_xact_id()')
      return client
    }
    const heard = listen(await log.bus())
    const neighbor = await open(url)
    const first = await log.append()
    await heard.until(1)
    assert.deepEqual(heard.diaries, [first])

    const own = await open(log.url)
    const second = await log.append()
    const [held] = await log.owner('select mq_live_held() as held')
    assert.deepEqual(held, { held: true })
    assert.deepEqual(heard.diaries, [first])
    await own.end()
    await heard.until(2)
    assert.deepEqual(heard.diaries, [first, second])
    await neighbor.end()
    await drop()
  })

  test('what the bus has told is not kept from a reader who comes back while the frontier steps back', async () => {
    await log.append()
    const [before] = await log.owner(
      `select xid::text || '-' || seq as id from live_event order by live_event.xid desc limit 1`,
    )
    const own = new pg.Client({ connectionString: log.url })
    await own.connect()
    await own.query('begin')
    await own.query('select pg_current_xact_id()')
    await log.append()
    const [last] = await log.owner(
      `select xid::text || '-' || seq as id from live_event order by live_event.xid desc limit 1`,
    )
    const guard = { scope: [village], actor: 'chen' }
    const ears = { area: village, areas: [village], guards: { area: guard, issue: guard, inbox: guard } }
    const missed = (upTo: unknown) =>
      missedEvents(log.transact, { ...ears, hear: () => true }, before!['id'] as string, upTo as string)
    const ids = (events: LoggedEvent[] | undefined) => events?.map(({ id }) => id)
    // the open transaction lies before the event: by the frontier alone it could not be told yet
    assert.deepEqual(ids(await missed(before!['id'])), [])
    assert.deepEqual(ids(await missed(last!['id'])), [last!['id']])
    await own.end()
  })

  test('writes the wire form of a diary as it is, not anew', () => {
    const { at, ...event } = newEvent(village)
    const text = eventText({ ...event, at, diary: '{"id":"x",  "text":"\\u6c11情"}', comment: '{"id":"y"}' })
    assert.ok(text.endsWith(',"diary":{"id":"x",  "text":"\\u6c11情"},"comment":{"id":"y"}}'))
    assert.deepEqual(JSON.parse(text), {
      ...event,
      at: at.toISOString(),
      diary: { id: 'x', text: '民情' },
      comment: { id: 'y' },
    })
  })
})
