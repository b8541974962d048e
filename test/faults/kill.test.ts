import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startFaultBench, type FaultBench } from './support/rounds.ts'

let bench: FaultBench

before(async () => {
  bench = await startFaultBench()
})
after(async () => {
  await bench?.close()
})

test('a browser that is killed while it writes and sends loses and repeats nothing', async () => {
  const { acknowledged, lost, duplicated } = await bench.killBrowser(3)
  assert.ok(acknowledged > 0)
  assert.deepEqual({ lost, duplicated }, { lost: 0, duplicated: 0 })
})

test('a server that is killed while it takes loses and repeats nothing', async () => {
  const { acknowledged, lost, duplicated } = await bench.killServer(3)
  assert.ok(acknowledged > 0)
  assert.deepEqual({ lost, duplicated }, { lost: 0, duplicated: 0 })
})
