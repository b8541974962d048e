import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { DiaryIssue, Issue, IssueCounts, IssuePage } from '@minqing/core'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { refused } from '../diaries/testing/officers.ts'
import { testVillage, type TokenInput } from '../testing/tokens.ts'
import * as people from './testing/people.ts'

const { addCatalogue, answeredIssue, auditor, builder, center, chen, county, dispatched, doing, report } =
  people

let server: TestApp
let now = Date.parse('2026-11-24T01:00:00Z')
/** By name, oldest first. */
const made: Record<string, Issue> = {}
before(async () => {
  server = await createTestApp({ clock: () => new Date((now += 1000)) })
  await addCatalogue(server)
  made['plain'] = await report(server, { text: '想咨询社保怎么转移' })
  made['other'] = await report(server, { area: '330683102201', text: '河道有垃圾' }, people.li)
  made['sent'] = await dispatched(server, { issue: { text: '路灯坏了 很危险' }, assists: ['jiaotong'] })
  made['answered'] = await answeredIssue(server, { text: '路灯不亮' })
  made['asked'] = await doing(server, await dispatched(server), 'return-request', builder, {
    reason: '不归我们',
    betterUnit: 'shuili',
  })
  made['solved'] = await report(server, { solved: '当场换好了' })
  const pressed = await report(server, { text: '井盖不见了' })
  made['pressed'] = await doing(server, pressed, 'supervision', people.leader)
})
after(() => server.close())

async function list(query: string, as: TokenInput = center): Promise<IssuePage> {
  const answer = await server.ask(`GET /v1/issues?area=${county}&${query}`, { as })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json<IssuePage>()
}
const names = (items: readonly Issue[]): string[] =>
  items.map(({ id }) => Object.keys(made).find((name) => made[name]!.id === id)!)
const listed = async (query: string, as?: TokenInput) => names((await list(query, as)).items)

