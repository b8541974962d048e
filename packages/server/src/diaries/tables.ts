import type { DiaryKind, Photo, Place } from '@minqing/core'
import type { ColumnType, GeneratedAlways } from 'kysely'

/** A jsonb column: read as what it holds, written as JSON text. */
type Json<T> = ColumnType<T, string, string>

export interface DiaryTable {
  county: string
  id: string
  area_code: string
  town: GeneratedAlways<string | null>
  village: GeneratedAlways<string | null>
  grid: GeneratedAlways<string | null>
  author_id: string
  author_name: string
  author_title: string | null
  kind: DiaryKind
  text: string
  /** The text as search compares it, see fold.ts. */
  folded: string
  tags: string[]
  visited: string[]
  place: ColumnType<Place | null, string | null, string | null>
  photos: Json<Photo[]>
  written_at: Date
  created_at: Date
  edited_at: Date
  version: number
  deleted_at: Date | null
  comment_count: number
  useful_count: number
  accepted_answer: string | null
  /** The JSON of core's `Diary`, exactly as it is sent. */
  wire: string
  search: string
}

/** A state that an edit replaced. */
export interface DiaryRevisionTable {
  county: string
  diary_id: string
  version: number
  area_code: string
  kind: DiaryKind
  text: string
  visited: string[]
  place: ColumnType<Place | null, string | null, never>
  photos: Json<Photo[]>
  at: Date
}

export interface DiaryCommentTable {
  county: string
  id: string
  diary_id: string
  area_code: string
  author_id: string
  author_name: string
  author_title: string | null
  text: string
  created_at: Date
  deleted_at: Date | null
  /** The JSON of core's `Comment`, exactly as it is sent. */
  wire: string
}

export interface DiaryUsefulTable {
  county: string
  diary_id: string
  actor_id: string
  area_code: string
  created_at: Date
}

declare module '../database/tables.ts' {
  interface Tables {
    diary: DiaryTable
    diary_revision: DiaryRevisionTable
    diary_comment: DiaryCommentTable
    diary_useful: DiaryUsefulTable
  }
}
