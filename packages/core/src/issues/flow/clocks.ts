import { addWorkingDays, addWorkingMs, dayMs, dayOf, workingMs, type Calendar } from '../clock.ts'
import type { Assignment, ResidentClock } from '../flow-schema.ts'
import { acceptDays, assistShare, deadlineDays } from '../limits.ts'
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

/** [I12] A deadline that a person names lies ahead, within a year, on a working day. */
export function checkDeadline(dueAt: string, { at, calendar }: Deed): string {
  const due = ms(dueAt)
  if (!(due > at)) throw new FlowProblem('deadline_past')
  if (due > at + deadlineDays * dayMs) throw new FlowProblem('deadline_far')
  if (!calendar.isWorkingDay(dayOf(due))) throw new FlowProblem('deadline_not_working')
  return iso(due)
}

/** [I3] The deadline of an assist for whom none was named: a share of the time that the lead still has. */
export const assistDue = (lead: Pick<Assignment, 'dueAt'>, { at, calendar }: Deed): number =>
  addWorkingMs(at, Math.max(0, workingMs(at, ms(lead.dueAt), calendar)) * assistShare, calendar)

/**
 * [I3] [I7] A unit's part as it is dispatched: its clock begins now.
 *
 * @param due the deadline when the target names none
 */
export function startAssignment(
  id: number,
  role: AssignmentRole,
  target: Target,
  due: number,
  deed: Deed,
): Assignment {
  const dueAt = target.dueAt === undefined ? iso(due) : checkDeadline(target.dueAt, deed)
  const acceptDueAt = iso(Math.min(addWorkingDays(deed.at, acceptDays, deed.calendar), ms(dueAt)))
  return {
    ...{ id, unit: target.unit, role, state: 'offered', task: target.task ?? null, handler: null },
    ...{ dispatchedAt: iso(deed.at), acceptDueAt, acceptAlarm: 0, dueAt, dueAlarm: 0, acceptedAt: null },
    ...{ endedAt: null, suspendedAt: null, resumeAt: null, pausedMs: 0, request: null, reply: null },
  }
}

/**
 * [I7] The clock goes on after an approved suspension: the deadline moves by the working time that was paused, which
 * ends at the moment that was approved, however late anybody comes round to it.
 */
export function resumed(part: Assignment, at: number, calendar: Calendar): Assignment {
  if (part.suspendedAt === null) return part
  const until = part.resumeAt === null ? at : Math.min(at, ms(part.resumeAt))
  // a machine's clock may have been set back meanwhile: no deadline comes nearer by that
  const paused = Math.max(0, workingMs(ms(part.suspendedAt), until, calendar))
  return {
    ...part,
    suspendedAt: null,
    resumeAt: null,
    pausedMs: part.pausedMs + paused,
    dueAt: iso(addWorkingMs(ms(part.dueAt), paused, calendar)),
  }
}
