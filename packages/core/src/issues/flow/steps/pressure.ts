import { dispatchDesk, leadDesk, tell, toUnits } from '../notices.ts'
import { engaged, openParts, release } from '../parts.ts'
import { written, type Steps } from './step.ts'

/** Pressure, and what nobody can solve alone. */
export const pressureSteps: Steps<'remind' | 'supervise' | 'escalate' | 'conclude'> = {
  remind: (flow, { text }) => {
    const units = toUnits(openParts(flow))
    return {
      set: {},
      data: written('text', text),
      notices: tell('reminded', ...(units.length > 0 ? units : [dispatchDesk])),
    }
  },
  supervise: (flow, { text }) => ({
    set: { supervised: true },
    data: written('text', text),
    notices: tell('supervised', dispatchDesk, ...toUnits(openParts(flow))),
  }),
  escalate: (flow, { reason }, deed) => ({
    set: { assignments: release(flow, deed), answer: null },
    data: { reason },
    notices: tell('consultation', leadDesk, ...toUnits(engaged(flow))),
  }),
  conclude: (_, { decision }) => ({
    // [I9] the count begins again
    set: { leadChanges: 0 },
    data: { decision },
    notices: tell('decided', dispatchDesk),
  }),
}
