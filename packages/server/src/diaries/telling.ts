import type { DiaryLiveEvent } from '@minqing/core'
import { appendEvent } from '../internal/events.ts'
import type { Call, Tx } from '../internal/handler.ts'
import type { FeedCache } from './feed-cache.ts'

/** What an event about a diary says besides who, when and where. */
export interface Told {
  /** JSON of the diary as it now is. */
  diary?: string
  commentId?: string
  /** JSON of the comment as it now is. */
  comment?: string
}

/** Tells a change to everyone who watches the area: by the event log, and at once to this process's own cache. */
export type Tell = (
  tx: Tx,
  call: Call,
  type: DiaryLiveEvent['type'],
  about: { county: string; id: string; area_code: string },
  told?: Told,
) => Promise<void>

export const teller =
  (cache: FeedCache): Tell =>
  async (tx, call, type, about, told = {}) => {
    const { county, id, area_code } = about
    const head = { type, area: area_code, at: call.now(), actor: call.session.id, diaryId: id }
    await appendEvent(tx, county, { ...head, ...told })
    call.afterCommit(() => cache.invalidate(area_code))
  }
