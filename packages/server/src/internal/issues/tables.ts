import type {
  Flow,
  IssueEvent,
  IssueSource,
  IssueState,
  Photo,
  Place,
  Priority,
  Resident,
} from '@minqing/core'
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

/** A jsonb column: read as what it holds, written as JSON text. */
type Json<T> = ColumnType<T, string, string>

export interface IssueTable {
  county: string
  id: string
  number: string
  area_code: string
  /** The name that the area had when the issue was made. */
  area_name: string
  town: GeneratedAlways<string | null>
  village: GeneratedAlways<string | null>
  grid: GeneratedAlways<string | null>
  source: IssueSource
  diary_id: string | null
  title: string
  text: string
  /** Text and number as search compares them, see internal/fold.ts. */
  folded: string
  search: string
  photos: Json<Photo[]>
  place: ColumnType<Place | null, string | null, never>
  reporter_id: string
  reporter_name: string
  reporter_title: string | null
  /** With the phone as it was written. */
  resident: ColumnType<Resident | null, string | null, never>
  /** SHA-256 of a report's receipt. */
  receipt_hash: Buffer | null
  flow: Json<Flow>
  priority: Json<Priority>
  score: number
  state: IssueState
  open: GeneratedAlways<boolean>
  category: string | null
  lead_unit: string | null
  /** Every unit that has or had a part in it: `330683/jianshe`. */
  units: string[]
  /** The next deadline of a running clock; `Infinity` when none runs. */
  due_at: ColumnType<Date | number, Date | string, Date | string>
  resident_due_at: ColumnType<Date, Date | string, Date | string>
  /** When the clock does something next. */
  tick_at: ColumnType<Date | null, Date | string | null, Date | string | null>
  /** Of the running clocks: 0 quiet, 1 warned, 2 past a deadline. */
  alarm: number
  asked: boolean
  supervised: boolean
  pattern_main: string | null
  /** Open ones like it nearby, when it was last looked at. */
  similar_open: number
  /** Taken back by its reporter: its diary may be forwarded again. */
  withdrawn: Generated<boolean>
  /** SHA-256 of what was sent. */
  request_hash: Buffer | null
  /** Also the number of its events. */
  version: number
  /** Of the last event. */
  head_hash: Buffer
  created_at: Date
  changed_at: Date
  /** The JSON of core's `Issue`, exactly as it is sent. */
  wire: string
}

export interface IssueUnitTable {
  county: string
  issue_id: string
  unit_id: string
  /** Whether it has a part now. */
  open: boolean
  created_at: Date
}

export interface IssueEventTable {
  county: string
  issue_id: string
  seq: number
  action: IssueEvent['action']
  at: Date
  actor_id: string
  actor_name: string
  actor_title: string | null
  from_state: IssueState | null
  to_state: IssueState
  data: Json<IssueEvent['data']>
  hash: Buffer
}

declare module '../../database/tables.ts' {
  interface Tables {
    issue: IssueTable
    issue_unit: IssueUnitTable
    issue_event: IssueEventTable
  }
}
