import type { DiaryKind, Place } from '@minqing/core/wire'
import type { DraftPhoto } from '../../internal/photos/photo-row.ts'

export type { DraftPhoto }

/** What is in the form. */
export interface Draft {
  /** The diary's id from the start, so that the same draft sent twice is still one diary. */
  id?: string
  area?: string
  kind: DiaryKind
  text: string
  visited: string[]
  place?: Place
  photos: DraftPhoto[]
  /** 同时上报为事项, once it has arrived; the issue has its id from the start as well. */
  forward?: { issueId: string; solved?: string } | undefined
  /** Id of the refused entry that is being mended. */
  mends?: string
}

export const emptyDraft = (): Draft => ({ kind: 'visit', text: '', visited: [], photos: [] })

export const isBlank = ({ text, visited, place, photos }: Draft): boolean =>
  !text.trim() && !visited.length && !place && !photos.length
