import { locale } from './localize.ts'

// Diaries belong to a county in China: its clock is meant, whatever the reader's device is set to.
const timeZone = 'Asia/Shanghai'
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const made = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter costs more than a card; each is made once per language. */
function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale() + name
  let formatter = made.get(key)
  if (!formatter) {
    // Left to the language, Chromium 86 writes 下午02:05.
    formatter = new Intl.DateTimeFormat(locale(), { timeZone, hourCycle: 'h23', ...options })
    made.set(key, formatter)
  }
  return formatter
}

/** `2026年3月8日 14:05` */
export const absolute = (at: Date): string =>
  format('long', {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at)

/** `14:05` */
export const clock = (at: Date): string => format('clock', { hour: '2-digit', minute: '2-digit' }).format(at)

/** `2026-03-08` as the county's calendar has it. */
export const dayOf = (at: Date): string => new Date(at.getTime() + 8 * hour).toISOString().slice(0, 10)

/** `刚刚`, `5分钟前`, `昨天`, and the date itself when it is a week or more ago. */
export function relative(at: Date, now: Date): string {
  const age = Math.max(0, now.getTime() - at.getTime())
  if (age > 7 * day) {
    const year = dayOf(at).slice(0, 4) === dayOf(now).slice(0, 4) ? undefined : 'numeric'
    return format(`day${year ?? ''}`, { ...(year && { year }), month: 'long', day: 'numeric' }).format(at)
  }
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' })
  if (age < minute) return words.format(0, 'second')
  if (age < hour) return words.format(-Math.floor(age / minute), 'minute')
  const days = Math.round((Date.parse(dayOf(now)) - Date.parse(dayOf(at))) / day)
  return days ? words.format(-days, 'day') : words.format(-Math.floor(age / hour), 'hour')
}
