import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Issue, IssueEvent } from '@minqing/core'
import { createApp } from '../app.ts'
import { createPool } from '../database/pool.ts'
import { transactions } from '../database/scope.ts'
import { chineseCalendar } from '../internal/calendar.ts'
import { createIssueDesk } from '../internal/issue-desk.ts'
import type { Told } from '../internal/issues/seams.ts'
import { coreScoring } from '../internal/issues/scoring.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { testAudience } from '../testing/tokens.ts'
import { runDueTicks, type ClockDeps } from './clock-worker.ts'
import { addCatalogue, answeredIssue, builder, center, dispatched, doing, report } from './testing/people.ts'

const hour = 3_600_000
/** A Monday morning, nine o'clock in Shanghai. */
const monday = Date.parse('2026-03-02T01:00:00Z')
let now = monday
const clock = () => new Date(now)

let server: TestApp
let deps: ClockDeps
let told: Told[] = []
let close: () => Promise<void>
before(async () => {
  server = await createTestApp({ clock, clockWorker: false })
  await addCatalogue(server)
  const pool = createPool(server.databaseUrl, { max: 2 })
  close = () => pool.end()
  const desk = createIssueDesk({
    calendar: chineseCalendar,
    scoring: coreScoring,
    notify: async (_tx, one) => void told.push(one),
    countSimilar: () => Promise.resolve(0),
  })
  deps = { transact: transactions(pool), desk, calendar: chineseCalendar, log: server.app.log }
})
after(async () => {
  await close()
  await server.close()
})
beforeEach(() => {
  now = monday
  told = []
})

async function eventsOf(issue: Pick<Issue, 'id'>): Promise<IssueEvent[]> {
  const answer = await server.ask(`GET /v1/issues/${issue.id}/events`, { as: center })
  return answer.json<{ items: IssueEvent[] }>().items
}
/** What the clock did, and at which hour after the beginning. */
async function spoken(issue: Pick<Issue, 'id'>): Promise<string[]> {
  const events = await eventsOf(issue)
  return events
    .filter(({ actor }) => actor.id === 'system')
    .map(({ action, at, data }) => {
      const hours = (Date.parse(at) - monday) / hour
      return `${hours} ${action}${typeof data['clock'] === 'string' ? ` ${data['clock']}` : ''}`
    })
}

/** Lets the time pass, looking every hour. */
async function pass(hours: number): Promise<void> {
  for (let passed = 0; passed < hours; passed++) {
    now += hour
    await runDueTicks(deps, clock)
  }
}

