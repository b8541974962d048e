import type { ErrorCode } from '../errors.ts'
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
  /** The deadline follows from the category; the start stays. */
  | 'resident deadline'
  /** The resident has an answer. */
  | 'resident stops'
  /** The resident's clock goes on from its first start: it never resets. */
  | 'resident goes on'

/** Conditions beyond state and person; `guardProblems` has their codes. */
export type Guard =
  | 'has a category'
  | 'each unit once'
  | 'deadlines are working time to come'
  | 'a later deadline'
  | 'assists end before the lead'
  | 'ten assists at most'
  | 'return names a better unit'
  | 'no assist is open'
  | 'closed no longer than thirty days ago'
  | 'closed with an answer'
  | 'no children'
  | 'pattern takes it'

/**
 * Who acts: the center and leaders, a unit by its assignment, the reporter, the clock (and it alone, when its time has
 * come), or the issue that answers for a pattern.
 */
export type Side = 'center' | 'unit' | 'reporter' | 'clock' | 'pattern'

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
  readonly request?: RequestKind | 'any' | null
  /** Whether the assignment must be suspended, or must not. */
  readonly suspended?: boolean
  readonly guards?: readonly Guard[]
  readonly clocks?: readonly ClockEffect[]
}

/** What the server answers when a guard does not hold. */
export const guardProblems: Readonly<Record<Guard, readonly ErrorCode[]>> = {
  'has a category': ['category_needed'],
  'each unit once': ['unit_twice'],
  'deadlines are working time to come': ['deadline_past', 'deadline_far', 'deadline_not_working'],
  'a later deadline': ['extension_not_later'],
  'assists end before the lead': ['assist_deadline_late'],
  'ten assists at most': ['assists_full'],
  'return names a better unit': ['return_unit_needed'],
  'no assist is open': ['assist_open'],
  'closed no longer than thirty days ago': ['reopen_expired'],
  'closed with an answer': ['action_unavailable'],
  'no children': ['pattern_has_children'],
  'pattern takes it': ['pattern_closed'],
}
