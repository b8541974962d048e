import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { chineseCalendar } from '../internal/calendar.ts'
import type { Call } from '../internal/handler.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { calendarHandler } from './calendar.ts'

const ask = (from: string, to: string) => calendarHandler(chineseCalendar)({} as Call, { from, to })
const refused = (from: string, to: string, path: string, rule: string, limit?: string) =>
  assert.throws(
    () => ask(from, to),
    (error) => {
      assert.ok(error instanceof ProblemError && error.code === 'invalid_input')
      assert.deepEqual(error.fields, [{ path, rule, ...(limit ? { limit } : {}) }])
      return true
    },
  )

describe('the days off', () => {
  it('are those between two days, both included', async () => {
    const { off } = (await ask('2026-09-30', '2026-10-11')) as { off: string[] }
    assert.deepEqual(off, [
      ...['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07'],
      '2026-10-11',
    ])
    assert.deepEqual(await ask('2026-10-01', '2026-10-01'), {
      ...{ from: '2026-10-01', to: '2026-10-01' },
      off: ['2026-10-01'],
    })
  })

  it('are told for four hundred days at once', async () => {
    const { off } = (await ask('2026-01-01', '2027-02-04')) as { off: string[] }
    assert.ok(off.length > 110)
    refused('2026-01-01', '2027-02-05', '/to', 'maximum', '2027-02-04')
  })

  it('need days that there are, in their order', () => {
    refused('2026-03-02', '2026-03-01', '/to', 'minimum', '2026-03-02')
    refused('2026-02-30', '2026-03-01', '/from', 'format')
    refused('2026-02-01', '2026-13-01', '/to', 'format')
  })
})
