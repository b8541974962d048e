import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { Issue, IssueEvent } from '@minqing/core'
import { refused } from '../diaries/testing/officers.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import type { TokenInput } from '../testing/tokens.ts'
import { verifyChains } from './verify/verify.ts'
import * as people from './testing/people.ts'

const {
  addCatalogue,
  answeredIssue,
  attempt,
  builder,
  builder2,
  center,
  chen,
  dispatched,
  doing,
  report,
  traffic,
} = people

let server: TestApp
const day = 86_400_000
/** A Monday morning in Shanghai. */
const monday = Date.parse('2026-03-02T01:00:00Z')
let now = monday
const iso = (days: number) => new Date(now + days * day).toISOString()
before(async () => {
  server = await createTestApp({ clock: () => new Date(now), clockWorker: false })
  await addCatalogue(server)
})
after(async () => {
  const faults: unknown[] = []
  await verifyChains(server.databaseUrl, (fault) => faults.push(fault))
  await server.close()
  assert.deepEqual(faults, [])
})

async function eventsOf({ id }: Pick<Issue, 'id'>, as: TokenInput = center): Promise<IssueEvent[]> {
  return (await server.ask(`GET /v1/issues/${id}/events`, { as })).json<{ items: IssueEvent[] }>().items
}
const read = async ({ id }: Pick<Issue, 'id'>, as: TokenInput = center) =>
  (await server.ask(`GET /v1/issues/${id}`, { as })).json<Issue>()
/** The issue after nothing has happened to it. */
const unchanged = async (issue: Issue) => assert.deepEqual(await read(issue), issue)

