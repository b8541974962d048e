import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { coveredOperations, uncoveredOperations } from '../../packages/client/src/testing/index.ts'
import { allOperations } from './support/documented.ts'

const page = await readFile(new URL('../../docs/testing.md', import.meta.url), 'utf8')

test('every operation of the table is covered by the testing kit or said not to be', () => {
  const all = [...coveredOperations, ...uncoveredOperations].sort()
  assert.deepEqual(all, allOperations.map(([id]) => id).sort())
})

test('the page on testing lists what is covered, and what is not', () => {
  const section = page.slice(page.indexOf('## 覆盖的操作'))
  const covered = [...section.matchAll(/^\| `(\w+)` +\|(.*)\|$/gm)].flatMap(([, feature, names]) =>
    [...names!.matchAll(/`(\w+)`/g)].map((name) => `${feature}.${name[1]}`),
  )
  assert.deepEqual(covered.sort(), [...coveredOperations].sort())
  const uncovered = [...section.matchAll(/^- `([\w.]+)`$/gm)].map((match) => match[1]!)
  assert.deepEqual(uncovered, [...uncoveredOperations])
})
