import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { operations, type Problem, type Report, type ReportForm } from '@minqing/core'
import { createTestApp, type TestApp } from '../testing/app.ts'
import {
  addCatalogue,
  circle,
  county,
  otherVillage,
  people,
  village,
  type Circle,
} from '../testing/circle.ts'

let now = Date.parse('2026-03-02T02:00:00Z')
let server: TestApp
let steps: Circle
before(async () => {
  server = await createTestApp({ anonymousReports: true, clock: () => new Date(now) })
  await addCatalogue(server)
  steps = circle(server)
})
after(() => server.close())

const code = (answer: { json(): unknown }) => (answer.json() as Problem).code
const body = (change: object = {}) => ({
  id: randomUUID(),
  area: village,
  text: '井盖松动，孩子差点摔倒',
  ...change,
})

const ajv = new Ajv({ allErrors: true })
formats.default(ajv)
const isReport = ajv.compile(operations.reports.status.success.schema)

describe('a report', () => {
  it('[R1] is an issue of its resident, who gets a receipt and nothing internal', async () => {
    const report = await steps.report({ name: '何秀英', phone: '13812341234', category: '0103' })
    assert.ok(isReport(report), JSON.stringify(isReport.errors))
    assert.match(report.receipt, /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
    assert.equal(report.state, 'submitted')
    assert.equal(report.category, '城乡建设 / 路灯')
    assert.deepEqual([report.ratable, report.reopenable], [false, false])
    assert.deepEqual(report.steps, [{ state: 'submitted', at: new Date(now).toISOString(), unit: null }])
    const issue = await steps.issue(report.id)
    assert.equal(issue.source, 'report')
    assert.deepEqual(issue.reporter, { id: 'resident-1', name: '何秀英', title: '村民' })
    assert.deepEqual(issue.resident, { name: '何秀英', phone: '138****1234' })
    assert.ok(!('priority' in report) && !('reporter' in report) && !JSON.stringify(report).includes('138'))
  })

  it('[R2] lies nowhere with its receipt in clear text, and a repeated request is answered with it all the same', async () => {
    const request = {
      as: people.resident,
      headers: { 'idempotency-key': randomUUID() },
      body: body(),
    }
    const first = await server.ask('POST /v1/reports', request)
    assert.equal(first.statusCode, 201)
    const { receipt } = first.json<Report>()
    const { rows } = await server.owner.query<{ saved: string }>(
      'select idempotency_key::text as saved from idempotency_key where key = $1',
      [request.headers['idempotency-key']],
    )
    assert.equal(rows.length, 1)
    assert.ok(!rows[0]!.saved.includes(receipt) && !rows[0]!.saved.includes('井盖'))
    const again = await server.ask('POST /v1/reports', request)
    assert.equal(again.headers['idempotency-replayed'], 'true')
    assert.deepEqual(again.json(), first.json())
  })

  it('[R2] is opened by its receipt, however that is typed, and by nothing like it', async () => {
    const report = await steps.report()
    const typed = report.receipt.toLowerCase().replaceAll('-', '')
    assert.deepEqual(await steps.status(typed), report)
    const last = report.receipt.at(-1) === '0' ? '1' : '0'
    const wrong = await steps.ask(null, `GET /v1/report-status?receipt=${report.receipt.slice(0, -1)}${last}`)
    assert.deepEqual([wrong.statusCode, code(wrong)], [404, 'receipt_unknown'])
    const odd = await steps.ask(null, 'GET /v1/report-status?receipt=OOOO-IIII-LLLL-UUUU')
    assert.equal(odd.statusCode, 400)
    const { rows } = await server.owner.query<{ text: string }>('select issue::text as text from issue')
    assert.ok(!rows.some(({ text }) => text.includes(report.receipt) || text.includes(typed)))
  })

  it('is one however often it is sent; something else under its id is refused', async () => {
    const sent = body()
    const first = (await steps.ask('resident', 'POST /v1/reports', sent)).json<Report>()
    const again = await steps.ask('resident', 'POST /v1/reports', sent)
    assert.deepEqual(again.json<Report>(), first)
    const other = await steps.ask('resident', 'POST /v1/reports', { ...sent, text: '别的事情' })
    assert.deepEqual([other.statusCode, code(other)], [409, 'id_taken'])
    const foreign = await steps.ask('neighbor', 'POST /v1/reports', sent)
    assert.deepEqual([foreign.statusCode, code(foreign)], [409, 'id_taken'])
    const nobody = await steps.ask(null, 'POST /v1/anonymous-reports', sent)
    assert.deepEqual([nobody.statusCode, code(nobody)], [409, 'id_taken'])
  })

  it('sent many times at once is one', async () => {
    const sent = body()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => steps.ask(null, 'POST /v1/anonymous-reports', sent)),
    )
    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      [201, 201, 201, 201, 201],
    )
    assert.equal(new Set(answers.map((answer) => answer.body)).size, 1)
  })

  it('with a script in it stays text', async () => {
    const text = '<script>alert(1)</script> "引号" \u2028 & <img src=x onerror=alert(1)>'
    const report = await steps.report({ text })
    assert.equal(report.text, text)
    assert.equal((await steps.status(report.receipt)).text, text)
    assert.equal((await steps.issue(report.id)).text, text)
  })

  it('needs an area in reach, a category in use and photos of its own', async () => {
    const ask = async (change: object) => {
      const answer = await steps.ask('resident', 'POST /v1/reports', body(change))
      return [answer.statusCode, code(answer)]
    }
    assert.deepEqual(await ask({ area: '330681' }), [404, 'area_not_found'])
    assert.deepEqual(await ask({ area: '33' }), [404, 'area_not_found'])
    assert.deepEqual(await ask({ category: '9999' }), [422, 'category_unknown'])
    assert.deepEqual(await ask({ photos: [randomUUID()] }), [422, 'photo_unknown'])
    assert.deepEqual(await ask({ text: ' \n ' }), [400, 'invalid_input'])
    assert.deepEqual(await ask({ phone: '<b>1</b>' }), [400, 'invalid_input'])
    const officer = await steps.ask('officer', 'POST /v1/reports', body())
    assert.deepEqual([officer.statusCode, code(officer)], [403, 'forbidden'])
    const anonymous = await steps.ask(null, 'POST /v1/anonymous-reports', body({ photos: [randomUUID()] }))
    assert.equal(anonymous.statusCode, 400)
    const nowhere = await steps.ask(null, 'POST /v1/anonymous-reports', body({ area: '330683999999' }))
    assert.deepEqual([nowhere.statusCode, code(nowhere)], [404, 'area_not_found'])
  })

  it('[R3] without signing in belongs to nobody, and is followed by its receipt alone', async () => {
    const answer = await steps.ask(null, 'POST /v1/anonymous-reports', body({ phone: '057583110000' }))
    assert.equal(answer.statusCode, 201)
    const report = answer.json<Report>()
    assert.deepEqual(await steps.status(report.receipt), report)
    const issue = await steps.issue(report.id)
    assert.deepEqual(issue.reporter, { id: 'anonymous', name: '匿名群众' })
    const claimed = await server.ask('GET /v1/reports', {
      as: { sub: 'anonymous', grants: [{ role: 'resident', area: county }] },
    })
    assert.deepEqual([claimed.statusCode, code(claimed)], [401, 'token_invalid'])
  })
})

