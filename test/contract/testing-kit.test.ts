import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { Diary, DiaryPage, Issue, IssuePage, Report } from '@minqing/core'
import { otherVillage, village } from '../../packages/server/src/testing/circle.ts'
import { createSides, type Asker, type Sides } from './support/kit/sides.ts'

let both: Sides
before(async () => {
  both = await createSides()
})
after(() => both?.close())

const seen = (version: number) => ({ 'if-match': `"${version}"` })

async function write(who: Asker, change: object = {}): Promise<Diary> {
  const body = { id: randomUUID(), area: village, kind: 'visit', text: '走访 #香榧', ...change }
  const { status, body: said } = await both.ask(who, 'POST /v1/diaries', body)
  assert.equal(status, 201)
  return said as Diary
}

/** An action to an issue that stands at a version, on both sides. */
async function act(who: Asker, { id, version }: Issue, path: string, body: object = {}): Promise<Issue> {
  const { status, body: said } = await both.ask(who, `POST /v1/issues/${id}/${path}`, body, seen(version))
  assert.equal(status, 200, JSON.stringify(said))
  return said as Issue
}

/** Everybody's view of an issue, and of what it put into their inboxes. */
async function lookAround(id: string): Promise<void> {
  for (const who of [
    'officer',
    'dispatcher',
    'townDispatcher',
    'builder',
    'driver',
    'leader',
    'resident',
  ] as const) {
    await both.ask(who, `GET /v1/issues/${id}`)
    await both.ask(who, 'GET /v1/inbox')
    await both.ask(who, 'GET /v1/inbox-count')
  }
  await both.ask('dispatcher', `GET /v1/issues/${id}/events`)
}

