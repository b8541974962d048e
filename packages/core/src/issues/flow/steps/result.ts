import { leadOf } from '../../available.ts'
import { afterRest, ofWorking } from '../alarms.ts'
import { iso } from '../clocks.ts'
import { checkReopening } from '../guards.ts'
import { dispatchDesk, reporter, tell, toUnits } from '../notices.ts'
import { answeredParts, replace } from '../parts.ts'
import { awaiting, closed, reopened } from './closing.ts'
import { written, type Steps } from './step.ts'

/** The result is looked at, rated, closed, and perhaps taken up again. */
export const resultSteps: Steps<
  'approveAnswer' | 'sendBack' | 'rate' | 'rateUnsolved' | 'spotCheck' | 'reopen'
> = {
  approveAnswer: (flow, { note }, { at }) => ({
    set: awaiting(flow, flow.answer!, at),
    data: written('note', note),
    notices: tell('reviewed', reporter, { unit: leadOf(flow.assignments)!.unit.id }),
  }),
  sendBack: (flow, { reason }, { at }) => {
    const lead = leadOf(flow.assignments)!
    const dueAlarm = afterRest(ofWorking(lead), at)
    return {
      set: {
        answer: null,
        assignments: replace(flow, lead.id, { state: 'accepted', endedAt: null, dueAlarm }),
      },
      data: { reason, assignment: lead.id, unit: lead.unit },
      notices: tell('sentBack', { unit: lead.unit.id }),
    }
  },
  rate: (flow, { stars, text }, { at }) => ({
    set: {
      rating: { stars, solved: true, text: text ?? null, at: iso(at) },
      ...closed(flow.answer!.outcome, 'resident', null, at),
    },
    data: { stars, solved: true, ...written('text', text) },
    notices: tell('rated', dispatchDesk, ...toUnits(answeredParts(flow))),
  }),
  rateUnsolved: (flow, { stars, text }, deed) => {
    const { set, notices } = reopened(flow, deed)
    return {
      set,
      data: { stars, solved: false, ...written('text', text) },
      notices: [...tell('rated', ...toUnits(answeredParts(flow))), ...notices],
    }
  },
  spotCheck: (_, { reason, note }, { at }) => ({
    set: closed(reason, 'spotCheck', note, at),
    data: { reason, note },
    notices: tell('closed', reporter),
  }),
  reopen: (flow, { reason }, deed) => {
    checkReopening(flow, deed.at)
    return { ...reopened(flow, deed), data: { reason } }
  },
}
