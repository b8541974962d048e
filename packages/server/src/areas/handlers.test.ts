import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createTestApp, type TestApp } from '../testing/app.ts'

let server: TestApp
before(async () => {
  server = await createTestApp()
})
after(() => server.close())

interface Listed {
  items: { code: string; name: string; level: string; hasChildren: boolean }[]
  path: { code: string; name: string }[]
}

describe('areas', () => {
  it('reads one in reach, with its place in the tree', async () => {
    const answer = await server.ask('GET /v1/areas/330683100')
    assert.equal(answer.statusCode, 200)
    assert.deepEqual(answer.json(), {
      code: '330683100',
      name: '甘霖镇',
      level: 'town',
      parent: '330683',
      hasChildren: true,
    })
  })

  it('answers 404 for an area outside the scope and for one that does not exist, alike', async () => {
    for (const code of ['330604', '33', '330683999', '330604100']) {
      for (const route of [
        `/v1/areas/${code}`,
        `/v1/areas/${code}/children`,
        `/v1/areas?q=镇&under=${code}`,
      ]) {
        const answer = await server.ask(`GET ${encodeURI(route) as '/'}`)
        assert.equal(answer.statusCode, 404, route)
        assert.equal(answer.json<{ code: string }>().code, 'area_not_found')
      }
    }
  })

  it('lists the level below, with a breadcrumb from the outermost area in reach', async () => {
    const answer = (await server.ask('GET /v1/areas/330683100201/children')).json<Listed>()
    assert.deepEqual(
      answer.path.map(({ code }) => code),
      ['330683', '330683100', '330683100201'],
    )
    assert.ok(answer.items.length > 0)
    assert.ok(answer.items.every(({ code, level }) => code.startsWith('330683100201') && level === 'grid'))
    const towns = (await server.ask('GET /v1/areas/330683/children')).json<Listed>()
    assert.equal(towns.items.length, 15)
    assert.ok(towns.items.some(({ name }) => name === '崇仁镇'))
  })

  it('finds by part of a name, within the scope only, and takes % and _ as they are', async () => {
    const found = (await server.ask(`GET /v1/areas?q=${encodeURIComponent('街道')}`)).json<Listed>()
    assert.deepEqual(found.path, [])
    assert.deepEqual(
      found.items.map(({ name }) => name),
      ['剡湖街道', '三江街道', '鹿山街道', '浦口街道'],
    )
    const grids = await server.ask(`GET /v1/areas?q=${encodeURIComponent('微网格')}`)
    assert.equal(grids.json<Listed>().items.length, 50)
    for (const q of ['%', '_', '\\']) {
      const none = await server.ask(`GET /v1/areas?q=${encodeURIComponent(q)}`)
      assert.deepEqual(none.json<Listed>().items, [], q)
    }
    const under = (
      await server.ask(`GET /v1/areas?q=${encodeURIComponent('第1网格')}&under=330683102`)
    ).json<Listed>()
    assert.ok(under.items.length > 0 && under.items.every(({ code }) => code.startsWith('330683102')))
  })

  it('answers 304 to a browser that has the same answer already', async () => {
    const first = await server.ask('GET /v1/areas/330683/children')
    const etag = String(first.headers['etag'])
    const again = await server.ask('GET /v1/areas/330683/children', { headers: { 'if-none-match': etag } })
    assert.equal(again.statusCode, 304)
    assert.equal(again.body, '')
    assert.equal(again.headers['etag'], etag)
  })

  it('searches within the scope by the query alone, should row-level security ever be off', async () => {
    const as = { grants: [{ role: 'auditor' as const, area: '330683102' }] }
    await server.owner.query('alter table area disable row level security')
    try {
      const found = await server.ask(`GET /v1/areas?q=${encodeURIComponent('第1网格')}`, { as })
      const { items } = found.json<Listed>()
      assert.ok(items.length > 0 && items.every(({ code }) => code.startsWith('330683102')))
    } finally {
      await server.owner.query('alter table area enable row level security')
    }
  })

  it('shows an auditor of one town nothing above or beside it', async () => {
    const as = { grants: [{ role: 'auditor' as const, area: '330683102' }] }
    assert.equal((await server.ask('GET /v1/areas/330683', { as })).statusCode, 404)
    const own = (await server.ask('GET /v1/areas/330683102/children', { as })).json<Listed>()
    assert.deepEqual(
      own.path.map(({ name }) => name),
      ['崇仁镇'],
    )
  })
})
