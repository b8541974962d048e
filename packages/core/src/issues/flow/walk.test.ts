import assert from 'node:assert/strict'
import { test } from 'node:test'
import { issueActions, rowOf } from '../table.ts'
import { walk } from '../testing/walk.ts'

const wanted = 1_000_000

test('[I1] a million random actions never leave the table, lose or reset a clock, or close without a reason', (t) => {
  const started = performance.now()
  const tally = walk(20_261_124, wanted)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  t.diagnostic(`${tally.done} actions done, ${tally.steps - tally.done} refused, in ${seconds} s`)
  assert.ok(tally.done >= wanted, `${tally.done} steps`)

  // the walk has been everywhere: each action from each state that its row names, and to each that it may lead to
  for (const action of issueActions) {
    const { from, to, orTo } = rowOf(action)
    for (const state of from) {
      const ways = [to ?? state, orTo].filter((way) => way !== undefined)
      const taken = ways.filter((way) => tally.ways.has(`${state} ${action} ${way}`))
      assert.deepEqual(taken, ways, `${action} from ${state}`)
    }
  }
})
