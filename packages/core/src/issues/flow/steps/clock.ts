import type { Flow } from '../../flow-schema.ts'
import { ratingDays } from '../../words.ts'
import { ofAccepting, ofResident, ofWorking, spoken } from '../alarms.ts'
import { ms, resumed } from '../clocks.ts'
import { dispatchDesk, leadDesk, reporter, tell } from '../notices.ts'
import { partOf, replace } from '../parts.ts'
import type { Alarm, Deed } from '../types.ts'
import { closed } from './closing.ts'
import type { Change, Steps } from './step.ts'

/** [I8] A clock speaks: nothing else changes. */
const speak =
  (type: 'dueSoon' | 'breached') =>
  (flow: Flow, args: Alarm, { at, calendar }: Deed): Change => {
    const late = type === 'breached'
    if (args.clock === 'resident') {
      const { residentClock } = flow
      const alarm = spoken(ofResident(residentClock), at, calendar)
      return {
        set: { residentClock: { ...residentClock, alarm } },
        data: { clock: 'resident', dueAt: residentClock.dueAt },
        notices: tell(type, dispatchDesk, ...(late ? [leadDesk] : [])),
      }
    }
    const { clock, assignment } = args
    const part = partOf(flow, assignment)
    const change =
      clock === 'accept'
        ? { acceptAlarm: spoken(ofAccepting(part), at, calendar) }
        : { dueAlarm: spoken(ofWorking(part), at, calendar) }
    const dueAt = clock === 'accept' ? part.acceptDueAt : part.dueAt
    return {
      set: { assignments: replace(flow, assignment, change) },
      data: { clock, assignment, unit: part.unit, dueAt },
      notices: tell(type, { unit: part.unit.id }, ...(late ? [dispatchDesk] : [])),
    }
  }

/** What the clock does; `apply` has seen to it that the time has come. */
export const clockSteps: Steps<'warn' | 'breach' | 'chase' | 'endSuspension' | 'closeUnrated'> = {
  warn: speak('dueSoon'),
  breach: speak('breached'),
  chase: speak('breached'),
  endSuspension: (flow, { assignment }, { calendar }) => {
    const part = partOf(flow, assignment)
    return {
      set: {
        assignments: replace(flow, assignment, resumed(part, ms(part.resumeAt!), calendar)),
      },
      data: { assignment, unit: part.unit },
      notices: tell('decided', { unit: part.unit.id }),
    }
  },
  closeUnrated: (flow, _, { at }) => ({
    set: closed(flow.answer!.outcome, 'unconfirmed', null, at),
    data: { days: ratingDays },
    notices: tell('closed', reporter),
  }),
}
