import type { Issue, Person, UnitRef } from '@minqing/core'

interface Common {
  /** Where its value goes in the body: `lead.dueAt` is a member of a member. */
  name: string
  label: string
  required?: boolean
  hint?: string
}

/** One question of a form, as data. */
export type Field =
  | (Common & { kind: 'text'; max: number; rows?: number })
  | (Common & { kind: 'choice'; options: readonly [value: string, label: string][] })
  | (Common & { kind: 'score' })
  | (Common & { kind: 'stars' })
  | (Common & { kind: 'category' })
  /** A unit of the catalogue; `except` are those that have a part already. */
  | (Common & { kind: 'unit'; except?: readonly string[] })
  /** A working day to come, after `after` if given. */
  | (Common & { kind: 'day'; after?: number })
  | (Common & { kind: 'photos'; max: number })
  | (Common & { kind: 'people'; people: readonly Person[] })
  /** Units that assist, each with its task and deadline. */
  | (Common & { kind: 'targets'; max: number })
  /** Another issue, chosen from similar ones or found by its number. */
  | (Common & { kind: 'issue'; similar: readonly IssueChoice[] })

export interface IssueChoice {
  id: string
  number: string
  title: string
}

/** One unit of several, as a person fills it in. */
export interface TargetValue {
  unit: string
  task: string
  dueAt: string
}

export interface PhotoValue {
  id: string
  blob: Blob
}

/** What a person has filled in, by the names of the fields. */
export type Values = { [name: string]: unknown }

/** What a form knows of where it stands. */
export interface FormContext {
  issue: Issue
  /** The person's units that have a part in the issue. */
  units: readonly UnitRef[]
  similar: readonly IssueChoice[]
  people: readonly Person[]
}
