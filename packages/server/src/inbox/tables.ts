import type { NoticeType } from '@minqing/core'

export interface InboxEntryTable {
  county: string
  id: string
  issue_id: string
  area_code: string
  type: NoticeType
  at: Date
  /** Who caused it. */
  actor_id: string
  /** One of the three. */
  to_person: string | null
  /** `330683/jianshe` */
  to_unit: string | null
  to_desk: 'dispatch' | 'lead' | null
  /** The JSON of core's `InboxEntry` without `read`. */
  wire: string
}

export interface InboxReadTable {
  county: string
  actor_id: string
  entry_id: string
}

export interface InboxReadUntilTable {
  county: string
  actor_id: string
  until: Date
}

declare module '../database/tables.ts' {
  interface Tables {
    inbox_entry: InboxEntryTable
    inbox_read: InboxReadTable
    inbox_read_until: InboxReadUntilTable
  }
}
