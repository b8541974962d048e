import type { Comment, Diary, DiaryLiveEvent, InboxLiveEvent, IssueLiveEvent } from '@minqing/core'
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from './handler.ts'

/** The channel on which every server process listens; the message says only "there is something to read". */
export const liveChannel = 'mq_live'

/** An event to append. What has a stored wire form is passed as that text, so that it is not serialized twice. */
export type NewEvent = (
  Omit<DiaryLiveEvent, 'diary' | 'comment' | 'at'> | Omit<IssueLiveEvent, 'at'> | Omit<InboxLiveEvent, 'at'>
) & {
  readonly at: Date | string
  /** The diary as it now is; a string is its JSON. */
  readonly diary?: Diary | string
  /** The comment as it now is; a string is its JSON. */
  readonly comment?: Comment | string
}

/** Who hears of an event. */
export interface Audience {
  /**
   * `area`: whose diary.read holds its area. `issue`: whose issue.read holds its area, one of `units`, or who is
   * `person` (the reporter). `inbox`: nobody but `person`, `units`, or the `desk` of its area.
   */
  readonly kind: 'area' | 'issue' | 'inbox'
  /** As `county/unit`. */
  readonly units?: readonly string[] | null
  readonly person?: string | null
  readonly desk?: 'dispatch' | 'lead' | null
}

const ofArea: Audience = { kind: 'area' }

const jsonOf = (value: object | string): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** The event as it goes to the browser: the JSON of core's `LiveEvent`. */
export function eventText({ diary, comment, at, ...rest }: NewEvent): string {
  const head = JSON.stringify({ ...rest, at: typeof at === 'string' ? at : at.toISOString() })
  const tail =
    (diary === undefined ? '' : `,"diary":${jsonOf(diary)}`) +
    (comment === undefined ? '' : `,"comment":${jsonOf(comment)}`)
  return tail ? `${head.slice(0, -1)}${tail}}` : head
}

/** The statement that adds a live event to the log; whoever runs it also wakes the listeners. */
export const eventInsert = (
  county: string,
  event: NewEvent,
  to: Audience = ofArea,
): RawBuilder<unknown> => sql`
  insert into live_event (county, area_code, type, data, audience, units, person, desk)
  values (${county}, ${event.area}, ${event.type}, ${eventText(event)}, ${to.kind},
    ${to.units ? [...to.units] : null}::text[], ${to.person ?? null}, ${to.desk ?? null})`

/**
 * Appends a live event within the transaction that makes the change: both become visible together or not at all.
 * Its area must lie in the transaction's scope, unless it is a message, or about an issue that the transaction sees by
 * a unit or as its reporter.
 */
export async function appendEvent(tx: Tx, county: string, event: NewEvent, to?: Audience): Promise<void> {
  await sql`
    with appended as (${eventInsert(county, event, to)})
    select pg_notify(${liveChannel}, '')`.execute(tx)
}
