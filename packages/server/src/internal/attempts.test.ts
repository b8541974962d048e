import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createAttempts } from './attempts.ts'

describe('attempts', () => {
  it('are refused after too many failures, until the window that began with the first is over', () => {
    let now = 0
    const attempts = createAttempts(3, 60_000, () => now)
    for (let at = 0; at < 3; at++) {
      assert.equal(attempts.wait('a'), 0)
      attempts.failed('a')
      now += 10_000
    }
    assert.equal(attempts.wait('a'), 30)
    assert.equal(attempts.wait('b'), 0)
    now = 60_000
    assert.equal(attempts.wait('a'), 0)
    attempts.failed('a')
    assert.equal(attempts.wait('a'), 0)
  })

  it('of more keys than are remembered push out the oldest', () => {
    const attempts = createAttempts(1, 60_000, () => 0)
    attempts.failed('first')
    for (let key = 0; key < 50_000; key++) attempts.failed(String(key))
    assert.equal(attempts.wait('first'), 0)
    assert.equal(attempts.wait('49999'), 60)
  })
})
