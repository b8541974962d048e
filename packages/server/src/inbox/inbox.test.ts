import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { operations, type InboxEntry, type Problem, type Report } from '@minqing/core'
import { createTestApp, type TestApp } from '../testing/app.ts'
import {
  addCatalogue,
  circle,
  county,
  otherVillage,
  village,
  type Circle,
  type PersonName,
} from '../testing/circle.ts'
import { purgeInbox } from './purge.ts'

let now = Date.parse('2026-03-02T02:00:00Z')
let server: TestApp
let steps: Circle
before(async () => {
  server = await createTestApp({ anonymousReports: true, clock: () => new Date(now) })
  await addCatalogue(server)
  steps = circle(server)
})
after(() => server.close())

const ajv = new Ajv({ allErrors: true })
formats.default(ajv)
const isPage = ajv.compile(operations.inbox.list.success.schema)

interface Page {
  items: InboxEntry[]
  next: string | null
}

async function inbox(who: PersonName, query = ''): Promise<Page> {
  const answer = await steps.ask(who, `GET /v1/inbox${query}`)
  assert.equal(answer.statusCode, 200, answer.body)
  const page = answer.json<Page>()
  assert.ok(isPage(page), JSON.stringify(isPage.errors))
  return page
}
const about = async (who: PersonName, id: string) =>
  (await inbox(who, '?limit=100')).items.filter(({ issue }) => issue === id)
const types = async (who: PersonName, id: string) => (await about(who, id)).map(({ type }) => type)
const unread = async (who: PersonName) =>
  (await steps.ask(who, 'GET /v1/inbox-count')).json<{ unread: number }>().unread

async function markRead(who: PersonName, body: object): Promise<number> {
  const answer = await steps.ask(who, 'POST /v1/inbox/read', body)
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json<{ unread: number }>().unread
}

