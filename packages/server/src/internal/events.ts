import type { Comment, Diary, DiaryLiveEvent, InboxLiveEvent, IssueLiveEvent } from '@minqing/core'
import { sql } from 'kysely'
import type { Tx } from './handler.ts'

/** The channel on which every server process listens; the message says only "there is something to read". */
export const liveChannel = 'mq_live'

/** An event to append. What has a stored wire form is passed as that text, so that it is not serialized twice. */
export type NewEvent = (
  | Omit<DiaryLiveEvent, 'diary' | 'comment' | 'at'>
  | Omit<IssueLiveEvent, 'at'>
  | Omit<InboxLiveEvent, 'at'>
) & {
  readonly at: Date | string
  /** The diary as it now is; a string is its JSON. */
  readonly diary?: Diary | string
  /** The comment as it now is; a string is its JSON. */
  readonly comment?: Comment | string
}

const jsonOf = (value: object | string): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** The event as it goes to the browser: the JSON of core's `LiveEvent`. */
export function eventText({ diary, comment, at, ...rest }: NewEvent): string {
  const head = JSON.stringify({ ...rest, at: typeof at === 'string' ? at : at.toISOString() })
  const tail =
    (diary === undefined ? '' : `,"diary":${jsonOf(diary)}`) +
    (comment === undefined ? '' : `,"comment":${jsonOf(comment)}`)
  return tail ? `${head.slice(0, -1)}${tail}}` : head
}

/**
 * Appends a live event within the transaction that makes the change: both become visible together or not at all.
 * The event's area must lie in the transaction's scope.
 */
export async function appendEvent(tx: Tx, county: string, event: NewEvent): Promise<void> {
  await sql`
    with appended as (
      insert into live_event (county, area_code, type, data)
      values (${county}, ${event.area}, ${event.type}, ${eventText(event)})
    )
    select pg_notify(${liveChannel}, '')`.execute(tx)
}
