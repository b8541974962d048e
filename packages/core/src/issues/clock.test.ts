import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { addWorkingDays, addWorkingMs, dayMs, dayOf, workingMs } from './clock.ts'
import { at, china, holidays, isoAt, makeUpDays } from './testing/calendar.ts'

const hour = 3_600_000
const shown = (instant: number): string => new Date(instant).toISOString()
const moment = fc.integer({ min: at('2025-11-01'), max: at('2027-02-01') })
const duration = fc.integer({ min: 0, max: 40 * dayMs })

describe('the day of an instant', () => {
  it('begins at midnight of Shanghai', () => {
    assert.equal(dayOf(at('2026-03-02') - 1), '2026-03-01')
    assert.equal(dayOf(at('2026-03-02')), '2026-03-02')
    assert.equal(dayOf(Date.parse('2026-02-28T16:00:00Z')), '2026-03-01')
  })
})

describe('[I7] working time', () => {
  it('counts no weekend and no holiday, and counts make-up days', () => {
    // Wednesday noon, 30 September to Friday, 9 October: eight days off in between
    assert.equal(workingMs(at('2026-09-30 12:00'), at('2026-10-09 12:00'), china), 2 * dayMs)
    for (const day of holidays) assert.equal(workingMs(at(day), at(day) + dayMs, china), 0, day)
    for (const day of makeUpDays) assert.equal(workingMs(at(day), at(day) + dayMs, china), dayMs, day)
    assert.equal(workingMs(at('2026-03-07'), at('2026-03-09'), china), 0)
  })

  it('goes on over a holiday to the same time of a later day', () => {
    assert.equal(shown(addWorkingDays(at('2026-09-30 09:00'), 1, china)), isoAt('2026-10-08 09:00'))
    // Saturday, 10 October is worked
    assert.equal(shown(addWorkingDays(at('2026-10-09 15:30'), 1, china)), isoAt('2026-10-10 15:30'))
    assert.equal(shown(addWorkingDays(at('2026-02-13 10:00'), 2, china)), isoAt('2026-02-24 10:00'))
  })

  it('begins to count at the first working midnight when it begins on a day off', () => {
    assert.equal(shown(addWorkingMs(at('2026-03-07 10:00'), hour, china)), isoAt('2026-03-09 01:00'))
    assert.equal(shown(addWorkingMs(at('2026-03-07 10:00'), 0, china)), isoAt('2026-03-09 00:00'))
    assert.equal(shown(addWorkingDays(at('2026-03-07 10:00'), 0.5, china)), isoAt('2026-03-09 12:00'))
  })

  it('of what has been added is what was added', () => {
    fc.assert(
      fc.property(moment, duration, (from, ms) => {
        assert.equal(workingMs(from, addWorkingMs(from, ms, china), china), ms)
      }),
    )
  })

  it('is reached at no earlier instant', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 40 * dayMs }), (from, ms) => {
        assert.ok(workingMs(from, addWorkingMs(from, ms, china) - 1, china) < ms)
      }),
    )
  })

  it('added to again leads to the end, or to the first working moment after it', () => {
    fc.assert(
      fc.property(moment, duration, (from, length) => {
        const to = from + length
        const back = addWorkingMs(from, workingMs(from, to, china), china)
        assert.equal(workingMs(Math.min(back, to), Math.max(back, to), china), 0)
        if (china.isWorkingDay(dayOf(to - 1)) && workingMs(from, to, china) > 0) assert.equal(back, to)
      }),
    )
  })

  it('adds up piece by piece, and turns with its direction', () => {
    fc.assert(
      fc.property(moment, duration, duration, (from, one, two) => {
        const middle = from + one
        const to = middle + two
        assert.equal(
          workingMs(from, middle, china) + workingMs(middle, to, china),
          workingMs(from, to, china),
        )
        assert.equal(workingMs(to, from, china), 0 - workingMs(from, to, china))
        assert.equal(
          addWorkingMs(addWorkingMs(from, one, china), two, china),
          addWorkingMs(from, one + two, china),
        )
      }),
    )
  })

  it('is never more than the time itself', () => {
    fc.assert(
      fc.property(moment, duration, (from, length) => {
        const worked = workingMs(from, from + length, china)
        assert.ok(worked >= 0 && worked <= length)
      }),
    )
  })

  it('needs a working day sooner or later', () => {
    const never = { isWorkingDay: () => false }
    assert.throws(() => addWorkingDays(at('2026-03-02'), 1, never), RangeError)
    assert.equal(workingMs(at('2026-03-02'), at('2026-04-02'), never), 0)
  })
})
