import type { Capability } from '../policy.ts'
import type { AssignmentRole, AssignmentState, IssueState, RequestKind } from './words.ts'

/** Which clocks an action touches. Nothing but these words ever changes one [I7]. */
export type ClockEffect =
  /** A unit clock begins, or several. */
  | 'unit starts'
  /** The unit's clock ends. */
  | 'unit stops'
  /** The unit's clock goes on from where it began: the time meanwhile has counted. */
  | 'unit goes on'
  /** Approved suspension: the only pause there is. */
  | 'unit pauses'
  | 'unit resumes'
  /** Approved extension: a later deadline. */
  | 'unit extends'
  /** The resident has an answer. */
  | 'resident stops'
  /** The resident's clock goes on from its first start: it never resets. */
  | 'resident goes on'

/** Conditions beyond state and person, each with a code of its own when it does not hold. */
export type Guard =
  | 'deadlines are working time to come'
  | 'assists end before the lead'
  | 'return names a better unit'
  | 'no assist is open'
  | 'closed no longer than thirty days ago'
  | 'closed with an answer'
  | 'no children'
  | 'pattern takes it'

/** Who acts: the center and leaders, a unit by its assignment, the reporter, or the clock. */
export type Side = 'center' | 'unit' | 'reporter' | 'clock'

export interface Transition {
  readonly from: readonly IssueState[]
  /** Where it leads; absent when the state stays. */
  readonly to?: IssueState
  /** Where it leads instead after three changes of the lead or three reopenings [I9]. */
  readonly orTo?: IssueState
  readonly side: Side
  /** `null`: nobody, only the clock or another issue of the pattern. */
  readonly capability: Capability | null
  /** Whose assignment it concerns, for what a unit does or asks. */
  readonly role?: AssignmentRole
  /** States of that assignment in which it is possible. */
  readonly assignment?: readonly AssignmentState[]
  /** The request that must stand on the assignment; `null`: none may. */
  readonly request?: RequestKind | null
  /** Whether the assignment must be suspended, or must not. */
  readonly suspended?: boolean
  readonly guards?: readonly Guard[]
  readonly clocks?: readonly ClockEffect[]
}

const working = ['dispatched', 'inProgress'] as const
const open = ['submitted', 'triaged', 'dispatched', 'inProgress', 'answered', 'jointConsultation'] as const
/** Where the resident's clock runs. */
const unanswered = [...open, 'merged'] as const
const center = { side: 'center' } as const
const unit = { side: 'unit', capability: 'issue.handle' } as const
const held = ['offered', 'accepted'] as const
const busy = ['accepted'] as const

/**
 * [I1] The life cycle, the whole of it: what is not in here does not happen. `flow.ts` carries it out, the widgets show
 * from it what a person may do now, the diagram in the docs is drawn from it.
 */
export const transitions = {
  // the center receives
  triage: { ...center, capability: 'issue.triage', from: ['submitted', 'triaged'], to: 'triaged' },
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
    guards: ['deadlines are working time to come', 'assists end before the lead'],
    clocks: ['unit starts'],
  },
  addAssist: {
    ...center,
    capability: 'issue.dispatch',
    from: working,
    guards: ['deadlines are working time to come', 'assists end before the lead'],
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
  accept: { ...unit, from: ['dispatched'], to: 'inProgress', role: 'lead', assignment: ['offered'], request: null },
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
  requestSuspension: { ...unit, from: working, assignment: busy, request: null, suspended: false },
  requestExtension: {
    ...unit,
    from: working,
    assignment: busy,
    request: null,
    suspended: false,
    guards: ['deadlines are working time to come'],
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
    clocks: ['unit pauses'],
  },
  approveExtension: {
    ...center,
    capability: 'issue.dispatch',
    from: working,
    request: 'extension',
    clocks: ['unit extends'],
  },
  refuseRequest: { ...center, capability: 'issue.dispatch', from: working, assignment: held },
  resume: { ...unit, from: working, suspended: true, clocks: ['unit resumes'] },

  // the result is looked at and rated
  approveAnswer: {
    ...center,
    capability: 'issue.review',
    from: ['answered'],
    to: 'awaitingRating',
    clocks: ['resident stops'],
  },
  sendBack: { ...center, capability: 'issue.review', from: ['answered'], to: 'inProgress', clocks: ['unit goes on'] },
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
    side: 'clock',
    capability: null,
    from: ['merged'],
    to: 'awaitingRating',
    clocks: ['resident stops'],
  },

  // the clocks speak up, nothing else changes
  warn: { side: 'clock', capability: null, from: unanswered },
  breach: { side: 'clock', capability: null, from: unanswered },
  chase: { side: 'clock', capability: null, from: unanswered },
  endSuspension: { side: 'clock', capability: null, from: working, suspended: true, clocks: ['unit resumes'] },
} as const satisfies Record<string, Transition>

export type IssueAction = keyof typeof transitions
export const issueActions = Object.keys(transitions) as IssueAction[]

/** The row of an action, with every column. */
export const rowOf = (action: IssueAction): Transition => transitions[action]
