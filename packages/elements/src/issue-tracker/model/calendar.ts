import { dayMs, dayOf, type Calendar } from '@minqing/core/wire'

/** How far the days off are asked for around today: deadlines lie at most a year ahead [I12]. */
const reachDays = 370

const isWeekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

/** The working days of China as the server knows them. Until they are read, and beyond them, weekends are off. */
export class WorkCalendar implements Calendar {
  private off?: Set<string>
  private from = ''
  private to = ''

  isWorkingDay(day: string): boolean {
    if (this.off && day >= this.from && day <= this.to) return !this.off.has(day)
    return !isWeekend(day)
  }

  static range(now: number): { from: string; to: string } {
    return { from: dayOf(now - reachDays * dayMs), to: dayOf(now + reachDays * dayMs) }
  }

  know({ from, to, off }: { from: string; to: string; off: readonly string[] }): void {
    this.off = new Set(off)
    this.from = from
    this.to = to
  }
}
