import type { CategoryRef, IssueAction, IssueState, Notice, Person, UnitRef } from '@minqing/core'
import type { Tx } from '../handler.ts'

/** What the inbox needs to know of a change to tell it. */
export interface Told {
  readonly county: string
  /** Of the issue. */
  readonly id: string
  readonly number: string
  readonly title: string
  readonly area: { readonly code: string; readonly name: string }
  readonly state: IssueState
  readonly reporter: Person
  /** Whether the reporter is a resident, who reads reports and not issues. */
  readonly byResident: boolean
  /** What happened: an action of the table, or the making of the issue. */
  readonly action: IssueAction | 'submit'
  readonly actor: Person
  readonly at: Date
  /** The deadline that a warning or breach speaks of. */
  readonly dueAt: string | null
  /** To whom what is said; never empty. */
  readonly notices: readonly Notice[]
}

/** Puts messages into inboxes, within the transaction of the change: both happen or neither. */
export type Notify = (tx: Tx, told: Told) => Promise<void>

/** The part of an issue by which similar ones are found. */
export interface Likeness {
  readonly county: string
  readonly id: string
  readonly area_code: string
  readonly category: string | null
  readonly folded: string
}

/** How many open issues of the same category family nearby have a similar text. */
export type CountSimilar = (tx: Tx, issue: Likeness) => Promise<number>

/** Where an issue goes by itself: decides, and does nothing. */
export type AutoDispatch = (
  tx: Tx,
  question: { county: string; area: string; text: string; excludeIssue: string },
) => Promise<{ category: CategoryRef; unit: UnitRef } | undefined>