describe('[I8] the clock', () => {
  it('warns, tells a breach, and chases three times, each once', async () => {
    const issue = await dispatched(server)
    await pass(24 * 30)
    assert.deepEqual(await spoken(issue), [
      // accepting: one working day; working: five working days, and a weekend between
      ...['18 warn accept', '24 breach accept', '48 chase accept', '72 chase accept'],
      ...['90 warn resident', '90 warn due', '96 chase accept'],
      ...['168 breach resident', '168 breach due', '192 chase resident', '192 chase due'],
      ...['216 chase resident', '216 chase due', '240 chase resident', '240 chase due'],
    ])
    const row = await server.owner.query<{ tick_at: Date | null; alarm: number; due_at: Date }>(
      'select tick_at, alarm, due_at from issue where id = $1',
      [issue.id],
    )
    assert.deepEqual(row.rows[0]?.tick_at, null)
    assert.equal(row.rows[0]?.alarm, 2)
    const tellings = told.filter(({ id }) => id === issue.id)
    assert.equal(tellings.length, 15)
    assert.ok(tellings.every(({ actor, dueAt }) => actor.name === '系统' && dueAt !== null))
  })

  it('closes after seven days without a rating, and says that nobody confirmed it', async () => {
    const asked = await doing(server, await answeredIssue(server), 'answer-approval', center)
    await pass(24 * 7 - 1)
    assert.deepEqual(await spoken(asked), [])
    await pass(1)
    assert.deepEqual(await spoken(asked), ['168 closeUnrated'])
    const { state, closing } = (await server.ask(`GET /v1/issues/${asked.id}`, { as: center })).json<Issue>()
    assert.equal(state, 'closed')
    assert.deepEqual([closing?.reason, closing?.confirmation], ['solved', 'unconfirmed'])
  })

  it('ends a suspension at the moment that was approved, and the deadline has moved by it', async () => {
    const accepted = await doing(server, await dispatched(server), 'acceptance', builder)
    const until = new Date(monday + 48 * hour).toISOString()
    const asked = await doing(server, accepted, 'suspension-request', builder, { reason: '等料', until })
    const held = await doing(server, asked, 'request-approval', center, { assignment: 1 })
    assert.equal(held.assignments[0]?.suspendedAt, new Date(monday).toISOString())
    await pass(24 * 9)
    const said = await spoken(accepted)
    assert.equal(said[0], '48 endSuspension')
    const after = (await server.ask(`GET /v1/issues/${accepted.id}`, { as: center })).json<Issue>()
    const before = Date.parse(accepted.assignments[0]!.dueAt)
    assert.equal(Date.parse(after.assignments[0]!.dueAt), before + 48 * hour)
    assert.deepEqual(after.residentClock.dueAt, accepted.residentClock.dueAt)
  })

  it('makes up for what it missed while no server ran, once', async () => {
    const issue = await dispatched(server)
    now += 24 * 30 * hour
    await runDueTicks(deps, clock)
    assert.equal(await runDueTicks(deps, clock), 0)
    assert.deepEqual((await spoken(issue)).map((line) => line.replace(/^\d+ /, '')).sort(), [
      'breach accept',
      'breach due',
      'breach resident',
      'chase accept',
      'chase due',
      'chase resident',
      'warn accept',
      'warn due',
      'warn resident',
    ])
  })

  it('goes past an issue that it cannot handle', async () => {
    const broken = await dispatched(server)
    const whole = await dispatched(server)
    await server.owner.query(`update issue set flow = flow || '{"assignments": null}' where id = $1`, [
      broken.id,
    ])
    now += 20 * hour
    await runDueTicks(deps, clock)
    assert.deepEqual(await spoken(whole), ['20 warn accept'])
    const { rows } = await server.owner.query<{ tick_at: Date }>('select tick_at from issue where id = $1', [
      broken.id,
    ])
    assert.equal(rows[0]!.tick_at.getTime(), now + 600_000)
    await server.owner.query('update issue set tick_at = null where id = $1', [broken.id])
  })

  it('says so when the database is away, for it is no issue’s fault', async () => {
    const pool = createPool(server.databaseUrl, { max: 1, onError: () => undefined })
    await pool.end()
    await assert.rejects(runDueTicks({ ...deps, transact: transactions(pool) }, clock), /pool/)
  })

  it('speaks once though two servers watch', async () => {
    const others = await Promise.all(
      [1, 2].map(() =>
        createApp({
          databaseUrl: server.databaseUrl,
          dataDir: server.dataDir,
          token: { audience: testAudience, secret: server.signer.secret },
          ...{ logLevel: 'silent', rateLimits: false, connections: 4, clock, tickEveryMs: 5 },
        }),
      ),
    )
    try {
      const issues: Issue[] = []
      for (let count = 0; count < 60; count++) issues.push(await report(server))
      now += 24 * 4 * hour
      const open = 'select count(*)::int as count from issue where tick_at <= $1'
      for (const end = Date.now() + 20_000; Date.now() < end;) {
        if ((await server.owner.query<{ count: number }>(open, [clock()])).rows[0]!.count === 0) break
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      for (const issue of issues) assert.deepEqual(await spoken(issue), ['96 warn resident'])
    } finally {
      await Promise.all(others.map((app) => app.close()))
    }
  })
})