describe('the list of issues', () => {
  it('shows the newest first, each as it is read by itself', async () => {
    const { items, next } = await list('')
    assert.deepEqual(names(items), Object.keys(made).reverse())
    assert.equal(next, null)
    for (const item of items) {
      const read = await server.ask(`GET /v1/issues/${item.id}`, { as: center })
      assert.deepEqual(item, read.json())
      assert.equal(read.headers.etag, `"${item.version}"`)
    }
  })

  it('filters by whatever is asked, all together', async () => {
    assert.deepEqual(await listed('state=open'), [
      'pressed',
      'solved',
      'asked',
      'answered',
      'sent',
      'other',
      'plain',
    ])
    assert.deepEqual(await listed('state=awaitingRating'), ['solved'])
    assert.deepEqual(await listed('category=01'), ['asked', 'answered', 'sent'])
    assert.deepEqual(await listed('category=0103&state=dispatched'), ['asked', 'sent'])
    assert.deepEqual(await listed('category=02'), [])
    assert.deepEqual(await listed('unit=jiaotong'), ['sent'])
    assert.deepEqual(await listed('unit=jianshe'), ['asked', 'answered', 'sent'])
    assert.deepEqual(await listed('source=diary'), [])
    assert.deepEqual(await listed('reporter=li'), ['other'])
    assert.deepEqual(await listed('asked=yes'), ['asked'])
    assert.deepEqual(await listed('supervised=yes'), ['pressed'])
    assert.deepEqual(await listed(`from=${made['asked']!.createdAt}`), ['pressed', 'solved', 'asked'])
    assert.deepEqual(await listed(`to=${made['other']!.createdAt}`), ['plain'])
    assert.deepEqual(await listed('clock=breached'), [])
  })

  it('finds words of the text, and a number', async () => {
    assert.deepEqual(
      await listed(`q=${encodeURIComponent('路灯')}`),
      ['asked', 'solved', 'answered', 'sent'].sort(byTime),
    )
    assert.deepEqual(await listed(`q=${encodeURIComponent('路灯 危险')}`), ['sent'])
    assert.deepEqual(await listed(`q=${encodeURIComponent('灯')}&state=answered`), ['answered'])
    assert.deepEqual(await listed(`q=${made['plain']!.number}`), ['plain'])
    assert.deepEqual(await listed(`q=${encodeURIComponent('没有这个')}`), [])
  })

  const byTime = (a: string, b: string) => (made[a]!.createdAt < made[b]!.createdAt ? 1 : -1)

  it('is ordered by score and by deadline, too', async () => {
    const { items } = await list('order=priority')
    assert.deepEqual(
      items.map((item) => item.id),
      [...items]
        .sort((a, b) => b.priority.score - a.priority.score || (a.createdAt < b.createdAt ? 1 : -1))
        .map(({ id }) => id),
    )
    const due = await listed('order=due')
    assert.equal(due.at(-1), 'solved')
    assert.deepEqual(due.slice(0, 1), ['sent'])
  })

  for (const order of ['newest', 'priority', 'due'] as const) {
    it(`goes page by page forth and back: ${order}`, async () => {
      const whole = await listed(`order=${order}`)
      const forth: string[] = []
      let cursor: string | null = ''
      let last: IssuePage | undefined
      while (cursor !== null) {
        last = await list(`order=${order}&limit=3${cursor && `&cursor=${cursor}`}`)
        forth.push(...names(last.items))
        cursor = last.next
      }
      assert.deepEqual(forth, whole)
      const back = await list(`order=${order}&limit=3&cursor=${last!.previous}`)
      assert.deepEqual(names(back.items), whole.slice(3, 6))
      const first = await list(`order=${order}&limit=3&cursor=${back.previous}`)
      assert.deepEqual(names(first.items), whole.slice(0, 3))
      const again = await list(`order=${order}&limit=3&cursor=${first.next}`)
      assert.deepEqual(names(again.items), whole.slice(3, 6))
      const before = await list(`order=${order}&limit=3&cursor=${first.previous}`)
      assert.deepEqual(before, { items: [], next: null, previous: null })
    })
  }

  it('refuses cursors of another order and made-up ones', async () => {
    const { next } = await list('limit=1')
    for (const query of [
      `cursor=${next}&order=due`,
      `cursor=nnffffffffffff${'0'.repeat(32)}`,
      `cursor=ndfffffffffffe${'0'.repeat(44)}&order=due`,
      'cursor=nonsense',
      `cursor=${next}x`,
      `cursor=n${next}`,
    ]) {
      refused(
        await server.ask(`GET /v1/issues?area=${county}&${query}`, { as: center }),
        400,
        'cursor_invalid',
      )
    }
  })

  it('[I2] shows an officer their area, a unit its part, and nobody more', async () => {
    const area = (code: string, as: TokenInput) => server.ask(`GET /v1/issues?area=${code}`, { as })
    const ofChen = (await area(testVillage, chen)).json<IssuePage>()
    assert.deepEqual(names(ofChen.items), ['pressed', 'solved', 'asked', 'answered', 'sent', 'plain'])
    refused(await area('330683102201', chen), 404, 'area_not_found')
    refused(await area(county, chen), 404, 'area_not_found')
    assert.deepEqual(await listed('', builder), ['asked', 'answered', 'sent'])
    assert.deepEqual(await listed('', people.traffic), ['sent'])
    // who works for a unit now, and reported something before
    assert.deepEqual(await listed('', { ...people.traffic, sub: 'li' }), ['sent', 'other'])
    assert.deepEqual(await listed('', people.water), [])
    const ofTown = (await area('330683102', builder)).json<IssuePage>()
    assert.deepEqual(ofTown.items, [])
    refused(await area('330604', builder), 404, 'area_not_found')
    refused(await area(county, people.namesake), 404, 'area_not_found')
    refused(await area(county, people.stranger), 404, 'area_not_found')
    refused(await area(county, people.resident), 403, 'forbidden')
    assert.equal((await list('', auditor)).items.length, 7)
    const mine = await server.ask(`GET /v1/issues?area=330683&reporter=me`, { as: chen })
    assert.equal(mine.json<IssuePage>().items.length, 6)
  })

  it('counts each state', async () => {
    const count = async (query: string, as: TokenInput) =>
      (await server.ask(`GET /v1/issue-counts?${query}`, { as })).json<IssueCounts>()
    const all = await count(`area=${county}`, center)
    assert.deepEqual(all, {
      states: {
        ...{
          submitted: 3,
          triaged: 0,
          dispatched: 2,
          inProgress: 0,
          answered: 1,
          awaitingRating: 1,
          closed: 0,
        },
        ...{ jointConsultation: 0, merged: 0 },
      },
      ...{ breached: 0, soon: 0, asked: 1 },
    })
    assert.equal((await count(`area=${county}`, builder)).states.dispatched, 2)
    assert.equal((await count(`area=${county}&unit=jiaotong`, center)).states.dispatched, 1)
    assert.equal((await count(`area=${county}`, people.water)).states.submitted, 0)
    refused(await server.ask('GET /v1/issue-counts?area=330604', { as: center }), 404, 'area_not_found')
  })
})