describe('what units do', () => {
  it('the lead answers once the assist has, and the dispatcher may release it', async () => {
    const sent = await dispatched(server, { assists: ['jiaotong'] })
    assert.ok(sent.assignments[1]!.dueAt < sent.assignments[0]!.dueAt)
    const accepted = await doing(server, sent, 'acceptance', builder)
    refused(await attempt(server, accepted, 'answer', builder, { text: '好了' }), 409, 'assist_open')
    const assisting = await doing(server, accepted, 'acceptance', traffic)
    assert.equal(assisting.assignments[1]?.handler?.name, '焦明')
    const replied = await doing(server, assisting, 'answer', traffic, { text: '路面已补。' })
    assert.deepEqual([replied.state, replied.assignments[1]?.reply], ['inProgress', '路面已补。'])
    const noted = await doing(server, replied, 'progress', builder, { note: '材料已到', mentions: ['zhou'] })
    const answered = await doing(server, noted, 'answer', builder, { text: '修好了', outcome: 'explained' })
    assert.deepEqual([answered.state, answered.answer?.outcome], ['answered', 'explained'])
    const back = await doing(server, answered, 'answer-return', center, { reason: '请附照片' })
    assert.deepEqual([back.state, back.answer], ['inProgress', null])
    const more = await doing(server, back, 'assists', center, { target: { unit: 'shuili', task: '查水管' } })
    const released = await doing(server, more, 'assist-release', center, { assignment: 3, reason: '不用了' })
    await doing(server, released, 'answer', builder, { text: '已补' })
  })

  it('a return names a better unit and the dispatcher decides; the third change goes to consultation', async () => {
    let issue = await dispatched(server)
    refused(
      await attempt(server, issue, 'return-request', builder, { reason: '不归我们' }),
      422,
      'return_unit_needed',
    )
    const self = { reason: '不归我们', betterUnit: 'jianshe' }
    refused(await attempt(server, issue, 'return-request', builder, self), 422, 'return_unit_needed')
    const unknown = { reason: '不归我们', betterUnit: 'nobody' }
    refused(await attempt(server, issue, 'return-request', builder, unknown), 422, 'unit_unknown')
    for (let change = 1; change <= 3; change++) {
      const better = { reason: '不归我们', betterUnit: 'shuili' }
      const asked = await doing(server, issue, 'return-request', builder, better)
      refused(await attempt(server, asked, 'acceptance', builder), 409, 'action_unavailable')
      const kept = await doing(server, asked, 'request-refusal', center, {
        assignment: change,
        reason: '归你们',
      })
      const again = await doing(server, kept, 'return-request', builder, better)
      issue = await doing(server, again, 'request-approval', center, { assignment: change })
      assert.equal(issue.state, change === 3 ? 'jointConsultation' : 'triaged')
      if (change < 3) issue = await doing(server, issue, 'dispatch', center, { lead: { unit: 'jianshe' } })
    }
    refused(
      await attempt(server, issue, 'consultation-decision', center, { decision: 'x' }),
      403,
      'forbidden',
    )
    const decided = await doing(server, issue, 'consultation-decision', people.leader, {
      decision: '由住建牵头',
    })
    assert.deepEqual([decided.state, decided.leadChanges], ['triaged', 0])
  })

  it('suspension and extension are asked for, decided, and ended early', async () => {
    const accepted = await doing(server, await dispatched(server), 'acceptance', builder)
    const later = { reason: '要等材料', dueAt: iso(10) }
    const early = { reason: '要等材料', dueAt: iso(1) }
    refused(await attempt(server, accepted, 'extension-request', builder, early), 422, 'extension_not_later')
    const asked = await doing(server, accepted, 'extension-request', builder, later)
    const approved = await doing(server, asked, 'request-approval', center, { assignment: 1, reason: '同意' })
    assert.equal(approved.assignments[0]?.dueAt, later.dueAt)
    const pause = await doing(server, approved, 'suspension-request', builder, {
      reason: '雨季',
      until: iso(3),
    })
    const paused = await doing(server, pause, 'request-approval', center, { assignment: 1 })
    refused(await attempt(server, paused, 'answer', builder, { text: '好' }), 409, 'action_unavailable')
    now += day
    const resumed = await doing(server, paused, 'resumption', builder)
    assert.equal(resumed.assignments[0]?.pausedMs, day)
    now = monday
  })

  it('[I12] refuses deadlines in the past, too far ahead, and on a day off', async () => {
    const triaged = await doing(server, await report(server), 'triage', center, { category: '0103' })
    const dispatch = (dueAt: string) =>
      attempt(server, triaged, 'dispatch', center, { lead: { unit: 'jianshe', dueAt } })
    refused(await dispatch(iso(-1)), 422, 'deadline_past')
    refused(await dispatch(iso(400)), 422, 'deadline_far')
    refused(await dispatch(iso(5)), 422, 'deadline_not_working')
    // the spring festival's last day, and a Saturday that is worked for it
    refused(await dispatch('2026-10-07T02:00:00Z'), 422, 'deadline_not_working')
    const assists = [{ unit: 'jiaotong', dueAt: iso(3) }]
    const late = { lead: { unit: 'jianshe', dueAt: iso(2) }, assists }
    refused(await attempt(server, triaged, 'dispatch', center, late), 422, 'assist_deadline_late')
    const twice = { lead: { unit: 'jianshe' }, assists: [{ unit: 'jianshe' }] }
    refused(await attempt(server, triaged, 'dispatch', center, twice), 422, 'unit_twice')
    for (const unit of ['nobody', 'old']) {
      const problem = refused(
        await attempt(server, triaged, 'dispatch', center, { lead: { unit } }),
        422,
        'unit_unknown',
      )
      assert.deepEqual(problem.fields, [{ path: '/lead/unit', rule: 'known' }])
    }
    await unchanged(triaged)
    await doing(server, triaged, 'dispatch', center, {
      lead: { unit: 'jianshe', dueAt: '2026-02-28T02:00:00Z'.replace('2026-02-28', '2026-03-06') },
    })
  })
})

