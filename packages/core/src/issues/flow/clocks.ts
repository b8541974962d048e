import { addWorkingDays, addWorkingMs, dayOf, workingMs, type Calendar } from '../clock.ts'
import type { Assignment, ResidentClock } from '../flow-schema.ts'
import { acceptDays, assistShare, chasers, warnShare } from '../limits.ts'
import type { AssignmentRole } from '../words.ts'
import { FlowProblem, type Deed, type Target } from './types.ts'

export const iso = (at: number): string => new Date(at).toISOString()
export const ms = (instant: string): number => Date.parse(instant)

/** [I8] The clock of a new issue; the deadline follows from the kind, and once more from the category at triage. */
export const startResidentClock = (at: number, days: number, calendar: Calendar): ResidentClock => ({
  startedAt: iso(at),
  dueAt: iso(addWorkingDays(at, days, calendar)),
  stoppedAt: null,
  alarm: 0,
})

/** [I12] A deadline that a person names lies ahead, on a working day. */
export function checkDeadline(dueAt: string, { at, calendar }: Deed): string {
  const due = ms(dueAt)
  if (!(due > at)) throw new FlowProblem('deadline_past')
  if (!calendar.isWorkingDay(dayOf(due))) throw new FlowProblem('deadline_not_working')
  return iso(due)
}

/** [I3] [I7] A unit's part as it is dispatched: its clock begins now. */
export function startAssignment(
  id: number,
  role: AssignmentRole,
  target: Target,
  days: number,
  deed: Deed,
): Assignment {
  const share = role === 'lead' ? 1 : assistShare
  const dueAt =
    target.dueAt === undefined
      ? iso(addWorkingDays(deed.at, days * share, deed.calendar))
      : checkDeadline(target.dueAt, deed)
  const acceptDueAt = iso(Math.min(addWorkingDays(deed.at, acceptDays, deed.calendar), ms(dueAt)))
  return {
    ...{ id, unit: target.unit, role, state: 'offered', task: target.task ?? null, handler: null },
    ...{ dispatchedAt: iso(deed.at), acceptDueAt, acceptAlarm: 0, dueAt, dueAlarm: 0, acceptedAt: null },
    ...{ endedAt: null, suspendedAt: null, resumeAt: null, pausedMs: 0, request: null, reply: null },
  }
}

/** [I7] The clock goes on after an approved suspension: the deadline moves by the working time that was paused. */
export function resumed(assignment: Assignment, at: number, calendar: Calendar): Assignment {
  const paused = workingMs(ms(assignment.suspendedAt!), at, calendar)
  return {
    ...assignment,
    suspendedAt: null,
    resumeAt: null,
    pausedMs: assignment.pausedMs + paused,
    dueAt: iso(addWorkingMs(ms(assignment.dueAt), paused, calendar)),
  }
}

/**
 * [I8] When a clock speaks next: a warning when three quarters of its time have passed, then at the deadline, then once
 * each working day, three times; `undefined` when it has said all it has to say.
 */
export function alarmAt(from: number, due: number, alarm: number, calendar: Calendar): number | undefined {
  if (alarm === 0) return addWorkingMs(from, workingMs(from, due, calendar) * warnShare, calendar)
  if (alarm === 1) return due
  return alarm < 2 + chasers ? addWorkingDays(due, alarm - 1, calendar) : undefined
}
