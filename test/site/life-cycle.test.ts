import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { issueActions, issueStates, rowOf } from '@minqing/core'
import { actionNames, stateNames } from '../../docs/lib/life-cycle/words.ts'
import { builtAssets } from '../support/assets.ts'

let html: string
before(async () => {
  const { siteDir } = await builtAssets()
  html = await readFile(join(siteDir, 'life-cycle/index.html'), 'utf8')
})

const rowIn = (page: string, action: string): string =>
  new RegExp(`<tr id="action-${action}">.*?</tr>`, 's').exec(page)?.[0] ?? ''

test('[I1] the page of the life cycle says every row of the table', () => {
  for (const action of issueActions) {
    const row = rowIn(html, action)
    const { from, to, orTo } = rowOf(action)
    assert.ok(row.includes(actionNames[action]), action)
    for (const state of [...from, to, orTo]) {
      if (state) assert.ok(row.includes(stateNames[state]), `${action}: ${state}`)
    }
  }
  assert.equal(html.match(/<tr id="action-/g)?.length, issueActions.length)
})

test('[I1] its diagram has every state and every way between two of them', () => {
  for (const state of issueStates) assert.ok(html.includes(`data-state="${state}"`), state)
  const ways = new Set<string>()
  for (const action of issueActions) {
    const { from, to, orTo } = rowOf(action)
    for (const state of from) {
      for (const end of [to, orTo]) if (end && end !== state) ways.add(`${state} ${end}`)
    }
  }
  const drawn = [...html.matchAll(/data-way="([^"]+)"/g)].map(([, way]) => way)
  assert.deepEqual(drawn.sort(), [...ways].sort())
  assert.ok(/<svg[^>]*role="img"[^>]*aria-labelledby="lc-title lc-words"/.test(html))
})

test('the page keeps to the strict policy: no style of its own', () => {
  assert.ok(!/<style|\sstyle=|<script(?![^>]*\ssrc=)/.test(html))
})