describe('what the center and the reporter do', () => {
  it('refuses, withdraws, overrides, reminds, supervises and recalls', async () => {
    const refusal = await doing(server, await report(server), 'refusal', center, { reason: '不属受理范围' })
    assert.deepEqual([refusal.state, refusal.closing?.reason], ['closed', 'notAccepted'])
    refused(
      await attempt(server, refusal, 'reopening', chen, { reason: '再看看' }),
      409,
      'action_unavailable',
    )
    const foreign = await report(server)
    refused(await attempt(server, foreign, 'withdrawal', people.leader), 403, 'forbidden')
    const withdrawn = await doing(server, foreign, 'withdrawal', chen, {})
    assert.equal(withdrawn.state, 'closed')
    const raised = await doing(server, await report(server), 'priority', center, {
      score: 90,
      reason: '有危险',
    })
    assert.deepEqual([raised.priority.score, raised.priority.level], [90, 'urgent'])
    const triaged = await doing(server, raised, 'triage', center, { category: '02' })
    assert.equal(triaged.priority.override?.reason, '有危险')
    assert.equal(triaged.priority.score, 90)
    refused(await attempt(server, triaged, 'triage', center, { category: '09' }), 422, 'category_unknown')
    refused(await attempt(server, triaged, 'triage', center, { category: '77' }), 422, 'category_unknown')
    const reminded = await doing(server, triaged, 'reminder', people.leader, { text: '请尽快' })
    const supervised = await doing(server, reminded, 'supervision', people.leader)
    assert.equal(supervised.supervised, true)
    refused(await attempt(server, supervised, 'supervision', center), 403, 'forbidden')
    refused(await attempt(server, supervised, 'recall', center, { reason: 'x' }), 409, 'action_unavailable')
    const sent = await doing(server, supervised, 'dispatch', center, { lead: { unit: 'jianshe' } })
    const recalled = await doing(server, sent, 'recall', center, { reason: '派错了' })
    assert.deepEqual([recalled.state, recalled.leadChanges], ['triaged', 1])
    const raisedUp = await doing(server, recalled, 'consultation', center, { reason: '涉及多个部门' })
    assert.equal(raisedUp.state, 'jointConsultation')
  })

  it('[I10] reopens what is not solved, three times to a consultation, and not after thirty days', async () => {
    const asked = await doing(server, await answeredIssue(server), 'answer-approval', center)
    refused(await attempt(server, asked, 'rating', center, { stars: 5, solved: true }), 404, 'not_found')
    refused(await attempt(server, asked, 'rating', builder, { stars: 5, solved: true }), 403, 'forbidden')
    const again = await doing(server, asked, 'rating', chen, { stars: 1, solved: false, text: '还是不亮' })
    assert.deepEqual([again.state, again.reopenings, again.rating], ['triaged', 1, null])
    assert.equal(again.residentClock.startedAt, asked.residentClock.startedAt)
    assert.ok(again.priority.reasons.some(({ rule }) => rule === 'reopened'))
    const solved = await report(server, { solved: '当场处理' })
    const checked = await doing(server, solved, 'spot-check', center, { reason: 'solved', note: '电话核实' })
    assert.equal(checked.closing?.confirmation, 'spotCheck')
    now += 31 * day
    refused(await attempt(server, checked, 'reopening', chen, { reason: '又坏了' }), 409, 'reopen_expired')
    now = monday + day
    const reopened = await doing(server, checked, 'reopening', center, { reason: '又坏了' })
    assert.equal(reopened.state, 'triaged')
    now = monday
  })

  it('[V3] shows the phone to a unit for as long as it has a part', async () => {
    const sent = await dispatched(server, { issue: { resident: { name: '王大爷', phone: '13812341234' } } })
    const contact = () => server.ask(`POST /v1/issues/${sent.id}/contact`, { as: builder })
    assert.equal((await contact()).statusCode, 201)
    const back = await doing(server, { ...sent, version: sent.version + 1 }, 'return-request', builder, {
      reason: '不归我们管',
      betterUnit: 'jiaotong',
    })
    const returned = await doing(server, back, 'request-approval', center, { assignment: 1 })
    refused(await contact(), 403, 'forbidden')
    const read = await server.ask(`GET /v1/issues/${sent.id}`, { as: builder })
    assert.equal(read.json<Issue>().version, returned.version)
  })

  it('[V3] masks the phone, and notes who has seen it', async () => {
    const resident = { name: '王大爷', phone: '13812341234' }
    const issue = await report(server, { resident })
    assert.deepEqual(issue.resident, { name: '王大爷', phone: '138****1234' })
    const shown = await server.ask(`POST /v1/issues/${issue.id}/contact`, { as: center })
    assert.equal(shown.statusCode, 201, shown.body)
    assert.deepEqual(shown.json(), resident)
    assert.equal(shown.headers.etag, '"2"')
    const [, seen] = await eventsOf(issue)
    assert.deepEqual([seen?.action, seen?.actor.name], ['showContact', '丁晓'])
    refused(await server.ask(`POST /v1/issues/${issue.id}/contact`, { as: chen }), 403, 'forbidden')
    refused(
      await server.ask(`POST /v1/issues/${issue.id}/contact`, { as: people.otherCenter }),
      404,
      'not_found',
    )
    const triaged = await doing(server, { id: issue.id, version: 2 }, 'triage', center, { category: '0103' })
    assert.deepEqual(triaged.resident?.phone, '138****1234')
  })
})

