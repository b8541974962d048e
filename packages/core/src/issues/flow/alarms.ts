import { addWorkingDays, addWorkingMs, workingMs, type Calendar } from '../clock.ts'
import type { Assignment, ResidentClock } from '../flow-schema.ts'
import { chasers, warnShare } from '../limits.ts'
import { ms } from './clocks.ts'

/** A clock that can speak: since when, until when, how much of it was paused, and how often it has spoken. */
export interface Speaking {
  readonly from: number
  readonly due: number
  readonly paused: number
  readonly alarm: number
}

export const ofResident = (clock: ResidentClock): Speaking => ({
  from: ms(clock.startedAt),
  due: ms(clock.dueAt),
  paused: 0,
  alarm: clock.alarm,
})
export const ofAccepting = (part: Assignment): Speaking => ({
  from: ms(part.dispatchedAt),
  due: ms(part.acceptDueAt),
  paused: 0,
  alarm: part.acceptAlarm,
})
export const ofWorking = (part: Assignment): Speaking => ({
  from: ms(part.dispatchedAt),
  due: ms(part.dueAt),
  paused: part.pausedMs,
  alarm: part.dueAlarm,
})

/** [I8] When three quarters of its time have passed, not counting what was paused. */
function warnAt({ from, due, paused }: Speaking, calendar: Calendar): number {
  const whole = workingMs(from, due, calendar)
  return addWorkingMs(from, whole - (whole - paused) * (1 - warnShare), calendar)
}

/**
 * [I8] When a clock speaks next: a warning, then at the deadline, then once each working day, three times; `undefined`
 * when it has said all it has to say.
 */
export function alarmAt(clock: Speaking, calendar: Calendar): number | undefined {
  const { due, alarm } = clock
  if (alarm === 0) return warnAt(clock, calendar)
  if (alarm === 1) return due
  return alarm < 2 + chasers ? addWorkingDays(due, alarm - 1, calendar) : undefined
}

/** The alarm after it has spoken at `at`. Chasers that were missed meanwhile are not made up for one by one. */
export function spoken(clock: Speaking, at: number, calendar: Calendar): number {
  let alarm = clock.alarm + 1
  if (clock.alarm < 2) return alarm
  while (alarm < 2 + chasers && addWorkingDays(clock.due, alarm - 1, calendar) <= at) alarm++
  return alarm
}

/** The alarm of a clock that goes on after a rest: whoever is late need not be warned of it. */
export const afterRest = ({ alarm, due }: Speaking, at: number): number =>
  alarm === 0 && due <= at ? 1 : alarm

/** The alarm of a clock whose deadline has moved: it may speak once more of the new one, if that lies ahead. */
export function rearmed(clock: Speaking, at: number, calendar: Calendar): number {
  if (clock.alarm === 0) return afterRest(clock, at)
  if (warnAt(clock, calendar) > at) return 0
  return clock.due > at ? 1 : clock.alarm
}
