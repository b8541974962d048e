import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { areaLevels, countyOf, holds, inScope, levelOf, parentOf, townOf } from './rules.ts'

const microGrid = '33068310020100101'

describe('area codes', () => {
  it('[A1] tell their level by their length', () => {
    const levels = Object.entries(areaLevels).map(([level, length]) => [
      level,
      levelOf(microGrid.slice(0, length)),
    ])
    for (const [level, found] of levels) assert.equal(found, level)
    for (const wrong of ['', '3', '33068', '3306831', '33068310020100101x', '33x6', '330683 ', '３３']) {
      assert.equal(levelOf(wrong), undefined, JSON.stringify(wrong))
    }
  })

  it('[A1] lead up to the province, level by level', () => {
    const path: string[] = []
    for (let code: string | undefined = microGrid; code; code = parentOf(code)) path.push(code)
    assert.deepEqual(path, [
      '33068310020100101',
      '330683100201001',
      '330683100201',
      '330683100',
      '330683',
      '3306',
      '33',
    ])
    assert.equal(parentOf('330'), undefined)
  })

  it('name their town and county; larger areas stay as they are', () => {
    assert.equal(townOf(microGrid), '330683100')
    assert.equal(countyOf(microGrid), '330683')
    assert.equal(townOf('3306'), '3306')
    assert.equal(countyOf('33'), '33')
  })

  it('[A2] hold themselves and all below, and nothing beside or above', () => {
    assert.ok(holds('330683100', '330683100'))
    assert.ok(holds('330683100', microGrid))
    assert.ok(!holds('330683100', '330683101'))
    assert.ok(!holds('330683100', '330683'))
    assert.ok(inScope(['330604', '330683100'], microGrid))
    assert.ok(!inScope(['330604', '330683101'], microGrid))
    assert.ok(!inScope([], '33'))
  })
})
