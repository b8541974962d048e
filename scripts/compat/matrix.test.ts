import assert from 'node:assert/strict'
import { test } from 'node:test'
import { print, type Cell, type Column, type Row } from './matrix.ts'

const rows: Row[] = [
  { group: 'photos', title: 'a photo shows' },
  { group: 'renders', title: 'mq-inbox' },
]
const works: Cell = { kind: 'works' }
const column = (name: string, ...cells: Cell[]): Column => ({ name, version: `${name}.0`, cells })
const explain = (id: string, browser: string) =>
  id === 'shadow' && browser === 'B 2' ? 'it is too young' : undefined

test('rows stand under their groups, in the order of the groups', () => {
  const { lines, summary, isGood } = print(rows, [column('A 1', works, works)], explain)
  assert.deepEqual(
    lines.filter((line) => /photo|renders|inbox/.test(line)).map((line) => line.trim().replace(/\s+/g, ' ')),
    ['renders', 'mq-inbox ✓', 'photos', 'a photo shows ✓'],
  )
  assert.equal(summary, '2 ✓')
  assert.ok(isGood)
})

test('a failure has its reason in a note and is bad', () => {
  const bad: Cell = { kind: 'fails', reason: 'never came true: the photo' }
  const { lines, summary, isGood } = print(rows, [column('A 1', bad, works)], explain)
  assert.ok(lines.includes('1. A 1, a photo shows: never came true: the photo'))
  assert.equal(summary, '1 ✓, 1 ✗')
  assert.ok(!isGood)
})

test('a hole is good only where it is explained for that very browser', () => {
  const hole: Cell = { kind: 'hole', id: 'shadow' }
  const good = print(rows, [column('B 2', hole, works)], explain)
  assert.ok(good.lines.includes('1. B 2 has no shadow: it is too young'))
  assert.equal(good.summary, '1 ✓, 1 – explained in the docs')
  assert.ok(good.isGood)
  const other = print(rows, [column('A 1', hole, works)], explain)
  assert.equal(other.summary, '1 ✓, 1 – without an explanation')
  assert.ok(!other.isGood)
})

test('a check that was not run is no success', () => {
  assert.equal(print(rows, [column('A 1', works)], explain).summary, '1 ✓, 1 ✗')
})
