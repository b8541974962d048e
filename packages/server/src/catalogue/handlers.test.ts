import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Category, Grant, Unit } from '@minqing/core'
import { createTestApp, type TestApp, type TestRequest } from '../testing/app.ts'
import { seedCatalogue } from './default/install.ts'

const county = '330683'
const grants = (role: Grant['role'], area: string): Grant[] => [{ role, area }]
const administrator = { sub: 'admin', grants: grants('administrator', county) }
const town = { sub: 'town', grants: grants('administrator', '330683100') }
let server: TestApp
before(async () => {
  server = await createTestApp()
  await seedCatalogue(server.databaseUrl, county)
})
after(() => server.close())

async function ask<T>(route: `${string} /${string}`, body?: unknown, as = administrator): Promise<T> {
  const answer = await server.ask(route, { as, ...(body === undefined ? {} : { body }) })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json<T>()
}

async function refused(
  route: `${string} /${string}`,
  request: TestRequest,
  code: string,
): Promise<{ fields?: object[] }> {
  const answer = await server.ask(route, request)
  const problem = answer.json<{ code: string; fields?: object[] }>()
  assert.equal(problem.code, code, answer.body)
  return problem
}

const category = {
  ...{ county, name: '新类别', kind: 'complaint', words: ['新词'], autoDispatch: false, active: true },
  units: [{ area: county, unit: 'zhujian' }],
}
const unit = { county, name: '新单位', kind: 'organization', area: '330683100', active: true }

describe('the default catalogue', () => {
  it('has three levels, each category with words, and a unit for every one of them', async () => {
    const { items } = await ask<{ items: Category[] }>(`GET /v1/categories?county=${county}`)
    const { items: units } = await ask<{ items: Unit[] }>(`GET /v1/units?county=${county}`)
    const ofLevel = (length: number) => items.filter(({ code }) => code.length === length)
    assert.ok(ofLevel(2).length >= 15 && ofLevel(4).length >= 60 && ofLevel(6).length >= 180)
    assert.ok(ofLevel(6).every(({ words }) => words.length >= 4))
    const byCode = new Map(items.map((item) => [item.code, item]))
    for (const { code, parent, name, words, autoDispatch } of items) {
      assert.equal(parent, code.length > 2 ? code.slice(0, -2) : null)
      const taken = [code, code.slice(0, 4), code.slice(0, 2)].some((up) => byCode.get(up)!.units.length > 0)
      assert.ok(taken, `${code} ${name}`)
      assert.ok(words.every((word) => word.length <= 20) && !autoDispatch)
    }
    assert.ok(units.length >= 40)
    assert.equal(units.filter(({ kind }) => kind === 'town').length, 15)
    assert.ok(units.some(({ id, name }) => id === 'town-100' && name === '甘霖镇社会治理中心'))
    assert.equal(byCode.get('1301')!.units.length, 16)
  })

  it('is installed once: a county keeps what it has', async () => {
    await server.owner.query(`update category set name = '改过' where code = '01'`)
    await Promise.all([seedCatalogue(server.databaseUrl, county), seedCatalogue(server.databaseUrl, county)])
    const { rows } = await server.owner.query<{ name: string }>(`select name from category where code = '01'`)
    assert.equal(rows[0]!.name, '改过')
  })
})

