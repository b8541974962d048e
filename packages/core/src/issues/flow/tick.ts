import type { Calendar } from '../clock.ts'
import { dayMs } from '../clock.ts'
import type { Assignment, Flow } from '../flow-schema.ts'
import { ratingDays } from '../words.ts'
import { alarmAt, ms } from './clocks.ts'
import type { ActionArgs, Alarm } from './types.ts'

type Clocked = 'warn' | 'breach' | 'chase' | 'endSuspension' | 'closeUnrated'
/** What the clock does next to an issue, and when. */
export type Tick = { [A in Clocked]: { at: number; action: A; args: ActionArgs[A] } }[Clocked]

function alarmOf(from: string, due: string, alarm: number, args: Alarm, calendar: Calendar): Tick[] {
  const at = alarmAt(ms(from), ms(due), alarm, calendar)
  if (at === undefined) return []
  return [{ at, action: alarm === 0 ? 'warn' : alarm === 1 ? 'breach' : 'chase', args }]
}

function ofAssignment(part: Assignment, calendar: Calendar): Tick[] {
  const { id: assignment, state, dispatchedAt, acceptDueAt, acceptAlarm, dueAt, dueAlarm } = part
  if (part.suspendedAt) {
    return part.resumeAt ? [{ at: ms(part.resumeAt), action: 'endSuspension', args: { assignment } }] : []
  }
  const due = () => alarmOf(dispatchedAt, dueAt, dueAlarm, { clock: 'due', assignment }, calendar)
  if (state === 'accepted') return due()
  if (state !== 'offered') return []
  return [...alarmOf(dispatchedAt, acceptDueAt, acceptAlarm, { clock: 'accept', assignment }, calendar), ...due()]
}

/**
 * [I8] What the clock does next: the earliest of all warnings, breaches, chasers, ends of suspensions and the closing
 * without a rating. `undefined` when nothing is to come until somebody acts.
 */
export function nextTick(flow: Flow, calendar: Calendar): Tick | undefined {
  if (flow.state === 'closed') return undefined
  if (flow.state === 'awaitingRating') {
    return { at: ms(flow.awaitingSince!) + ratingDays * dayMs, action: 'closeUnrated', args: {} }
  }
  const { startedAt, dueAt, stoppedAt, alarm } = flow.residentClock
  const all = [
    ...(stoppedAt ? [] : alarmOf(startedAt, dueAt, alarm, { clock: 'resident' }, calendar)),
    ...(flow.state === 'dispatched' || flow.state === 'inProgress'
      ? flow.assignments.flatMap((part) => ofAssignment(part, calendar))
      : []),
  ]
  return all.reduce<Tick | undefined>((first, tick) => (first && first.at <= tick.at ? first : tick), undefined)
}
