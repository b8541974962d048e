import type { Category, Issue, IssueEvent, Suggestion, Unit } from '@minqing/core'

/** The issue that is open, and what belongs to it. */
export interface Opened {
  readonly id: string
  issue?: Issue
  /** Oldest first. */
  events?: readonly IssueEvent[]
  suggestion?: Suggestion
  loading: boolean
  problem?: unknown
  /** Since when what is shown may be out of date: it comes from this device's memory. */
  oldSince?: Date
  /** The resident's phone, once it was asked for. */
  contact?: { name: string; phone: string | null }
}

/** What forms choose from. */
export interface Catalogue {
  categories: readonly Category[]
  units: readonly Unit[]
}