describe('[I2] who may act', () => {
  it('by the wrong role it is forbidden, out of reach it does not exist, out of turn it is told so', async () => {
    const issue = await report(server)
    refused(await attempt(server, issue, 'triage', chen, { category: '0103' }), 403, 'forbidden')
    refused(await attempt(server, issue, 'triage', people.auditor, { category: '0103' }), 403, 'forbidden')
    refused(await attempt(server, issue, 'triage', people.resident, { category: '0103' }), 403, 'forbidden')
    for (const foreign of [people.otherCenter, people.stranger]) {
      refused(await attempt(server, issue, 'triage', foreign, { category: '0103' }), 404, 'not_found')
    }
    refused(await attempt(server, issue, 'acceptance', builder), 404, 'not_found')
    refused(
      await attempt(server, issue, 'dispatch', center, { lead: { unit: 'jianshe' } }),
      409,
      'action_unavailable',
    )
    const sent = await dispatched(server)
    for (const foreign of [traffic, people.namesake]) {
      refused(await attempt(server, sent, 'acceptance', foreign), 404, 'not_found')
    }
    refused(
      await attempt(server, sent, 'acceptance', builder, { unit: 'jiaotong' }),
      409,
      'action_unavailable',
    )
    const back = await doing(server, sent, 'recall', center, { reason: '派错了' })
    // it had a part, so it sees how the matter goes on
    refused(await attempt(server, back, 'acceptance', builder), 409, 'action_unavailable')
    assert.equal((await read(back, builder)).state, 'triaged')
  })

  it('an id that is not there, a version that is old or missing, a body that does not fit', async () => {
    const issue = await report(server)
    refused(
      await attempt(server, { id: randomUUID(), version: 1 }, 'triage', center, { category: '0103' }),
      404,
      'not_found',
    )
    const conflict = await attempt(server, { ...issue, version: 7 }, 'triage', center, { category: '0103' })
    refused(conflict, 412, 'version_conflict')
    assert.equal(conflict.headers.etag, '"1"')
    const without = await server.ask(`POST /v1/issues/${issue.id}/triage`, {
      as: center,
      body: { category: '0103' },
    })
    refused(without, 428, 'version_required')
    refused(await attempt(server, issue, 'triage', center, { category: 'x' }), 400, 'invalid_input')
    refused(await attempt(server, issue, 'refusal', center, { reason: '  ' }), 400, 'invalid_input')
    refused(await attempt(server, issue, 'progress', center, {}), 403, 'forbidden')
    await unchanged(issue)
  })

  it('refuses what cannot become an issue', async () => {
    const ask = (more: object, as = chen) =>
      server.ask('POST /v1/issues', { as, body: { ...people.newIssue(), ...more } })
    refused(await ask({ area: '330683102201' }), 404, 'area_not_found')
    refused(await ask({ area: '330683199999' }, center), 404, 'area_not_found')
    refused(await ask({ category: '77' }), 422, 'category_unknown')
    refused(await ask({ category: '09' }), 422, 'category_unknown')
    refused(await ask({ diary: randomUUID() }), 404, 'not_found')
    refused(await ask({ photos: [randomUUID()] }), 422, 'photo_unknown')
    refused(await ask({}, builder), 403, 'forbidden')
    refused(await ask({}, people.auditor), 403, 'forbidden')
    const bare = await server.ask('POST /v1/issues', { as: chen, body: { id: randomUUID() } })
    assert.deepEqual(refused(bare, 400, 'invalid_input').fields, [{ path: '/area', rule: 'required' }])
    const { rows } = await server.owner.query<{ gaps: boolean }>(
      `select max(split_part(number, '-', 3)::int) <> count(*) as gaps from issue where number like '%-20260302-%'`,
    )
    assert.equal(rows[0]?.gaps, false)
  })
})

describe('at the same time', () => {
  it('of two handlers who accept one work one wins', async () => {
    for (let round = 0; round < 5; round++) {
      const sent = await dispatched(server)
      const answers = await Promise.all(
        [builder, builder2].map((handler) => attempt(server, sent, 'acceptance', handler)),
      )
      const codes = answers.map(({ statusCode }) => statusCode).sort()
      assert.deepEqual(codes, [200, 412])
      refused(
        answers.find(({ statusCode }) => statusCode === 412)!,
        412,
        'version_conflict',
      )
      const winner = answers.find(({ statusCode }) => statusCode === 200)!.json<Issue>()
      assert.deepEqual((await read(sent)).assignments[0]?.handler, winner.assignments[0]?.handler)
      assert.equal((await eventsOf(sent)).filter(({ action }) => action === 'accept').length, 1)
    }
  })

  it('numbers have no gaps, and one id makes one issue', async () => {
    const same = people.newIssue()
    const answers = await Promise.all([
      ...Array.from({ length: 8 }, () =>
        server.ask('POST /v1/issues', { as: chen, body: people.newIssue() }),
      ),
      ...Array.from({ length: 4 }, () => server.ask('POST /v1/issues', { as: chen, body: same })),
    ])
    assert.ok(answers.every(({ statusCode }) => statusCode === 201))
    assert.equal(new Set(answers.map((answer) => answer.json<Issue>().number)).size, 9)
  })
})
