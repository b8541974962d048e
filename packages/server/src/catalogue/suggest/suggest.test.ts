import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Grant, Issue, Suggestion } from '@minqing/core'
import type pg from 'pg'
import { createPool } from '../../database/pool.ts'
import { createPipeline, type Pipeline } from '../../database/pipeline.ts'
import { transactions, type Transact } from '../../database/scope.ts'
import { createSuggester, type Suggester } from '../../internal/catalogue.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { seedCatalogue } from '../default/install.ts'

const county = '330683'
const village = '330683100201'
const as = (role: Grant['role'], area: string, sub: string = role): { sub: string; grants: Grant[] } => ({
  sub,
  grants: [{ role, area }],
})
const officer = as('villageOfficer', village)
const farOfficer = as('villageOfficer', '330683102201', 'far')
const dispatcher = as('dispatcher', county)

let server: TestApp
let pool: pg.Pool
let pages: Pipeline
let transact: Transact
let suggester: Suggester
before(async () => {
  server = await createTestApp()
  await seedCatalogue(server.databaseUrl, county)
  pool = createPool(server.databaseUrl, { max: 2 })
  pages = createPipeline(server.databaseUrl, { connections: 1 })
  transact = transactions(pool)
  const bus = { subscribe: () => () => undefined, position: '', healthy: true }
  suggester = createSuggester({ pages, bus })
})
after(async () => {
  suggester.close()
  await pages.end()
  await pool.end()
  await server.close()
})

async function make(text: string, by = officer, area = village): Promise<Issue> {
  const body = { id: randomUUID(), area, text }
  const answer = await server.ask('POST /v1/issues', { as: by, body })
  assert.equal(answer.statusCode, 201, answer.body)
  return answer.json<Issue>()
}

async function act({ id, version }: Issue, action: string, body: object): Promise<Issue> {
  const headers = { 'if-match': `"${version}"` }
  const answer = await server.ask(`POST /v1/issues/${id}/${action}`, { as: dispatcher, headers, body })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json<Issue>()
}

const send = async (issue: Issue, category: string, unit: string): Promise<Issue> =>
  act(await act(issue, 'triage', { category }), 'dispatch', { lead: { unit } })

async function suggestion({ id }: Issue, by = dispatcher): Promise<Suggestion> {
  const answer = await server.ask(`GET /v1/issues/${id}/suggestion`, { as: by })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json<Suggestion>()
}

describe('the suggestion', () => {
  it('[I16] comes from the words of the catalogue, names them, and leads to the unit of the area', async () => {
    const found = await suggestion(await make('隔壁邻居砌围墙，吵架吵了三天，滴水滴到我家墙脚'))
    const [category] = found.categories
    assert.equal(category!.code, '130101')
    assert.equal(category!.name, '政法纠纷 / 民间纠纷 / 邻里纠纷')
    assert.ok(category!.evidence.words.includes('邻居'))
    assert.deepEqual(category!.evidence.similar, [])
    // a town's own center before the county's
    assert.equal(found.units[0]!.unit.id, 'town-100')
    assert.ok(found.categories.length <= 5 && found.units.length <= 5)
    for (const { confidence } of [...found.categories, ...found.units]) {
      assert.ok(confidence > 0 && confidence < 1)
    }
  })

  it('[I16] follows where similar past issues went, at once, and shows which', async () => {
    const text = '香樟弄的老井边上夜里有怪声，像是地下有东西在敲'
    const before = await suggestion(await make(text))
    assert.notEqual(before.categories[0]?.code, '100402')
    const past = await send(await make(text), '100402', 'yingji')
    // the event has to come around
    let found = before
    for (let tries = 0; tries < 50 && found.categories[0]?.code !== '100402'; tries++) {
      await sleep(50)
      found = await suggestion(await make(`${text}，请来看看`))
    }
    const [category] = found.categories
    assert.equal(category!.code, '100402')
    assert.deepEqual(category!.evidence.similar, [{ id: past.id, number: past.number, title: past.title }])
    assert.ok(category!.evidence.count >= 1)
    const unit = found.units.find((one) => one.unit.id === 'yingji')
    assert.equal(unit!.evidence.similar[0]!.id, past.id)
  })

  it('shows as evidence only issues that the caller may read', async () => {
    const text = '樱花谷索道停在半空，游客下不来'
    const past = await send(await make(text, farOfficer, '330683102201'), '060201', 'wenguang')
    await sleep(300)
    const mine = await make(`${text}，急`)
    const wide = await suggestion(mine)
    assert.equal(wide.categories[0]!.evidence.similar[0]?.id, past.id)
    const narrow = await suggestion(mine, as('dispatcher', '330683100', 'town'))
    assert.equal(narrow.categories[0]!.code, '060201')
    assert.deepEqual(narrow.categories[0]!.evidence.similar, [])
    assert.ok(narrow.categories[0]!.evidence.count >= 1)
    const other = await server.ask(`GET /v1/issues/${mine.id}/suggestion`, {
      as: as('dispatcher', '330683102', 'x'),
    })
    assert.equal(other.statusCode, 404)
  })

  it('[I16] finds open issues nearby that say the same, and counts them for the score', async () => {
    const text = '三江口泵站旁边的自来水水管爆了，路上全是水'
    const first = await make(text)
    await send(first, '110104', 'shuiwu')
    const far = await make(text, farOfficer, '330683102201')
    const second = await make('三江口泵站边上自来水水管爆了，水流了一路')
    const found = await suggestion(second)
    assert.deepEqual(
      found.similar.map(({ id }) => id),
      [first.id],
    )
    assert.equal(found.similar[0]!.state, 'dispatched')
    assert.ok(found.similar[0]!.likeness >= 0.25 && found.similar[0]!.likeness <= 1)
    assert.ok(!found.similar.some(({ id }) => id === far.id || id === second.id))
    const row = await server.owner.query<{ similar_open: number }>(
      'select similar_open from issue where id = $1',
      [second.id],
    )
    assert.equal(row.rows[0]!.similar_open, 1)
    const { priority } = second
    assert.ok(
      priority.reasons.some(({ rule }) => rule === 'similar'),
      JSON.stringify(priority),
    )
  })
})

describe('automatic dispatch', () => {
  const decide = (text: string) =>
    transact({ scope: [], actor: '' }, (tx) => suggester.autoDispatch(tx, { county, area: village, text }))
  const text = '停水两天了，断水，一直不来水，水龙头没有水，没水用'

  it('[I15] is off until an administrator turns it on, and then only where it is certain', async () => {
    assert.equal(await decide(text), undefined)
    await server.owner.query(`update category set auto_dispatch = true where code = '110101'`)
    const decided = await decide(text)
    assert.deepEqual(
      [decided?.category.code, decided?.unit.id, decided?.category.days],
      ['110101', 'shuiwu', 1],
    )
    assert.ok(decided!.confidence >= 0.8)
    assert.equal(await decide('听说要停水'), undefined)
    assert.equal(await decide('路灯不亮，灯杆歪了，黑漆漆，摸黑，没有照明'), undefined)
    assert.equal(await decide('今天天气很好'), undefined)
  })

  it('[I15] sends nothing to a unit or a category that is out of use', async () => {
    await server.owner.query(`update unit set active = false where id = 'shuiwu'`)
    assert.equal(await decide(text), undefined)
    await server.owner.query(`update unit set active = true where id = 'shuiwu'`)
    await server.owner.query(`update category set active = false where code = '11'`)
    assert.equal(await decide(text), undefined)
    await server.owner.query(`update category set active = true where code = '11'`)
    assert.equal((await decide(text))?.unit.id, 'shuiwu')
  })
})