describe('an issue and its diary', () => {
  it('carries everything over, once, and cannot be parted from it', async () => {
    const diary = {
      ...{ id: randomUUID(), area: testVillage, kind: 'visit', text: '王大爷家门口积水。#走访' },
      place: { name: '村口', longitude: 120.123, latitude: 29.456, precision: 'exact' },
    }
    assert.equal((await server.ask('POST /v1/diaries', { as: chen, body: diary })).statusCode, 201)
    const body = { id: randomUUID(), diary: diary.id, text: '下雨天进不了门。' }
    const sent = await server.ask('POST /v1/issues', { as: chen, body })
    assert.equal(sent.statusCode, 201, sent.body)
    const issue = sent.json<Issue>()
    assert.equal(issue.text, '王大爷家门口积水。#走访\n\n下雨天进不了门。')
    assert.equal(issue.title, '王大爷家门口积水。#走访')
    assert.deepEqual([issue.diary, issue.source, issue.area.code], [diary.id, 'diary', testVillage])
    assert.deepEqual(issue.place, diary.place)
    const again = await server.ask('POST /v1/issues', { as: chen, body })
    assert.deepEqual(again.json(), issue)
    const ask = (more: object, as = chen) => server.ask('POST /v1/issues', { as, body: { ...body, ...more } })
    refused(await ask({ text: '另一个' }), 409, 'id_taken')
    refused(await ask({ id: randomUUID() }), 409, 'diary_forwarded')
    // taken back in time, the diary is free again
    await doing(server, issue, 'withdrawal', chen, {})
    const ofDiary = async () =>
      (await server.ask(`GET /v1/diary-issues?ids=${diary.id}`, { as: chen })).json<{ items: DiaryIssue[] }>()
        .items
    assert.deepEqual(await ofDiary(), [])
    const second = await ask({ id: randomUUID() })
    assert.equal(second.statusCode, 201, second.body)
    const anew = second.json<Issue>()
    refused(await ask({ id: randomUUID() }), 409, 'diary_forwarded')
    refused(await ask({}, center), 409, 'id_taken')
    refused(await ask({ id: randomUUID() }, people.li), 404, 'not_found')
    const of = await server.ask(`GET /v1/diary-issues?ids=${diary.id},${randomUUID()}`, { as: chen })
    assert.deepEqual(of.json(), {
      items: [{ diary: diary.id, issue: anew.id, number: anew.number, state: 'submitted' }],
    })
    const foreign = await server.ask(`GET /v1/diary-issues?ids=${diary.id}`, { as: people.li })
    assert.deepEqual(foreign.json(), { items: [] })
    await assert.rejects(
      server.owner.query('begin; set local role minqing_app; update issue set diary_id = null'),
      /permission denied/,
    )
    await server.owner.query('rollback')
  })
})
