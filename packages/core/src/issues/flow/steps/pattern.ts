import { iso } from '../clocks.ts'
import { checkNoChildren } from '../guards.ts'
import { dispatchDesk, reporter, tell } from '../notices.ts'
import { FlowProblem } from '../types.ts'
import { awaiting } from './closing.ts'
import { written, type Steps } from './step.ts'

/** [I11] One kind of matter: handled once, and each resident answered. */
export const patternSteps: Steps<'merge' | 'split' | 'replyChild' | 'inheritAnswer'> = {
  merge: (flow, { main }) => {
    checkNoChildren(flow)
    if (!main.takes) throw new FlowProblem('pattern_closed')
    return {
      set: { pattern: { main: main.id, children: 0 } },
      data: { main: { id: main.id, number: main.number } },
    }
  },
  split: (flow, { reason }) => ({
    set: { pattern: null },
    data: { main: flow.pattern!.main, ...written('reason', reason) },
    notices: tell('submitted', dispatchDesk),
  }),
  replyChild: (flow, { text, outcome }, { at, actor }) => ({
    set: awaiting(flow, { text, outcome, unit: null, by: actor, at: iso(at), photos: [] }, at),
    data: { text, outcome },
    notices: tell('reviewed', reporter),
  }),
  inheritAnswer: (flow, { answer }, { at }) => ({
    set: awaiting(flow, answer, at),
    data: { main: flow.pattern!.main, text: answer.text, outcome: answer.outcome },
    notices: tell('reviewed', reporter),
  }),
}