describe('the catalogue', () => {
  it('is edited by an administrator: categories, and which unit takes them where', async () => {
    const made = await ask<Category>('PUT /v1/categories/010107', category)
    assert.deepEqual(
      [made.code, made.parent, made.days, made.version, made.units],
      ['010107', '0101', 5, 1, category.units],
    )
    const units = [
      { area: '330683100', unit: 'zhifa' },
      { area: county, unit: 'shuiwu' },
    ]
    const changed = await ask<Category>('PUT /v1/categories/010107', { ...category, days: 9, units })
    assert.deepEqual([changed.days, changed.version], [9, 2])
    assert.deepEqual(changed.units, [...units].reverse())
    const none = await ask<Category>('PUT /v1/categories/010107', { ...category, units: [] })
    assert.deepEqual(none.units, [])
    await ask('PUT /v1/categories/0101', { ...category, name: '市政' })
    const { rows } = await server.owner.query<{ full_name: string }>(
      `select full_name from category where code = '010107'`,
    )
    assert.equal(rows[0]!.full_name, '改过 / 市政 / 新类别')
  })

  it('refuses categories without one above, and areas and units that are not there', async () => {
    const put = (code: string, more: object, as = administrator): [`${string} /${string}`, TestRequest] => [
      `PUT /v1/categories/${code}`,
      { as, body: { ...category, ...more } },
    ]
    await refused(...put('990101', {}), 'category_unknown')
    await refused(...put('9901', {}), 'category_unknown')
    await refused(...put('010108', { units: [{ area: county, unit: 'nobody' }] }), 'unit_unknown')
    await ask('PUT /v1/units/idle', { ...unit, active: false })
    await refused(...put('010108', { units: [{ area: county, unit: 'idle' }] }), 'unit_unknown')
    await refused(...put('010108', { units: [{ area: '330604', unit: 'zhujian' }] }), 'area_not_found')
    await refused(...put('010108', { units: [{ area: '330683999', unit: 'zhujian' }] }), 'area_not_found')
    await refused(...put('010108', { county: '330604' }), 'area_not_found')
    await refused(...put('010108', {}, town), 'area_not_found')
    await refused(
      ...put('010108', { units: [...category.units, { area: county, unit: 'zhifa' }] }),
      'invalid_input',
    )
    await refused(...put('010108', { words: [' '] }), 'invalid_input')
    const officer = { grants: grants('villageOfficer', '330683100201') }
    await refused('PUT /v1/categories/01', { as: officer, body: category }, 'forbidden')
    const { items } = await ask<{ items: Category[] }>(`GET /v1/categories?county=${county}`)
    assert.ok(!items.some(({ code }) => code === '010108'))
  })

  it('lets an administrator of a town keep the units of the town, and no others', async () => {
    const made = await ask<Unit>('PUT /v1/units/new', { ...unit, email: 'a@example.cn' }, town)
    assert.deepEqual([made.id, made.email, made.version], ['new', 'a@example.cn', 1])
    assert.equal((await ask<Unit>('PUT /v1/units/new', unit, town)).email, undefined)
    const body = { ...unit, name: '抢来' }
    await refused('PUT /v1/units/zhujian', { as: town, body }, 'area_not_found')
    await refused('PUT /v1/units/x', { as: town, body: { ...unit, area: county } }, 'area_not_found')
    await refused(
      'PUT /v1/units/x',
      { as: administrator, body: { ...unit, area: '330604' } },
      'area_not_found',
    )
    await refused(
      'PUT /v1/units/x',
      { as: administrator, body: { ...unit, email: 'nonsense' } },
      'invalid_input',
    )
  })

  it('is read by all who work in the county and by no others, and answers 304 to who has it', async () => {
    const officer = { grants: grants('villageOfficer', '330683100201') }
    const first = await server.ask(`GET /v1/categories?county=${county}`, { as: officer })
    assert.equal(first.statusCode, 200)
    const headers = { 'if-none-match': String(first.headers['etag']) }
    const again = await server.ask(`GET /v1/categories?county=${county}`, { as: officer, headers })
    assert.equal(again.statusCode, 304)
    const outside = { grants: grants('villageOfficer', '330604100') }
    for (const what of ['categories', 'units'] as const) {
      await refused(`GET /v1/${what}?county=${county}`, { as: outside }, 'area_not_found')
    }
    await refused(
      `GET /v1/units?county=${county}`,
      { as: { grants: grants('resident', county) } },
      'forbidden',
    )
  })
})

describe('who saves later', () => {
  it('is told that somebody else was quicker, if they say which version they saw', async () => {
    const saved = await ask<Category>('PUT /v1/categories/0190', category)
    const seen = { ...category, version: saved.version }
    const next = await ask<Category>('PUT /v1/categories/0190', { ...seen, name: '先保存的' })
    assert.equal(next.version, saved.version + 1)
    const late = { as: administrator, body: { ...seen, name: '后保存的' } }
    await refused('PUT /v1/categories/0190', late, 'version_conflict')
    await refused('PUT /v1/categories/0191', late, 'version_conflict')
    const { items } = await ask<{ items: Category[] }>(`GET /v1/categories?county=${county}`)
    assert.equal(items.find(({ code }) => code === '0190')?.name, '先保存的')
    assert.equal(
      items.find(({ code }) => code === '0191'),
      undefined,
    )
    const first = await ask<Unit>('PUT /v1/units/seen', unit)
    await ask<Unit>('PUT /v1/units/seen', { ...unit, version: first.version })
    const stale = { as: administrator, body: { ...unit, version: first.version } }
    await refused('PUT /v1/units/seen', stale, 'version_conflict')
  })
})
