import type { IssueState } from '@minqing/core'

/** The columns of the board: what is at work, in the order in which it goes on. */
export const boardStates = [
  'submitted',
  'triaged',
  'dispatched',
  'inProgress',
  'answered',
  'awaitingRating',
  'jointConsultation',
] as const satisfies readonly IssueState[]
