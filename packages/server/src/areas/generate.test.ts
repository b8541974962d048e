import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { levelOf, parentOf } from '@minqing/core'
import { personas } from '../demo/personas.ts'
import { demoAreas, importAreas } from './import.ts'
import type { Division } from './real-codes.ts'
import { createTestApp } from '../testing/app.ts'

let areas: Division[]
before(async () => {
  areas = await demoAreas()
})

const ofLevel = (level: string, under = '330683') =>
  areas.filter(({ code }) => levelOf(code) === level && code.startsWith(under))

describe('the area tree of the demo', () => {
  it('has the real towns of the county, and its real numbers of grids', () => {
    assert.equal(ofLevel('town').length, 15)
    assert.equal(areas.find(({ code }) => code === '330683')!.name, '嵊州市')
    assert.equal(areas.find(({ code }) => code === '330683100')!.name, '甘霖镇')
    assert.equal(ofLevel('grid').length, 1072)
    assert.equal(ofLevel('microGrid').length, 7103)
  })

  it('has all of the province around it, and a neighbor with towns', () => {
    assert.equal(ofLevel('province', '33').length, 1)
    assert.equal(ofLevel('city', '33').length, 11)
    assert.ok(ofLevel('county', '33').length >= 90)
    assert.equal(ofLevel('town', '330604').length, 20)
  })

  it('gives every area one code, and a parent that is there', () => {
    const codes = new Set(areas.map(({ code }) => code))
    assert.equal(codes.size, areas.length)
    for (const { code } of areas) {
      assert.ok(levelOf(code), code)
      const parent = parentOf(code)
      assert.ok(parent === undefined || codes.has(parent), code)
    }
    const withChildren = new Set(areas.map(({ code }) => parentOf(code)))
    for (const { code } of [...ofLevel('village'), ...ofLevel('grid')])
      assert.ok(withChildren.has(code), code)
  })

  it('names villages as villages are named, each once, and in uneven sizes', () => {
    const villages = ofLevel('village')
    assert.equal(new Set(villages.map(({ name }) => name)).size, villages.length)
    for (const { name } of villages) assert.match(name, /^\p{Script=Han}{2,4}(?:村|社区)$/u)
    const sizes = villages.map(({ code }) => ofLevel('grid', code).length)
    assert.ok(Math.min(...sizes) >= 1 && new Set(sizes).size >= 5)
  })

  it('is the same at every run, and the persons of the demo live in it', async () => {
    assert.deepEqual(await demoAreas(), areas)
    for (const { area } of personas)
      assert.ok(
        areas.some(({ code }) => code === area),
        area,
      )
  })

  it('is imported again without harm, and takes new names', async () => {
    const server = await createTestApp()
    try {
      const renamed = areas.map((area) => (area.code === '330683100' ? { ...area, name: '新名镇' } : area))
      await importAreas(server.databaseUrl, renamed)
      const { rows } = await server.owner.query<{ count: string }>('select count(*) from area')
      assert.equal(Number(rows[0]!.count), areas.length)
      assert.equal((await server.ask('GET /v1/areas/330683100')).json<{ name: string }>().name, '新名镇')
    } finally {
      await server.close()
    }
  })
})
