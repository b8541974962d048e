import type { Answer, Flow } from '../../flow-schema.ts'
import type { CloseReason, Confirmation } from '../../words.ts'
import { afterRest, ofResident } from '../alarms.ts'
import { iso } from '../clocks.ts'
import { afterChange } from '../guards.ts'
import { dispatchDesk, ifConsultation, tell } from '../notices.ts'
import { release } from '../parts.ts'
import type { Deed, Notice } from '../types.ts'

/** The resident has an answer: their clock stands. */
export const stopped = ({ residentClock }: Flow, at: number): Pick<Flow, 'residentClock'> => ({
  residentClock: { ...residentClock, stoppedAt: iso(at) },
})

/** [I5] Never without a reason. */
export const closed = (
  reason: CloseReason,
  confirmation: Confirmation | null,
  note: string | null,
  at: number,
): Pick<Flow, 'closing' | 'awaitingSince'> => ({
  closing: { reason, confirmation, note, at: iso(at) },
  awaitingSince: null,
})

/** [I6] The answer is out; now the resident has seven days to rate it. */
export const awaiting = (flow: Flow, answer: Answer, at: number): Partial<Flow> => ({
  answer,
  awaitingSince: iso(at),
  ...stopped(flow, at),
})

/** [I10] Everything begins again from triage, except the resident's clock, the timeline and what was counted. */
export function reopened(flow: Flow, deed: Deed) {
  const { residentClock } = flow
  const reopenings = flow.reopenings + 1
  const set = {
    reopenings,
    ...{ closing: null, answer: null, awaitingSince: null, rating: null },
    state: afterChange(flow.leadChanges, reopenings),
    assignments: release(flow, deed),
    residentClock: {
      ...residentClock,
      stoppedAt: null,
      alarm: afterRest(ofResident(residentClock), deed.at),
    },
    // [I11] from here on it is handled by itself
    ...(flow.pattern?.children === 0 ? { pattern: null } : {}),
  } satisfies Partial<Flow>
  const notices: Notice[] = [...tell('reopened', dispatchDesk), ...ifConsultation(set.state)]
  return { set, notices }
}
