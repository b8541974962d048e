import { createRequire } from 'node:module'
import type { Calendar } from '@minqing/core'

/** The library's own functions go by the time zone of the machine, west of China by the day before; its data do not. */
const require = createRequire(import.meta.url)
const { holidays, workdays } = require('chinese-days/dist/chinese-days.json') as {
  /** `2026-10-01` → what is celebrated. */
  readonly holidays: Readonly<Record<string, string>>
  /** `2026-10-10` → for which holiday it is worked. */
  readonly workdays: Readonly<Record<string, string>>
}

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

const known = new Map<string, boolean>()
/** Thirty years and more; who asks for ever other years must not fill the memory. */
const mostKnown = 12_000

/**
 * The working days of China with its holidays and make-up days, as the State Council announces them each autumn for
 * the year to come. In years that are not announced yet, or before 2004, weekends alone are off.
 */
export const chineseCalendar: Calendar = {
  isWorkingDay(day) {
    let works = known.get(day)
    if (works === undefined) {
      works = day in workdays || !(day in holidays || isWeekend(day))
      if (known.size >= mostKnown) known.clear()
      known.set(day, works)
    }
    return works
  },
}