describe('the testing kit answers as the reference server does', () => {
  it('who somebody is, and which areas they see', async () => {
    for (const who of ['officer', 'dispatcher', 'builder', 'resident', 'leader', 'keeper'] as const) {
      await both.ask(who, 'GET /v1/me')
      await both.ask(who, `GET /v1/areas/${village}`)
      await both.ask(who, `GET /v1/areas/${village}/children`)
      await both.ask(who, 'GET /v1/areas/330683102/children')
    }
    await both.ask('officer', `GET /v1/areas?q=${encodeURIComponent('网格')}&under=${village}`)
    assert.equal((await both.ask('officer', 'GET /v1/areas/330683999')).status, 404)
    assert.equal((await both.ask(null, 'GET /v1/me')).status, 401)
    assert.equal(
      (await both.ask(null, 'GET /v1/me', undefined, { authorization: 'Bearer x.y.z' })).status,
      401,
    )
  })

  it('a diary, its edit and the conflict of a second one, its deletion', async () => {
    const place = { name: '村口', longitude: 120.81234, latitude: 29.58765, precision: 'grid' }
    const diary = await write('officer', { text: '路面有坑 #道路 #安全', visited: ['何秀英'], place })
    await both.ask('officer', 'POST /v1/diaries', { id: diary.id, area: village, kind: 'idea', text: '别的' })
    const path = `/v1/diaries/${diary.id}` as const
    const edited = await both.ask('officer', `PATCH ${path}`, { text: '路面已修 #道路' }, seen(1))
    assert.equal(edited.etag, '"2"')
    assert.equal((await both.ask('officer', `PATCH ${path}`, { text: '晚了' }, seen(1))).status, 412)
    assert.equal((await both.ask('officer', `PATCH ${path}`, { text: '无版本' })).status, 428)
    assert.equal((await both.ask('leader', `PATCH ${path}`, { text: '别人的' }, seen(2))).status, 403)
    await both.ask('leader', `GET ${path}/revisions`)
    await both.ask('officer', `DELETE ${path}`, undefined, seen(2))
    assert.equal((await both.ask('leader', `GET ${path}`)).status, 404)
    await both.ask('officer', `POST ${path}/restore`)
  })

  it('bad input, by its fields', async () => {
    const long = { id: randomUUID(), area: village, kind: 'visit', text: '长'.repeat(5001) }
    const { body } = await both.ask('officer', 'POST /v1/diaries', long)
    assert.deepEqual((body as { fields: unknown }).fields, [
      { path: '/text', rule: 'maxLength', limit: 5000 },
    ])
    await both.ask('officer', 'POST /v1/diaries', { ...long, text: '短', more: 1 })
    await both.ask('officer', 'GET /v1/diaries?area=33068')
    await both.ask('officer', `GET /v1/diaries?area=${village}&limit=0`)
    await both.ask('officer', `POST /v1/diaries`, { ...long, text: '无键' }, { 'idempotency-key': '' })
  })

  it('an area that there is not, and one that is out of reach', async () => {
    const diary = { id: randomUUID(), kind: 'visit', text: '走访' }
    for (const area of ['330683999', otherVillage, '330604100']) {
      const { status, body } = await both.ask('officer', 'POST /v1/diaries', { ...diary, area })
      assert.deepEqual([status, (body as { code: string }).code], [404, 'area_not_found'])
    }
    await both.ask('officer', 'GET /v1/diaries?area=330604')
    await both.ask('officer', `GET /v1/issues?area=330604`)
  })

  it('a refusal by role', async () => {
    const { status, body } = await both.ask('resident', `GET /v1/diaries?area=${village}`)
    assert.deepEqual([status, (body as { code: string }).code], [403, 'forbidden'])
    await both.ask('builder', 'POST /v1/diaries', {
      id: randomUUID(),
      area: village,
      kind: 'visit',
      text: '不可',
    })
    await both.ask('officer', 'PUT /v1/units/x', { county: '330683', name: '甲', kind: 'department' })
  })

  it('pages by their cursors, and filters', async () => {
    const kind = 'factory'
    for (const text of ['一号 #工厂', '二号 #工厂', '三号 ABC #工厂']) await write('officer', { kind, text })
    const list = `/v1/diaries?area=${village}&tag=${encodeURIComponent('工厂')}&limit=2` as const
    const first = (await both.ask('officer', `GET ${list}`)).body as DiaryPage
    assert.equal(first.items.length, 2)
    const second = (await both.ask('officer', `GET ${list}&cursor=${first.next}`)).body as DiaryPage
    assert.deepEqual([second.items.length, second.next], [1, null])
    await both.ask('officer', `GET ${list}&cursor=${second.previous}&direction=newer`)
    assert.equal((await both.ask('officer', `GET ${list}&cursor=nowhere`)).status, 400)
    await both.ask('leader', `GET /v1/diaries?area=330683&kind=${kind}&q=abc&author=officer-1`)
    await both.ask('leader', `GET /v1/diaries?area=330683&author=me`)
  })

  it('comments, an accepted answer and useful marks', async () => {
    const { id } = await write('officer', { kind: 'help', text: '谁有香榧的销路' })
    const comment = randomUUID()
    await both.ask('leader', `POST /v1/diaries/${id}/comments`, { id: comment, text: '可以找供销社' })
    await both.ask('leader', `PUT /v1/diaries/${id}/useful`)
    await both.ask('leader', `GET /v1/useful-marks?ids=${id}`)
    await both.ask('officer', `PUT /v1/diaries/${id}/useful`)
    await both.ask('leader', `PUT /v1/diaries/${id}/accepted-answer`, { comment })
    await both.ask('officer', `PUT /v1/diaries/${id}/accepted-answer`, { comment })
    await both.ask('officer', `DELETE /v1/diaries/${id}/comments/${comment}`)
    await both.ask('leader', `DELETE /v1/diaries/${id}/comments/${comment}`)
    await both.ask('officer', `GET /v1/diaries/${id}`)
    await both.ask('leader', `POST /v1/diaries/${id}/comments/${comment}/restore`)
    await both.ask('leader', `DELETE /v1/diaries/${id}/useful`)
    await both.ask('officer', `GET /v1/diaries/${id}/comments`)
  })

  it('an issue from a diary: dispatched, accepted, answered, approved and rated', async () => {
    const diary = await write('officer', { text: '村口老人摔倒，路灯不亮 #路灯' })
    const resident = { name: '何秀英', phone: '13912345678' }
    const made = await both.ask('officer', 'POST /v1/issues', { id: randomUUID(), diary: diary.id, resident })
    assert.equal(made.status, 201)
    let issue = made.body as Issue
    await both.ask('dispatcher', 'POST /v1/issues', { id: randomUUID(), diary: diary.id })
    await both.ask('officer', `GET /v1/diary-issues?ids=${diary.id}`)
    await lookAround(issue.id)
    await both.ask('officer', `POST /v1/issues/${issue.id}/triage`, { category: '0103' }, seen(1))
    await both.ask(
      'dispatcher',
      `POST /v1/issues/${issue.id}/dispatch`,
      { lead: { unit: 'jianshe' } },
      seen(1),
    )
    await both.ask('dispatcher', `POST /v1/issues/${issue.id}/triage`, { category: '99' }, seen(1))
    issue = await act('dispatcher', issue, 'triage', { category: '0103' })
    const nobody = { lead: { unit: 'nobody' } }
    await both.ask('dispatcher', `POST /v1/issues/${issue.id}/dispatch`, nobody, seen(issue.version))
    issue = await act('dispatcher', issue, 'dispatch', {
      lead: { unit: 'jianshe', task: '换灯' },
      assists: [{ unit: 'jiaotong' }],
    })
    await both.ask('builder', `POST /v1/issues/${issue.id}/acceptance`, {}, seen(1))
    issue = await act('builder', issue, 'acceptance')
    await both.ask('builder', `POST /v1/issues/${issue.id}/answer`, { text: '早了' }, seen(issue.version))
    issue = await act('driver', issue, 'progress', { note: '已到现场', mentions: ['leader-1'] })
    issue = await act('driver', issue, 'answer', { text: '协办完毕' })
    issue = await act('builder', issue, 'answer', { text: '已更换灯泡' })
    await lookAround(issue.id)
    issue = await act('dispatcher', issue, 'answer-approval')
    await both.ask(
      'leader',
      `POST /v1/issues/${issue.id}/rating`,
      { stars: 5, solved: true },
      seen(issue.version),
    )
    issue = await act('officer', issue, 'rating', { stars: 5, solved: true })
    assert.equal(issue.state, 'closed')
    await both.ask('dispatcher', `POST /v1/issues/${issue.id}/contact`)
    await lookAround(issue.id)
  })

  it('what units ask for, and the other ways of an issue', async () => {
    const made = await both.ask('officer', 'POST /v1/issues', {
      id: randomUUID(),
      area: village,
      text: '水管爆裂',
    })
    let issue = made.body as Issue
    issue = await act('dispatcher', issue, 'priority', { score: 88, reason: '人多' })
    issue = await act('dispatcher', issue, 'triage', { category: '01' })
    issue = await act('dispatcher', issue, 'dispatch', { lead: { unit: 'jianshe' } })
    issue = await act('builder', issue, 'acceptance')
    const sunday = { reason: '等材料', until: '2026-11-29T12:00:00+08:00' }
    await both.ask('builder', `POST /v1/issues/${issue.id}/suspension-request`, sunday, seen(issue.version))
    const until = '2026-11-30T12:00:00+08:00'
    issue = await act('builder', issue, 'suspension-request', { reason: '等材料', until })
    await both.ask('dispatcher', 'GET /v1/issue-counts?area=330683')
    issue = await act('dispatcher', issue, 'request-approval', { assignment: 1 })
    issue = await act('builder', issue, 'resumption')
    issue = await act('builder', issue, 'return-request', { reason: '不归我们', betterUnit: 'jiaotong' })
    issue = await act('dispatcher', issue, 'request-approval', { assignment: 1 })
    issue = await act('leader', issue, 'supervision')
    issue = await act('leader', issue, 'consultation', { reason: '没有单位接' })
    issue = await act('leader', issue, 'consultation-decision', { decision: '由交通牵头' })
    await lookAround(issue.id)
  })

  it('lists of issues in their orders, forward and back, and their counts', async () => {
    for (const text of ['电线杆倾斜', '古树要保护', '公交站太远'])
      await both.ask('officer', 'POST /v1/issues', { id: randomUUID(), area: village, text })
    for (const order of ['newest', 'priority', 'due']) {
      const list = `GET /v1/issues?area=${village}&order=${order}&limit=2` as const
      const first = (await both.ask('dispatcher', list)).body as IssuePage
      assert.equal(first.items.length, 2)
    }
    for (const query of [
      'state=open',
      'state=closed',
      'source=diary',
      'supervised=yes',
      'unit=jianshe',
      'q=灯泡',
    ])
      await both.ask('dispatcher', `GET /v1/issues?area=330683&${encodeURI(query)}`)
    await both.ask('officer', `GET /v1/issues?area=${village}&reporter=me`)
    for (const who of ['builder', 'driver', 'dispatcher', 'officer'] as const) {
      await both.ask(who, 'GET /v1/issues?area=330683')
      await both.ask(who, 'GET /v1/issue-counts?area=330683')
    }
    await both.ask('officer', 'GET /v1/calendar?from=2026-09-25&to=2026-10-12')
    await both.ask('officer', 'GET /v1/calendar?from=2026-02-30&to=2026-10-12')
  })

  it("a resident's report, followed by its receipt to its rating and once more", async () => {
    await both.ask(null, 'GET /v1/report-form?area=330683102')
    const body = { id: randomUUID(), area: village, text: '垃圾没人清运', phone: '13812341234' }
    const made = await both.ask('resident', 'POST /v1/reports', body)
    const report = made.body as Report
    await both.ask('resident', 'POST /v1/reports', body)
    await both.ask('neighbor', 'POST /v1/reports', body)
    let issue = (await both.ask('dispatcher', `GET /v1/issues/${report.id}`)).body as Issue
    issue = await act('dispatcher', issue, 'triage', { category: '01' })
    issue = await act('dispatcher', issue, 'dispatch', { lead: { unit: 'jianshe' } })
    issue = await act('builder', issue, 'acceptance')
    await both.ask(null, `GET /v1/report-status?receipt=${report.receipt}`)
    issue = await act('builder', issue, 'answer', { text: '已清运' })
    await act('dispatcher', issue, 'answer-approval')
    await both.ask('resident', 'GET /v1/inbox')
    await both.ask('resident', 'GET /v1/reports')
    const rating = { receipt: report.receipt, stars: 2, solved: false, text: '还有' }
    await both.ask(null, 'POST /v1/report-rating', rating)
    await both.ask(null, 'POST /v1/report-rating', rating)
    await both.ask(null, 'POST /v1/report-rating', { ...rating, stars: 3 })
    await both.ask(null, 'GET /v1/report-status?receipt=0000-0000-0000-0000')
    await lookAround(report.id)
    const anonymous = { id: randomUUID(), area: village, text: '匿名反映' }
    assert.equal((await both.ask(null, 'POST /v1/anonymous-reports', anonymous)).status, 201)
  })

  it('one kind of matter: merged, answered once, split off', async () => {
    const made: Issue[] = []
    for (const text of ['桥栏杆坏了', '溪边栏杆断裂', '栏杆生锈'])
      made.push(
        (await both.ask('officer', 'POST /v1/issues', { id: randomUUID(), area: village, text }))
          .body as Issue,
      )
    let [first, second, third] = made as [Issue, Issue, Issue]
    first = await act('dispatcher', first, 'triage', { category: '01' })
    second = await act('dispatcher', second, 'merging', { main: first.id })
    third = await act('dispatcher', third, 'merging', { main: first.id })
    await both.ask('dispatcher', `POST /v1/issues/${first.id}/refusal`, { reason: '不' }, seen(3))
    await act('dispatcher', third, 'splitting')
    first = (await both.ask('dispatcher', `GET /v1/issues/${first.id}`)).body as Issue
    first = await act('dispatcher', first, 'dispatch', { lead: { unit: 'jiaotong' } })
    first = await act('driver', first, 'acceptance')
    first = await act('driver', first, 'answer', { text: '都修好了' })
    await act('dispatcher', first, 'answer-approval')
    await lookAround(second.id)
  })

  it('the catalogue, and what is read in an inbox', async () => {
    await both.ask('dispatcher', 'GET /v1/categories?county=330683')
    await both.ask('dispatcher', 'GET /v1/units?county=330683')
    const unit = { county: '330683', name: '水利局', kind: 'department', area: '330683', active: true }
    await both.ask('keeper', 'PUT /v1/units/shuili', unit)
    await both.ask('keeper', 'PUT /v1/units/shuili', { ...unit, version: 7 })
    const units = [{ area: '330683', unit: 'shuili' }]
    const category = {
      county: '330683',
      name: '水利',
      kind: 'help',
      words: ['水'],
      units,
      autoDispatch: false,
      active: true,
    }
    await both.ask('keeper', 'PUT /v1/categories/02', category)
    await both.ask('keeper', 'PUT /v1/categories/0301', category)
    await both.ask('dispatcher', 'GET /v1/categories?county=330683')
    await both.ask('dispatcher', 'POST /v1/inbox/read', { until: '2026-11-24T12:01:00+08:00' })
    await both.ask('dispatcher', 'GET /v1/inbox?unread=yes&limit=3')
    await both.ask('dispatcher', 'GET /v1/inbox?type=rated')
  })
})
