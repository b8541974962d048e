import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { IssueCounts, IssueEvent, IssuePage, Report } from '@minqing/core'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { personas } from '../personas.ts'
import { seedDemo } from '../seed.ts'

let server: TestApp
const seed = () => seedDemo(server.databaseUrl, { diaries: 800, issues: 200, dataDir: server.dataDir })
before(async () => {
  server = await createTestApp({ demo: true })
  await seed()
})
after(() => server.close())

const asPersona = async (id: string): Promise<string> => {
  const answer = await server.ask('POST /v1/demo/token', { as: null, body: { persona: id } })
  return answer.json<{ token: string }>().token
}
const get = async <T>(path: `/${string}`, as: string): Promise<T> => {
  const answer = await server.ask(`GET ${path}`, { as })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json<T>()
}
const count = async (table: string) =>
  Number((await server.owner.query<{ count: string }>(`select count(*) from ${table}`)).rows[0]?.count)

test('a second run changes nothing', async () => {
  const before = [await count('issue'), await count('issue_event'), await count('inbox_entry')]
  assert.equal(before[0], 200)
  await seed()
  assert.deepEqual([await count('issue'), await count('issue_event'), await count('inbox_entry')], before)
})

test('what was filled in reads like what people did: columns, wire, events, units and numbers agree', async () => {
  const wrong = await server.owner.query(
    `select i.number from issue i where
      (i.wire::json ->> 'id')::uuid <> i.id or i.wire::json ->> 'state' <> i.state
      or (i.wire::json ->> 'version')::int <> i.version
      or i.version <> (select count(*) from issue_event e where e.county = i.county and e.issue_id = i.id)
      or i.head_hash <> (select e.hash from issue_event e
        where e.county = i.county and e.issue_id = i.id and e.seq = i.version)
      or i.state <> (select e.to_state from issue_event e
        where e.county = i.county and e.issue_id = i.id and e.seq = i.version)
      or cardinality(i.units) <> (select count(*) from issue_unit u where u.county = i.county and u.issue_id = i.id)`,
  )
  assert.deepEqual(wrong.rows, [])
  const numbers = await server.owner.query(
    `select day from issue_number n where last <> (select count(*) from issue i
      where i.county = n.county and i.number like n.county || to_char(n.day, '-YYYYMMDD-') || '%')`,
  )
  assert.deepEqual(numbers.rows, [])
})

test('the clock is quiet at the start', async () => {
  const { rows } = await server.owner.query('select number from issue where tick_at < now()')
  assert.deepEqual(rows, [])
})

test('every person of the demo finds what is theirs', async () => {
  const center = await asPersona('he-center')
  const counts = await get<IssueCounts>('/v1/issue-counts?area=330683', center)
  assert.ok(counts.breached > 0 && counts.soon > 0 && counts.asked > 0, JSON.stringify(counts))
  assert.ok(counts.states.jointConsultation > 0 && counts.states.submitted > 0)
  for (const { id, unit } of personas.filter(({ role }) => role === 'handler')) {
    const token = await asPersona(id)
    const { items } = await get<IssuePage>('/v1/issues?area=330683', token)
    assert.ok(items.length > 0, id)
    assert.ok(items.every(({ assignments }) => assignments.some((part) => part.unit.id === unit)))
  }
  const { unread } = await get<{ unread: number }>('/v1/inbox-count', center)
  const all = await count(`inbox_entry where to_desk = 'dispatch'`)
  assert.ok(unread > 0 && unread < all, `${unread} of ${all}`)
})

test('a timeline of the demo can be read, and a report followed by its receipt', async () => {
  const center = await asPersona('he-center')
  const { items } = await get<IssuePage>('/v1/issues?area=330683&state=closed', center)
  const { items: events } = await get<{ items: IssueEvent[] }>(`/v1/issues/${items[0]!.id}/events`, center)
  assert.equal(events.length, items[0]!.version)
  const { rows } = await server.owner.query<{ reporter_id: string; area_code: string }>(
    `select reporter_id, area_code from issue where source = 'report' limit 1`,
  )
  const { reporter_id: sub, area_code: area } = rows[0]!
  const as = await server.signer.sign({ sub, grants: [{ role: 'resident', area }] })
  const mine = await get<{ items: Report[] }>('/v1/reports', as)
  const found = await get<Report>(`/v1/report-status?receipt=${mine.items[0]!.receipt}`, as)
  assert.equal(found.id, mine.items[0]!.id)
})
