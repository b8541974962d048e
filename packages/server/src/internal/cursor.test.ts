import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ProblemError } from './problem-error.ts'
import { fromCursor, toCursor } from './cursor.ts'

test('a place survives being a cursor', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 0, max: 2 ** 47 }), (id, time) => {
      const place = { at: new Date(time), id }
      assert.deepEqual(fromCursor(toCursor(place)), place)
      assert.match(toCursor(place), /^[\w-]+$/, 'needs no escaping in an address')
    }),
  )
})

test('anything else is no cursor', () => {
  const invalid = (error: unknown) => error instanceof ProblemError && error.code === 'cursor_invalid'
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!/^[0-9a-f]{44}$/.test(text))
      assert.throws(() => fromCursor(text), invalid)
    }),
  )
})