describe("a resident's own reports", () => {
  it('are listed newest first, page by page, and nobody else’s', async () => {
    const fresh = { sub: 'resident-9', name: '丁一', grants: [{ role: 'resident' as const, area: county }] }
    const made: string[] = []
    for (let at = 0; at < 5; at++) {
      now += 1000
      const answer = await server.ask('POST /v1/reports', { as: fresh, body: body() })
      made.unshift(answer.json<Report>().id)
    }
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const more: string = cursor && `&cursor=${cursor}`
      const page = (await server.ask(`GET /v1/reports?limit=2${more}`, { as: fresh })).json<{
        items: Report[]
        next: string | null
      }>()
      for (const report of page.items) assert.ok(isReport(report))
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next
    }
    assert.deepEqual(seen, made)
    const bad = await server.ask('GET /v1/reports?cursor=xyz', { as: fresh })
    assert.equal(code(bad), 'cursor_invalid')
  })
})

describe('the result of a report', () => {
  it('[R4] is seen when the center has approved it, and its draft is not', async () => {
    const { id, receipt } = await steps.report()
    await steps.act('dispatcher', id, 'triage', { category: '0103' })
    await steps.act('dispatcher', id, 'dispatch', {
      lead: { unit: 'jianshe' },
      assists: [{ unit: 'jiaotong' }],
    })
    await steps.act('builder', id, 'accept')
    await steps.act('builder', id, 'addProgress', { note: '内部：预算不够' })
    await steps.act('driver', id, 'answer', { text: '内部：协办意见' })
    await steps.act('builder', id, 'answer', { text: '草稿' })
    const waiting = await steps.status(receipt)
    assert.deepEqual([waiting.state, waiting.answer, waiting.unit], ['answered', null, '住房和城乡建设局'])
    await steps.act('dispatcher', id, 'sendBack', { reason: '内部：写清楚些' })
    await steps.act('builder', id, 'answer', { text: '已更换灯泡' })
    await steps.act('dispatcher', id, 'approveAnswer', { note: '内部：可以' })
    const done = await steps.status(receipt)
    assert.equal(done.answer?.text, '已更换灯泡')
    assert.equal(done.answer.unit, '住房和城乡建设局')
    assert.deepEqual([done.state, done.ratable], ['awaitingRating', true])
    assert.deepEqual(
      done.steps.map(({ state, unit }) => [state, unit]),
      [
        ['submitted', null],
        ['triaged', null],
        ['dispatched', '住房和城乡建设局'],
        ['inProgress', '住房和城乡建设局'],
        ['answered', '住房和城乡建设局'],
        ['inProgress', '住房和城乡建设局'],
        ['answered', '住房和城乡建设局'],
        ['awaitingRating', null],
      ],
    )
    assert.doesNotMatch(JSON.stringify(done), /内部|草稿|徐敏|孙建国|jianshe|交通/)
    assert.ok(isReport(done))
  })

  it('is rated by whoever holds the receipt, once', async () => {
    const { id, receipt } = await steps.report()
    await steps.answer(id)
    const early = await steps.ask(null, 'POST /v1/report-reopening', { receipt, reason: '没修好' })
    assert.deepEqual([early.statusCode, code(early)], [409, 'action_unavailable'])
    const rating = { receipt, stars: 5, solved: true, text: '很快' }
    const rated = await steps.ask(null, 'POST /v1/report-rating', rating)
    assert.equal(rated.statusCode, 200, rated.body)
    const report = rated.json<Report>()
    assert.deepEqual(
      [report.state, report.rating?.stars, report.closing?.confirmation],
      ['closed', 5, 'resident'],
    )
    const again = await steps.ask(null, 'POST /v1/report-rating', rating)
    assert.deepEqual(again.json<Report>(), report, 'a repeated send, whose first answer was lost')
    const other = await steps.ask(null, 'POST /v1/report-rating', { ...rating, stars: 1 })
    assert.deepEqual([other.statusCode, code(other)], [409, 'action_unavailable'])
    const wrong = await steps.ask(null, 'POST /v1/report-rating', {
      ...rating,
      receipt: '0000-0000-0000-0000',
    })
    assert.deepEqual([wrong.statusCode, code(wrong)], [404, 'receipt_unknown'])
  })

  it('not solved is taken up again', async () => {
    const { id, receipt } = await steps.report()
    await steps.answer(id)
    const rated = await steps.ask(null, 'POST /v1/report-rating', { receipt, stars: 1, solved: false })
    const report = rated.json<Report>()
    assert.deepEqual([report.state, report.answer, report.unit], ['triaged', null, null])
  })

  it('[I10] closed is reopened within thirty days, and not later', async () => {
    const reports = [await steps.report(), await steps.report()] as const
    for (const { id, receipt } of reports) {
      await steps.answer(id)
      await steps.ask(null, 'POST /v1/report-rating', { receipt, stars: 4, solved: true })
    }
    assert.equal((await steps.status(reports[0].receipt)).reopenable, true)
    const reopen = { receipt: reports[0].receipt, reason: '又不亮了' }
    const reopened = await steps.ask(null, 'POST /v1/report-reopening', reopen)
    assert.equal(reopened.json<Report>().state, 'triaged')
    const repeated = await steps.ask(null, 'POST /v1/report-reopening', reopen)
    assert.deepEqual(repeated.json<Report>(), reopened.json<Report>())
    now += 30 * 86_400_000 + 1
    assert.equal((await steps.status(reports[1].receipt)).reopenable, false)
    const late = await steps.ask(null, 'POST /v1/report-reopening', {
      ...reopen,
      receipt: reports[1].receipt,
    })
    assert.deepEqual([late.statusCode, code(late)], [409, 'reopen_expired'])
  })

  it('not accepted tells the reason, and is not rated', async () => {
    const { id, receipt } = await steps.report()
    await steps.act('dispatcher', id, 'refuse', { reason: '属于邻里纠纷，请先找村调解委员会' })
    const report = await steps.status(receipt)
    assert.equal(report.closing?.note, '属于邻里纠纷，请先找村调解委员会')
    assert.deepEqual([report.ratable, report.reopenable], [false, false])
  })

  it('of a spot check keeps the note for colleagues', async () => {
    const { id, receipt } = await steps.report()
    await steps.answer(id)
    await steps.act('dispatcher', id, 'spotCheck', { reason: 'solved', note: '内部：电话未接，现场已看' })
    const report = await steps.status(receipt)
    assert.deepEqual([report.closing?.confirmation, report.closing?.note], ['spotCheck', null])
  })
})

