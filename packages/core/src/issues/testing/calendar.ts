import type { Calendar } from '../clock.ts'

const offsetMs = 8 * 3_600_000

/** Milliseconds of a time in Asia/Shanghai: `2026-09-30 17:00`. */
export const at = (local: string): number =>
  Date.parse(`${local.replace(' ', 'T')}${local.includes(' ') ? '' : 'T00:00'}Z`) - offsetMs
export const isoAt = (local: string): string => new Date(at(local)).toISOString()

const range = (from: string, to: string): string[] => {
  const days: string[] = []
  for (let day = Date.parse(from); day <= Date.parse(to); day += 86_400_000) {
    days.push(new Date(day).toISOString().slice(0, 10))
  }
  return days
}

/** 国办发明电〔2025〕7号: the holidays of 2026. */
export const holidays: ReadonlySet<string> = new Set([
  ...range('2026-01-01', '2026-01-03'),
  ...range('2026-02-15', '2026-02-23'),
  ...range('2026-04-04', '2026-04-06'),
  ...range('2026-05-01', '2026-05-05'),
  ...range('2026-06-19', '2026-06-21'),
  ...range('2026-09-25', '2026-09-27'),
  ...range('2026-10-01', '2026-10-07'),
])
/** The weekend days that are worked instead. */
export const makeUpDays: ReadonlySet<string> = new Set([
  '2026-01-04',
  '2026-02-14',
  '2026-02-28',
  '2026-05-09',
  '2026-09-20',
  '2026-10-10',
])

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(day).getUTCDay())
const known = new Map<string, boolean>()

/** The real calendar of 2026; weekends alone in other years. */
export const china: Calendar = {
  isWorkingDay(day) {
    let works = known.get(day)
    if (works === undefined) {
      works = makeUpDays.has(day) || (!holidays.has(day) && !isWeekend(day))
      known.set(day, works)
    }
    return works
  },
}
