import assert from 'node:assert/strict'
import { test } from 'node:test'
import { IssueEventSchema, IssueSchema, isOpen, nextTick, type CategoryRef } from '@minqing/core'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { defaultCategories } from '../../catalogue/default/index.ts'
import { chineseCalendar as calendar } from '../../internal/calendar.ts'
import { beginning, seal } from '../../internal/issues/chain.ts'
import { coreScoring as scoring } from '../../internal/issues/scoring.ts'
import { presentIssue } from '../../internal/issues/state.ts'
import type { Chronicle } from './chronicle.ts'
import { demoIssues, type IssuePlan } from './generate.ts'
import { matters } from './matters.ts'
import { eventRows } from './rows.ts'

const rows = new Map(defaultCategories.map((row) => [row[0], row]))
const unit = (id: string | undefined) => (id === undefined ? undefined : { id, name: id })
const unitFor = (code: string) =>
  unit([code, code.slice(0, 4), code.slice(0, 2)].map((one) => rows.get(one)?.[4]?.unit).find(Boolean))
const category = (code: string): CategoryRef | undefined => {
  const row = rows.get(code)
  return row && { code, name: row[1], kind: row[2], days: row[4]?.days ?? 3 }
}
const areas = [201, 202, 203, 204, 210, 2216]
  .map((nth) => (nth > 2000 ? '330683102216' : `330683100${nth}`))
  .map((code) => ({
    code,
    name: `甘霖镇 ${code}`,
  }))
const plan: IssuePlan = {
  ...{ areas, count: 400, calendar, scoring, sources: [] },
  end: new Date('2026-11-24T08:00:00Z'),
  catalogue: { category, unitFor, unit },
}
const { issues, counters } = demoIssues(plan)
const flows = issues.map(({ motion }) => motion.flow)

test('every matter has a category of the default catalogue, and a unit that takes it', () => {
  for (const { category: code, texts } of matters) {
    assert.ok(category(code), code)
    assert.ok(unitFor(code), code)
    assert.ok(texts.every((text) => text.length > 10))
  }
})

test('the same plan gives the same issues', () => {
  assert.deepEqual(demoIssues({ ...plan, count: 60 }), demoIssues({ ...plan, count: 60 }))
})

test('each is an issue that the server itself could have made, with a whole timeline', () => {
  const ajv = new Ajv({ strict: false })
  formats.default(ajv)
  const isIssue = ajv.compile(IssueSchema)
  const isEvent = ajv.compile(IssueEventSchema)
  for (const issue of issues) {
    assert.ok(isIssue(presentIssue(issue.content, issue.motion)), JSON.stringify(isIssue.errors))
    assert.doesNotMatch(issue.content.text, /[{}]|undefined/, 'every gap is filled')
    let before = beginning
    for (const [at, line] of issue.lines.entries()) {
      assert.equal(line.seq, at + 1)
      assert.equal(line.hash.toString('hex'), seal(before, issue.content, line).toString('hex'))
      assert.ok(line.at <= plan.end && (at === 0 || line.at >= issue.lines[at - 1]!.at))
      const { hash, from_state, to_state, actor_id, actor_name, county, issue_id, actor_title, ...rest } =
        eventRows(issue)[at]!
      assert.ok([county, issue_id, actor_title].length > 0)
      const event = {
        ...{ ...rest, at: line.at.toISOString(), actor: { id: actor_id, name: actor_name } },
        ...{ from: from_state, to: to_state, hash: String(hash).slice(2) },
      }
      assert.ok(isEvent(event), JSON.stringify(isEvent.errors))
      before = line.hash
    }
    assert.equal(issue.motion.version, issue.lines.length)
  }
})

test('numbers have no gaps, day by day', () => {
  const numbers = issues.map(({ content }) => content.number).sort()
  assert.equal(new Set(numbers).size, 400)
  for (const { county, day, last } of counters.values()) {
    const ofDay = numbers.filter((number) => number.startsWith(`${county}-${day.replaceAll('-', '')}-`))
    assert.deepEqual(
      ofDay,
      Array.from(
        { length: last },
        (_, at) => `${county}-${day.replaceAll('-', '')}-${String(at + 1).padStart(5, '0')}`,
      ),
    )
  }
})

test('everything that can happen has happened to one', () => {
  const actions = new Set(issues.flatMap(({ lines }) => lines.map(({ action }) => action)))
  for (const action of [
    ...(['submit', 'solveOnSpot', 'triage', 'dispatch', 'accept', 'acceptAssist', 'answerAssist'] as const),
    ...(['addProgress', 'answer', 'requestReturn', 'approveReturn', 'requestExtension'] as const),
    ...(['approveExtension', 'requestSuspension', 'approveSuspension', 'endSuspension', 'sendBack'] as const),
    ...([
      'approveAnswer',
      'rate',
      'rateUnsolved',
      'reopen',
      'spotCheck',
      'closeUnrated',
      'escalate',
    ] as const),
    ...(['conclude', 'merge', 'inheritAnswer', 'refuse', 'withdraw', 'warn', 'breach', 'chase'] as const),
  ]) {
    assert.ok(actions.has(action), action)
  }
  assert.ok(flows.some(({ pattern }) => pattern && pattern.children === 4))
})

const isLate = ({ residentClock, assignments }: Chronicle['motion']['flow'], alarm: number): boolean =>
  (residentClock.stoppedAt === null && residentClock.alarm >= alarm) ||
  assignments.some((part) => isOpen(part) && part.dueAlarm >= alarm)

for (const end of [
  '2026-11-24T08:00:00Z',
  '2026-10-05T02:00:00Z',
  '2027-02-09T00:00:00Z',
  '2026-11-22T15:00:00Z',
]) {
  test(`started at ${end} there is something running, close to its limit, over it, asked and with the leaders`, () => {
    const { issues: then } = demoIssues({ ...plan, end: new Date(end) })
    const open = then.map(({ motion }) => motion.flow).filter(({ state }) => state !== 'closed')
    assert.ok(open.some((flow) => !isLate(flow, 1)))
    assert.ok(
      open.some((flow) => isLate(flow, 1) && !isLate(flow, 2)),
      'soon',
    )
    assert.ok(
      open.some((flow) => isLate(flow, 2)),
      'breached',
    )
    assert.ok(
      open.some(({ assignments }) => assignments.some((part) => isOpen(part) && part.request)),
      'asked',
    )
    assert.ok(open.some(({ state }) => state === 'jointConsultation'))
    assert.ok(open.length < 130, `most are done: ${open.length}`)
  })
}

test('the clock has nothing left to do at the end', () => {
  for (const flow of flows) {
    const tick = nextTick(flow, calendar)
    assert.ok(!tick || tick.at > plan.end.getTime())
  }
})
