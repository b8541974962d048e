import { isOpen, workingMs, type Assignment, type Calendar, type Issue } from '@minqing/core/wire'

/** `running` towards its deadline, close to it (`soon`), past it (`breached`), `paused` by a suspension, or `stopped`. */
export type ClockState = 'running' | 'soon' | 'breached' | 'paused' | 'stopped'

/** A clock as it is shown. */
export interface ClockFace {
  what: 'resident' | 'accept' | 'due'
  state: ClockState
  /** Working time left, in milliseconds; below zero: by how much it is, or was, exceeded. */
  left: number
  /** Part of the time that has passed, 0 to 1. */
  passed: number
  dueAt: string
}

const at = (instant: string): number => Date.parse(instant)

interface Span {
  what: ClockFace['what']
  from: string
  dueAt: string
  alarm: number
  /** The instant at which it stands still. */
  stoppedAt?: string | null
  pausedAt?: string | null
}

function face(span: Span, now: number, calendar: Calendar): ClockFace {
  const { what, from, dueAt, alarm, stoppedAt, pausedAt } = span
  const moment = stoppedAt ? at(stoppedAt) : pausedAt ? at(pausedAt) : now
  const left = workingMs(moment, at(dueAt), calendar)
  const whole = workingMs(at(from), at(dueAt), calendar)
  const over = left < 0 || (left === 0 && moment > at(dueAt))
  const state = stoppedAt
    ? 'stopped'
    : pausedAt
      ? 'paused'
      : over
        ? 'breached'
        : alarm > 0
          ? 'soon'
          : 'running'
  return { what, state, left, passed: whole > 0 ? Math.min(1, Math.max(0, 1 - left / whole)) : 1, dueAt }
}

/** [I7] The clock of the resident. */
export const residentFace = ({ residentClock }: Issue, now: number, calendar: Calendar): ClockFace => {
  const { startedAt, dueAt, alarm, stoppedAt } = residentClock
  return face({ what: 'resident', from: startedAt, dueAt, alarm, stoppedAt }, now, calendar)
}

/** [I7] The clocks of one unit's part: until it accepts, that of accepting goes first. */
export function unitFaces(part: Assignment, now: number, calendar: Calendar): ClockFace[] {
  const { dispatchedAt: from, acceptDueAt, acceptAlarm, dueAt, dueAlarm, endedAt, suspendedAt, state } = part
  if (state === 'returned' || state === 'released') return []
  const due = face(
    { what: 'due', from, dueAt, alarm: dueAlarm, stoppedAt: endedAt, pausedAt: suspendedAt },
    now,
    calendar,
  )
  if (state !== 'offered') return [due]
  return [face({ what: 'accept', from, dueAt: acceptDueAt, alarm: acceptAlarm }, now, calendar), due]
}

/** The clock that matters most now: of those that run, the one with the least time left. */
export function nearestFace(issue: Issue, now: number, calendar: Calendar): ClockFace | undefined {
  if (issue.state === 'closed' || issue.state === 'awaitingRating') return undefined
  const working = issue.state === 'dispatched' || issue.state === 'inProgress'
  const units = working
    ? issue.assignments.filter(isOpen).flatMap((part) => unitFaces(part, now, calendar))
    : []
  const running = [residentFace(issue, now, calendar), ...units].filter(
    ({ state }) => state !== 'stopped' && state !== 'paused',
  )
  return running.reduce<ClockFace | undefined>(
    (nearest, clock) => (nearest && nearest.left <= clock.left ? nearest : clock),
    undefined,
  )
}
