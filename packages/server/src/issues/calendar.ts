import { dayMs, dayOf, type Calendar, type Operations } from '@minqing/core'
import type { Handler } from '../internal/handler.ts'
import { ProblemError } from '../internal/problem-error.ts'

/** Days that may be asked for at once: a year, and a month before and after it. */
const mostDays = 400

/** Midnight of a day in Shanghai; a day that no month has is refused. */
function startOf(day: string, field: 'from' | 'to'): number {
  const start = Date.parse(`${day}T00:00:00+08:00`)
  if (Number.isNaN(start) || dayOf(start) !== day) {
    throw new ProblemError('invalid_input', { fields: [{ path: `/${field}`, rule: 'format' }] })
  }
  return start
}

/** The days off between two days, both included, so that a widget counts working time as the server does. */
export const calendarHandler =
  (calendar: Calendar): Handler<Operations['issues']['calendar']> =>
  (_call, { from, to }) => {
    const first = startOf(from, 'from')
    const last = startOf(to, 'to')
    if (last < first) {
      throw new ProblemError('invalid_input', { fields: [{ path: '/to', rule: 'minimum', limit: from }] })
    }
    if (last - first >= mostDays * dayMs) {
      const limit = dayOf(first + (mostDays - 1) * dayMs)
      throw new ProblemError('invalid_input', { fields: [{ path: '/to', rule: 'maximum', limit }] })
    }
    const off: string[] = []
    for (let day = first; day <= last; day += dayMs) {
      if (!calendar.isWorkingDay(dayOf(day))) off.push(dayOf(day))
    }
    return Promise.resolve({ from, to, off })
  }