describe('the inbox', () => {
  it('[N1] tells each step to those whom it concerns, and to nobody else', async () => {
    const { id, receipt } = await steps.report()
    assert.deepEqual(await types('dispatcher', id), ['submitted'])
    assert.deepEqual(await types('dispatcher2', id), ['submitted'])
    assert.deepEqual(await types('townDispatcher', id), [], 'another town')
    await steps.act('dispatcher', id, 'triage', { category: '0103' })
    await steps.act('dispatcher', id, 'dispatch', {
      lead: { unit: 'jianshe' },
      assists: [{ unit: 'jiaotong' }],
    })
    assert.deepEqual(await types('builder', id), ['assigned'])
    assert.deepEqual(await types('builder2', id), ['assigned'])
    assert.deepEqual(await types('driver', id), ['assigned'])
    await steps.act('builder', id, 'accept')
    now += 1000
    await steps.act('builder', id, 'addProgress', { note: '请协助', mentions: ['driver-1', 'builder-1'] })
    assert.deepEqual(await types('driver', id), ['mentioned', 'assigned'])
    assert.deepEqual(await types('builder', id), ['assigned'], 'not of their own note')
    now += 1000
    await steps.act('driver', id, 'answer', { text: '已会同查看' })
    assert.deepEqual(await types('builder', id), ['answered', 'assigned'])
    now += 1000
    await steps.act('builder', id, 'answer', { text: '已修好' })
    assert.deepEqual(await types('dispatcher', id), ['answered', 'submitted'])
    assert.deepEqual(await types('resident', id), [])
    now += 1000
    await steps.act('dispatcher', id, 'approveAnswer')
    assert.deepEqual(await types('resident', id), ['reviewed'])
    assert.deepEqual(await types('neighbor', id), [])
    assert.deepEqual(await types('leader', id), [])
    now += 1000
    await steps.ask(null, 'POST /v1/report-rating', { receipt, stars: 2, solved: false })
    assert.deepEqual((await types('dispatcher', id))[0], 'reopened')
    assert.deepEqual((await types('driver', id))[0], 'rated')
    now += 1000
    await steps.act('dispatcher', id, 'escalate', { reason: '需要会诊' })
    assert.deepEqual(await types('leader', id), ['consultation'])
    assert.ok(!(await types('dispatcher', id)).includes('consultation'), 'a desk at which they do not sit')
  })

  it('[N3] tells nobody of their own deed, though it goes to their desk', async () => {
    const { id } = await steps.report()
    await steps.act('leader', id, 'supervise', { text: '请尽快' })
    await steps.act('dispatcher', id, 'remind')
    assert.deepEqual((await types('dispatcher2', id)).sort(), ['reminded', 'submitted', 'supervised'])
    assert.deepEqual((await types('dispatcher', id)).sort(), ['submitted', 'supervised'])
  })

  it('[R1] names no officer to a resident', async () => {
    const { id } = await steps.report()
    await steps.answer(id)
    const [entry] = await about('resident', id)
    assert.deepEqual(entry!.actor, { id: 'center', name: '受理中心' })
    const [forUnit] = await about('builder', id)
    assert.equal(forUnit!.actor.name, '徐敏')
    assert.deepEqual([forUnit!.title, forUnit!.area.code], ['村口的路灯三天没有亮了', village])
  })

  it('[R1] tells residents of no notes, whoever is mentioned in them', async () => {
    const { id } = await steps.report()
    await steps.act('dispatcher', id, 'triage', { category: '0103' })
    await steps.act('dispatcher', id, 'dispatch', { lead: { unit: 'jianshe' } })
    await steps.act('builder', id, 'accept')
    const mentions = ['resident-1', 'resident-2', 'officer-1']
    await steps.act('builder', id, 'addProgress', { note: '需要配合', mentions })
    assert.deepEqual(await types('officer', id), ['mentioned'])
    for (const who of ['resident', 'neighbor'] as const) {
      assert.deepEqual(await types(who, id), [], who)
      assert.equal(await unread(who), (await inbox(who, '?unread=yes&limit=100')).items.length)
    }
  })

  it('has nothing for nobody', async () => {
    const body = { id: randomUUID(), area: village, text: '没有署名的反映' }
    const { id } = (await steps.ask(null, 'POST /v1/anonymous-reports', body)).json<Report>()
    await steps.answer(id)
    const { rows } = await server.owner.query(
      `select 1 from inbox_entry where issue_id = $1 and to_person is not null`,
      [id],
    )
    assert.equal(rows.length, 0)
  })

  it('is paged without gaps or repetitions, and filtered by type', async () => {
    for (let at = 0; at < 7; at++) {
      now += at % 2
      await steps.report({ area: otherVillage })
    }
    const all = (await inbox('townDispatcher', '?limit=100')).items
    assert.equal(all.length, 7)
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page = await inbox('townDispatcher', `?limit=3${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next
    }
    assert.deepEqual(
      seen,
      all.map(({ id }) => id),
    )
    assert.equal((await inbox('townDispatcher', '?type=breached')).items.length, 0)
    assert.equal((await inbox('townDispatcher', '?type=submitted&limit=2')).items.length, 2)
    const bad = await steps.ask('dispatcher', 'GET /v1/inbox?cursor=abc')
    assert.deepEqual([bad.statusCode, bad.json<Problem>().code], [400, 'cursor_invalid'])
  })
})

describe('what has been read', () => {
  it('[N2] is known for each person', async () => {
    await markRead('builder', { until: new Date(now).toISOString() })
    await markRead('builder2', { until: new Date(now).toISOString() })
    assert.equal(await unread('builder'), 0)
    now += 60_000
    const { id } = await steps.report()
    await steps.act('dispatcher', id, 'triage', { category: '0103' })
    await steps.act('dispatcher', id, 'dispatch', { lead: { unit: 'jianshe' } })
    assert.deepEqual([await unread('builder'), await unread('builder2')], [1, 1])
    const [entry] = await about('builder', id)
    assert.equal(entry!.read, false)
    assert.equal(await markRead('builder', { ids: [entry!.id] }), 0)
    assert.equal((await about('builder', id))[0]!.read, true)
    assert.equal((await inbox('builder', '?unread=yes')).items.length, 0)
    assert.equal((await about('builder2', id))[0]!.read, false)
    assert.equal(await markRead('builder', { ids: [entry!.id] }), 0, 'once more changes nothing')
  })

  it('up to a moment leaves what came later, and a clock that is ahead marks nothing to come', async () => {
    now += 60_000
    const { id } = await steps.report()
    const before = new Date(now).toISOString()
    now += 60_000
    await steps.report()
    assert.equal(await markRead('dispatcher', { until: before }), 1)
    assert.equal((await about('dispatcher', id))[0]!.read, true)
    assert.equal(await markRead('dispatcher', { until: '2099-01-01T00:00:00Z' }), 0)
    now += 60_000
    await steps.report()
    assert.equal(await unread('dispatcher'), 1)
    const earlier = await markRead('dispatcher', { until: before })
    assert.equal(earlier, 1, 'going back takes nothing back')
  })

  it('of messages of others is passed over', async () => {
    const { id } = await steps.report()
    const [entry] = await about('dispatcher', id)
    await markRead('driver', { ids: [entry!.id] })
    const { rows } = await server.owner.query(
      `select 1 from inbox_read where actor_id = 'driver-1' and entry_id = $1`,
      [entry!.id],
    )
    assert.equal(rows.length, 0)
    assert.equal((await about('dispatcher', id))[0]!.read, false)
  })

  it('needs something to mark', async () => {
    const answer = await steps.ask('driver', 'POST /v1/inbox/read', {})
    assert.equal(answer.statusCode, 400)
  })
})

describe('a busy inbox', () => {
  /** Milliseconds of a round of questions; the quickest of several, since other tests run beside. */
  async function round(): Promise<number> {
    let quickest = Number.POSITIVE_INFINITY
    for (let at = 0; at < 10; at++) {
      const begin = performance.now()
      for (const who of ['builder', 'dispatcher'] as const) {
        await unread(who)
        await inbox(who)
      }
      quickest = Math.min(quickest, performance.now() - begin)
    }
    return quickest
  }

  it('counts and lists by its indexes: 200,000 messages beside change little', async () => {
    const alone = await round()
    const { rows } = await server.owner.query<{ id: string }>('select id from issue limit 1')
    await server.owner.query(
      `insert into inbox_entry (county, id, issue_id, area_code, type, at, actor_id, to_person, to_unit, to_desk, wire)
      select '${county}', gen_random_uuid(), $1, '${village}', 'assigned', $2::timestamptz - n * interval '1 second', 'x',
        case n % 3 when 0 then 'crowd-' || n % 999 end, case n % 3 when 1 then '${county}/unit-' || n % 50 end,
        case n % 3 when 2 then 'dispatch' end,
        (select wire from inbox_entry limit 1)
      from generate_series(1, 200000) n`,
      [rows[0]!.id, new Date(now)],
    )
    await server.owner.query('analyze inbox_entry')
    const crowded = await round()
    await server.owner.query(`delete from inbox_entry where actor_id = 'x'`)
    assert.ok(crowded < alone * 4 + 10, `${crowded.toFixed(1)} ms, ${alone.toFixed(1)} ms without them`)
  })
})

describe('old messages', () => {
  it('[N4] go after 180 days, with who has read them; the issue stays', async () => {
    const { id } = await steps.report()
    const [entry] = await about('dispatcher', id)
    await markRead('dispatcher', { ids: [entry!.id] })
    const later = new Date(now + 179 * 86_400_000)
    const deps = { pool: server.owner, now: () => later }
    await purgeInbox(deps)
    const count = async () => {
      const { rows } = await server.owner.query<{ entries: number; marks: number; issues: number }>(
        `select (select count(*)::int from inbox_entry where issue_id = $1) as entries,
          (select count(*)::int from inbox_read where entry_id = $2) as marks,
          (select count(*)::int from issue where id = $1) as issues`,
        [id, entry!.id],
      )
      return rows[0]!
    }
    assert.deepEqual(await count(), { entries: 1, marks: 1, issues: 1 })
    later.setTime(later.getTime() + 2 * 86_400_000)
    await purgeInbox(deps)
    assert.deepEqual(await count(), { entries: 0, marks: 0, issues: 1 })
  })
})
