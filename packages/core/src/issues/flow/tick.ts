import type { Calendar } from '../clock.ts'
import { dayMs } from '../clock.ts'
import type { Assignment, Flow } from '../flow-schema.ts'
import { ratingDays } from '../words.ts'
import { alarmAt, ofAccepting, ofResident, ofWorking, type Speaking } from './alarms.ts'
import { ms } from './clocks.ts'
import type { ActionArgs, Alarm } from './types.ts'

type Clocked = 'warn' | 'breach' | 'chase' | 'endSuspension' | 'closeUnrated'
/** What the clock does next to an issue, and when. */
export type Tick = { [A in Clocked]: { at: number; action: A; args: ActionArgs[A] } }[Clocked]

function ofClock(clock: Speaking, args: Alarm, calendar: Calendar): Tick[] {
  const at = alarmAt(clock, calendar)
  if (at === undefined) return []
  return [{ at, action: clock.alarm === 0 ? 'warn' : clock.alarm === 1 ? 'breach' : 'chase', args }]
}

function ofAssignment(part: Assignment, calendar: Calendar): Tick[] {
  const { id: assignment, state } = part
  if (part.suspendedAt !== null) {
    return part.resumeAt === null
      ? []
      : [{ at: ms(part.resumeAt), action: 'endSuspension', args: { assignment } }]
  }
  const working = () => ofClock(ofWorking(part), { clock: 'due', assignment }, calendar)
  if (state === 'accepted') return working()
  if (state !== 'offered') return []
  return [...ofClock(ofAccepting(part), { clock: 'accept', assignment }, calendar), ...working()]
}

/** [I8] All that the clock would do if nobody did anything more, the next of each kind. */
export function ticksOf(flow: Flow, calendar: Calendar): Tick[] {
  if (flow.state === 'closed') return []
  if (flow.state === 'awaitingRating') {
    return [{ at: ms(flow.awaitingSince!) + ratingDays * dayMs, action: 'closeUnrated', args: {} }]
  }
  const working = flow.state === 'dispatched' || flow.state === 'inProgress'
  return [
    ...(flow.residentClock.stoppedAt === null
      ? ofClock(ofResident(flow.residentClock), { clock: 'resident' }, calendar)
      : []),
    ...(working ? flow.assignments.flatMap((part) => ofAssignment(part, calendar)) : []),
  ]
}

/**
 * [I8] What the clock does next: the earliest of all warnings, breaches, chasers, ends of suspensions and the closing
 * without a rating. `undefined` when nothing is to come until somebody acts. What lies in the past was missed and is
 * done at once.
 */
export const nextTick = (flow: Flow, calendar: Calendar): Tick | undefined =>
  ticksOf(flow, calendar).reduce<Tick | undefined>(
    (first, tick) => (first && first.at <= tick.at ? first : tick),
    undefined,
  )
