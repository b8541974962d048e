import { dayMs, dayOf, type Calendar } from '@minqing/core/wire'

/** The days off between two days, as the server tells them. */
export interface DaysOff {
  from: string
  to: string
  off: readonly string[]
}

/** The server tells no more than 400 days at once. */
const stretchDays = 390

const isWeekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

/** The working days of China as the server knows them. Until they are read, and beyond them, weekends are off. */
export class WorkCalendar implements Calendar {
  private stretches: readonly { from: string; to: string; off: Set<string> }[] = []

  isWorkingDay(day: string): boolean {
    const known = this.stretches.find(({ from, to }) => day >= from && day <= to)
    return known ? !known.off.has(day) : !isWeekend(day)
  }

  /** What to ask for: a year ahead, where deadlines lie [I12], and a year back, where old issues began. */
  static stretches(now: number): { from: string; to: string }[] {
    const at = (days: number) => dayOf(now + days * dayMs)
    return [
      { from: at(0), to: at(stretchDays - 1) },
      { from: at(-stretchDays), to: at(-1) },
    ]
  }

  know(stretches: readonly DaysOff[]): void {
    this.stretches = stretches.map(({ from, to, off }) => ({ from, to, off: new Set(off) }))
  }
}
