import type { Comment, Diary, DiaryRevision } from '@minqing/core'
import type { Selectable } from 'kysely'
import type { DiaryCommentTable, DiaryRevisionTable, DiaryTable } from './tables.ts'

/** What the wire form of a diary is made of: its columns, and the name of its area. */
export type DiaryState = Omit<
  Selectable<DiaryTable>,
  'wire' | 'search' | 'folded' | 'county' | 'town' | 'village' | 'grid' | 'deleted_at'
> & { area_name: string }

const person = (id: string, name: string, title: string | null) => ({ id, name, ...(title ? { title } : {}) })

/** The only maker of a diary's wire form. */
export const presentDiary = (state: DiaryState): Diary => ({
  id: state.id,
  version: state.version,
  area: { code: state.area_code, name: state.area_name },
  author: person(state.author_id, state.author_name, state.author_title),
  kind: state.kind,
  text: state.text,
  tags: state.tags,
  visited: state.visited,
  place: state.place,
  photos: state.photos,
  writtenAt: state.written_at.toISOString(),
  createdAt: state.created_at.toISOString(),
  editedAt: state.edited_at.toISOString(),
  commentCount: state.comment_count,
  usefulCount: state.useful_count,
  acceptedAnswer: state.accepted_answer,
})

export const presentComment = (row: Omit<Selectable<DiaryCommentTable>, 'wire'>): Comment => ({
  id: row.id,
  diaryId: row.diary_id,
  author: person(row.author_id, row.author_name, row.author_title),
  text: row.text,
  createdAt: row.created_at.toISOString(),
})

export const presentRevision = (row: Selectable<DiaryRevisionTable>): DiaryRevision => ({
  version: row.version,
  kind: row.kind,
  text: row.text,
  visited: row.visited,
  place: row.place,
  photos: row.photos,
  at: row.at.toISOString(),
})
