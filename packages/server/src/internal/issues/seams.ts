import type { IssueAction, IssueState, Notice, Person, Priority } from '@minqing/core'
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

/** What the priority follows from [I13]. */
export interface PriorityFacts {
  readonly text: string
  /** Code of the category, when it has one. */
  readonly category: string | null
  /** Open issues of the same kind nearby. */
  readonly similar: number
  /** Milliseconds of working time since the resident's clock began. */
  readonly waitingMs: number
  readonly reopenings: number
}

export type Rescore = (facts: PriorityFacts) => Pick<Priority, 'score' | 'level' | 'reasons'>

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