describe('the form for reports', () => {
  it('offers areas down to villages and first-level categories to everybody', async () => {
    const form = (await steps.ask(null, `GET /v1/report-form?area=${county}`)).json<ReportForm>()
    assert.equal(form.anonymous, true)
    assert.deepEqual(form.categories, [{ code: '01', name: '城乡建设' }])
    assert.ok(form.areas.length > 10 && form.areas.every(({ code: area }) => area.length === 9))
    const below = (await steps.ask(null, `GET /v1/report-form?area=${village}`)).json<ReportForm>()
    assert.deepEqual([below.area.code, below.areas], [village, []])
    const unknown = await steps.ask(null, 'GET /v1/report-form?area=999999')
    assert.deepEqual([unknown.statusCode, code(unknown)], [404, 'area_not_found'])
  })
})

describe('anonymous reports', () => {
  it('are refused where the deployment does not take them', async () => {
    const strict = await createTestApp()
    const answer = await strict.ask('POST /v1/anonymous-reports', { as: null, body: body() })
    assert.deepEqual([answer.statusCode, code(answer)], [403, 'anonymous_refused'])
    const form = (await strict.ask(`GET /v1/report-form?area=${county}`, { as: null })).json<ReportForm>()
    assert.equal(form.anonymous, false)
    await strict.close()
  })

  it('in a flood are refused with a clear message, and nothing is half-written', async () => {
    const limited = await createTestApp({ anonymousReports: true, rateLimits: { anonymousReport: 3 } })
    const answers = await Promise.all(
      Array.from({ length: 40 }, () =>
        limited.ask('POST /v1/anonymous-reports', { as: null, body: body({ area: otherVillage }) }),
      ),
    )
    const taken = answers.filter(({ statusCode }) => statusCode === 201)
    const refused = answers.filter(({ statusCode }) => statusCode === 429)
    assert.deepEqual([taken.length, refused.length], [3, 37])
    const problem = refused[0]!.json<Problem>()
    assert.equal(problem.code, 'rate_limited')
    assert.match(problem.detail!, /匿名反映过于频繁，请 \d+ 分钟后再试/)
    const wait = Number(refused[0]!.headers['retry-after'])
    assert.ok(wait > 0 && wait <= 600)
    const english = await limited.ask('POST /v1/anonymous-reports', {
      as: null,
      body: body(),
      headers: { 'accept-language': 'en' },
    })
    assert.match(english.json<Problem>().detail!, /Too many anonymous reports/)
    const { rows } = await limited.owner.query<Record<string, string>>(
      `select (select count(*) from issue) as issues, (select count(*) from issue_event) as events,
        (select last from issue_number) as last`,
    )
    assert.deepEqual(rows, [{ issues: '3', events: '3', last: 3 }])
    const signedIn = await limited.ask('POST /v1/reports', {
      as: people.resident,
      body: body(),
    })
    assert.equal(signedIn.statusCode, 201)
    await limited.close()
  })
})

describe('guessing receipts', () => {
  it('is bounded: after too many wrong ones not even a right one is looked at', async () => {
    const limited = await createTestApp({ anonymousReports: true, rateLimits: { wrongReceipt: 5 } })
    const made = await limited.ask('POST /v1/anonymous-reports', { as: null, body: body() })
    const { receipt } = made.json<Report>()
    const status = (typed: string) => limited.ask(`GET /v1/report-status?receipt=${typed}`, { as: null })
    const guesses: number[] = []
    for (let at = 0; at < 7; at++) guesses.push((await status(`0000-0000-0000-000${at}`)).statusCode)
    assert.deepEqual(guesses, [404, 404, 404, 404, 404, 429, 429])
    const right = await status(receipt)
    assert.equal(right.statusCode, 429)
    assert.match(right.json<Problem>().detail!, /受理编号多次输入有误/)
    const rating = { receipt, stars: 1, solved: false }
    const rated = await limited.ask('POST /v1/report-rating', { as: null, body: rating })
    assert.equal(rated.statusCode, 429)
    await limited.close()
  })
})
