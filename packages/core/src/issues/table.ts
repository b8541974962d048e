import type { Transition } from './transition.ts'

const working = ['dispatched', 'inProgress'] as const
const open = ['submitted', 'triaged', 'dispatched', 'inProgress', 'answered', 'jointConsultation'] as const
/** Where the resident's clock runs. */
const unanswered = [...open, 'merged'] as const
const center = { side: 'center' } as const
const unit = { side: 'unit', capability: 'issue.handle' } as const
const held = ['offered', 'accepted'] as const
const busy = ['accepted'] as const

/**
 * [I1] The life cycle, the whole of it: what is not in here does not happen. `flow/` carries it out, the widgets show
 * from it what a person may do now, the diagram in the docs is drawn from it.
 */
export const transitions = {
  // the center receives
  triage: {
    ...center,
    capability: 'issue.triage',
    from: ['submitted', 'triaged'],
    to: 'triaged',
    clocks: ['resident deadline'],
  },
  refuse: {
    ...center,
    capability: 'issue.triage',
    from: ['submitted', 'triaged'],
    to: 'closed',
    guards: ['no children'],
    clocks: ['resident stops'],
  },
  withdraw: {
    side: 'reporter',
    capability: 'issue.create',
    from: ['submitted'],
    to: 'closed',
    guards: ['no children'],
    clocks: ['resident stops'],
  },
  overridePriority: { ...center, capability: 'issue.triage', from: open },

  // the center hands over
  dispatch: {
    ...center,
    capability: 'issue.dispatch',
    from: ['triaged'],
    to: 'dispatched',
    guards: [
      'has a category',
      'each unit once',
      'deadlines are working time to come',
      'assists end before the lead',
    ],
    clocks: ['unit starts'],
  },
  addAssist: {
    ...center,
    capability: 'issue.dispatch',
    from: working,
    guards: [
      'each unit once',
      'ten assists at most',
      'deadlines are working time to come',
      'assists end before the lead',
    ],
    clocks: ['unit starts'],
  },
  releaseAssist: {
    ...center,
    capability: 'issue.dispatch',
    from: working,
    role: 'assist',
    assignment: held,
    clocks: ['unit stops'],
  },
  recall: {
    ...center,
    capability: 'issue.dispatch',
    from: working,
    to: 'triaged',
    orTo: 'jointConsultation',
    role: 'lead',
    assignment: held,
    clocks: ['unit stops'],
  },

  // units work
  accept: {
    ...unit,
    from: ['dispatched'],
    to: 'inProgress',
    role: 'lead',
    assignment: ['offered'],
    request: null,
  },
  acceptAssist: { ...unit, from: working, role: 'assist', assignment: ['offered'], request: null },
  addProgress: { ...unit, from: working, assignment: held },
  answerAssist: {
    ...unit,
    from: working,
    role: 'assist',
    assignment: held,
    request: null,
    suspended: false,
    clocks: ['unit stops'],
  },
  answer: {
    ...unit,
    from: ['inProgress'],
    to: 'answered',
    role: 'lead',
    assignment: busy,
    request: null,
    suspended: false,
    guards: ['no assist is open'],
    clocks: ['unit stops'],
  },

  // units ask, the dispatcher decides
  requestReturn: {
    ...unit,
    from: working,
    assignment: held,
    request: null,
    suspended: false,
    guards: ['return names a better unit'],
  },
  requestSuspension: {
    ...unit,
    from: working,
    assignment: busy,
    request: null,
    suspended: false,
    guards: ['deadlines are working time to come'],
  },
  requestExtension: {
    ...unit,
    from: working,
    assignment: busy,
    request: null,
    suspended: false,
    guards: ['deadlines are working time to come', 'a later deadline'],
  },
  approveReturn: {
    ...center,
    capability: 'issue.dispatch',
    from: working,
    to: 'triaged',
    orTo: 'jointConsultation',
    role: 'lead',
    request: 'return',
    clocks: ['unit stops'],
  },
  approveAssistReturn: {
    ...center,
    capability: 'issue.dispatch',
    from: working,
    role: 'assist',
    request: 'return',
    clocks: ['unit stops'],
  },
  approveSuspension: {
    ...center,
    capability: 'issue.dispatch',
    from: working,
    request: 'suspension',
    guards: ['deadlines are working time to come'],
    clocks: ['unit pauses'],
  },
  approveExtension: {
    ...center,
    capability: 'issue.dispatch',
    from: working,
    request: 'extension',
    guards: ['deadlines are working time to come', 'assists end before the lead'],
    clocks: ['unit extends'],
  },
  refuseRequest: { ...center, capability: 'issue.dispatch', from: working, request: 'any' },
  resume: { ...unit, from: working, suspended: true, clocks: ['unit resumes'] },

  // the result is looked at and rated
  approveAnswer: {
    ...center,
    capability: 'issue.review',
    from: ['answered'],
    to: 'awaitingRating',
    clocks: ['resident stops'],
  },
  sendBack: {
    ...center,
    capability: 'issue.review',
    from: ['answered'],
    to: 'inProgress',
    clocks: ['unit goes on'],
  },
  rate: { side: 'reporter', capability: 'issue.rate', from: ['awaitingRating'], to: 'closed' },
  rateUnsolved: {
    side: 'reporter',
    capability: 'issue.rate',
    from: ['awaitingRating'],
    to: 'triaged',
    orTo: 'jointConsultation',
    clocks: ['resident goes on'],
  },
  spotCheck: { ...center, capability: 'issue.review', from: ['awaitingRating'], to: 'closed' },
  closeUnrated: { side: 'clock', capability: null, from: ['awaitingRating'], to: 'closed' },
  reopen: {
    side: 'reporter',
    capability: 'issue.reopen',
    from: ['closed'],
    to: 'triaged',
    orTo: 'jointConsultation',
    guards: ['closed no longer than thirty days ago', 'closed with an answer'],
    clocks: ['resident goes on'],
  },

  // pressure, and what nobody can solve alone
  remind: { ...center, capability: 'issue.remind', from: open },
  supervise: { ...center, capability: 'issue.supervise', from: open },
  escalate: {
    ...center,
    capability: 'issue.escalate',
    from: ['triaged', 'dispatched', 'inProgress', 'answered'],
    to: 'jointConsultation',
    clocks: ['unit stops'],
  },
  conclude: { ...center, capability: 'issue.consult', from: ['jointConsultation'], to: 'triaged' },

  // one kind of matter
  merge: {
    ...center,
    capability: 'issue.merge',
    from: ['submitted', 'triaged'],
    to: 'merged',
    guards: ['no children', 'pattern takes it'],
  },
  split: { ...center, capability: 'issue.merge', from: ['merged'], to: 'triaged' },
  replyChild: {
    ...center,
    capability: 'issue.review',
    from: ['merged'],
    to: 'awaitingRating',
    clocks: ['resident stops'],
  },
  inheritAnswer: {
    side: 'pattern',
    capability: null,
    from: ['merged'],
    to: 'awaitingRating',
    clocks: ['resident stops'],
  },

  // the clocks speak up, nothing else changes
  warn: { side: 'clock', capability: null, from: unanswered },
  breach: { side: 'clock', capability: null, from: unanswered },
  chase: { side: 'clock', capability: null, from: unanswered },
  endSuspension: {
    side: 'clock',
    capability: null,
    from: working,
    suspended: true,
    clocks: ['unit resumes'],
  },
} as const satisfies Record<string, Transition>

export type IssueAction = keyof typeof transitions
export const issueActions = Object.keys(transitions) as IssueAction[]

/** The row of an action, with every column. */
export const rowOf = (action: IssueAction): Transition => transitions[action]
