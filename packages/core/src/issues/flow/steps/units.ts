import { leadOf } from '../../available.ts'
import type { Flow } from '../../flow-schema.ts'
import { iso } from '../clocks.ts'
import { checkNoAssistOpen } from '../guards.ts'
import { dispatchDesk, tell } from '../notices.ts'
import { partOf, replace } from '../parts.ts'
import type { Deed } from '../types.ts'
import type { Change, Steps } from './step.ts'

const accepted = (flow: Flow, { assignment }: { assignment: number }, { at, actor }: Deed): Change => ({
  set: {
    assignments: replace(flow, assignment, { state: 'accepted', acceptedAt: iso(at), handler: actor }),
  },
  data: { assignment, unit: partOf(flow, assignment).unit },
})

/** What units do. */
export const unitSteps: Steps<'accept' | 'acceptAssist' | 'addProgress' | 'answerAssist' | 'answer'> = {
  accept: accepted,
  acceptAssist: accepted,
  addProgress: (flow, { assignment, note, photos, mentions }) => ({
    set: {},
    data: {
      ...{ assignment, note, unit: partOf(flow, assignment).unit },
      ...(photos.length > 0 ? { photos } : {}),
      ...(mentions.length > 0 ? { mentions } : {}),
    },
    notices: mentions.map((person) => ({ to: { person }, type: 'mentioned' })),
  }),
  answerAssist: (flow, { assignment, reply }, { at }) => ({
    set: { assignments: replace(flow, assignment, { state: 'answered', endedAt: iso(at), reply }) },
    data: { assignment, reply, unit: partOf(flow, assignment).unit },
    notices: tell('answered', { unit: leadOf(flow.assignments)!.unit.id }),
  }),
  answer: (flow, { assignment, text, outcome, photos }, { at, actor }) => {
    checkNoAssistOpen(flow)
    const { unit } = partOf(flow, assignment)
    return {
      set: {
        answer: { text, outcome, unit, by: actor, at: iso(at), photos: [...photos] },
        assignments: replace(flow, assignment, { state: 'answered', endedAt: iso(at) }),
      },
      data: { assignment, text, outcome, unit, ...(photos.length > 0 ? { photos } : {}) },
      notices: tell('answered', dispatchDesk),
    }
  },
}
