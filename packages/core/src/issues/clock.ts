/** Which days of China are worked, holidays and make-up days considered. Pure: a day's answer never changes. */
export interface Calendar {
  /** @param day of Asia/Shanghai, `2026-10-01` */
  isWorkingDay(day: string): boolean
}

const offsetMs = 8 * 3_600_000
/** One working day: twenty-four hours that lie within working days [I7]. */
export const dayMs = 86_400_000

/** Names of days by their number: counting working time asks for the same few again and again. */
const names = new Map<number, string>()
const mostNames = 10_000

/** The day of Asia/Shanghai (which has no summer time) in which an instant lies. */
export function dayOf(at: number): string {
  const number = Math.floor((at + offsetMs) / dayMs)
  let name = names.get(number)
  if (name === undefined) {
    name = new Date(number * dayMs).toISOString().slice(0, 10)
    if (names.size >= mostNames) names.clear()
    names.set(number, name)
  }
  return name
}

const startOfDay = (at: number): number => Math.floor((at + offsetMs) / dayMs) * dayMs - offsetMs

/** Longer than any holiday: with a calendar that has no working days the counting must not go on for ever. */
const mostDaysOff = 366

/**
 * [I7] The working time between two instants, in milliseconds: the part of it that lies within working days.
 * Negative when `to` lies before `from`.
 */
export function workingMs(from: number, to: number, calendar: Calendar): number {
  if (to < from) return 0 - workingMs(to, from, calendar)
  let sum = 0
  for (let day = startOfDay(from); day < to; day += dayMs) {
    if (calendar.isWorkingDay(dayOf(day))) sum += Math.min(to, day + dayMs) - Math.max(from, day)
  }
  return sum
}

/**
 * [I7] The first instant at which so much working time has passed, to the millisecond. What begins on a day off begins
 * to count at the first working day's midnight.
 *
 * @param ms not negative
 * @throws RangeError when the calendar has no working day for a year
 */
export function addWorkingMs(from: number, ms: number, calendar: Calendar): number {
  let left = Math.round(ms)
  let at = from
  let off = 0
  while (off < mostDaysOff) {
    const end = startOfDay(at) + dayMs
    if (calendar.isWorkingDay(dayOf(at))) {
      if (left <= end - at) return at + left
      left -= end - at
      off = 0
    } else off++
    at = end
  }
  throw new RangeError('no working day for a year')
}

/** [I7] The same over whole and half working days. */
export const addWorkingDays = (from: number, days: number, calendar: Calendar): number =>
  addWorkingMs(from, days * dayMs, calendar)

/** The working day, `2026-10-08`, in which so many of them have passed; from a day off that is at its very end. */
export const workingDayIn = (from: number, days: number, calendar: Calendar): string =>
  dayOf(addWorkingDays(from, days, calendar) - 1)
