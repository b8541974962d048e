import { center, recipientsOf, unitKey, type InboxEntry, type Recipient } from '@minqing/core'
import { sql } from 'kysely'
import { eventInsert, liveChannel } from '../internal/events.ts'
import type { Tx } from '../internal/handler.ts'
import type { Notify, Told } from '../internal/issues/seams.ts'
import type { MessageQueue } from '../internal/message-queue.ts'
import { timedId } from './entry-id.ts'
import { sendLetters } from './letters.ts'
import './tables.ts'

export interface NotifyOptions {
  /** Where messages besides the inbox go. */
  readonly messages: MessageQueue
  /** Address of an issue in the portal, with `{id}`. */
  readonly issueUrl?: string | undefined
}

/** One message to one address. */
export interface Entry extends Recipient {
  readonly id: string
}

/** Each address once, with the first that there is to say; nobody is told of their own deed. */
export const entriesOf = (told: Told): Entry[] =>
  recipientsOf(told).map((recipient) => ({ id: timedId(told.at), ...recipient }))

const wireOf = (entry: Entry, told: Told): string =>
  JSON.stringify({
    id: entry.id,
    type: entry.type,
    at: told.at.toISOString(),
    issue: told.id,
    number: told.number,
    title: told.title,
    area: told.area,
    state: told.state,
    actor: entry.toResident ? center : told.actor,
    dueAt: told.dueAt,
  } satisfies Omit<InboxEntry, 'read'>)

/** A message as its table has it. */
export const rowOf = (entry: Entry, told: Told) => ({
  county: told.county,
  id: entry.id,
  issue_id: told.id,
  area_code: told.area.code,
  type: entry.type,
  at: told.at,
  actor_id: told.actor.id,
  to_person: entry.person,
  to_unit: entry.unit && unitKey(told.county, entry.unit),
  to_desk: entry.desk,
  wire: wireOf(entry, told),
})

const liveOf = (entry: Entry, told: Told) =>
  eventInsert(
    told.county,
    {
      type: 'inbox.added',
      area: told.area.code,
      at: told.at,
      actor: entry.toResident ? center.id : told.actor.id,
      entryId: entry.id,
      noticeType: entry.type,
    },
    {
      kind: 'inbox',
      person: entry.person,
      units: entry.unit === null ? null : [unitKey(told.county, entry.unit)],
      desk: entry.desk,
    },
  )

/** Stores and tells them in one round trip: it is a part of every step of an issue. */
async function add(tx: Tx, entries: readonly Entry[], told: Told): Promise<void> {
  const rows = tx.insertInto('inbox_entry').values(entries.map((entry) => rowOf(entry, told)))
  const live = entries.map((entry, at) => sql`${sql.ref(`live_${at}`)} as (${liveOf(entry, told)})`)
  await sql`with added as (${rows}), ${sql.join(live)} select pg_notify(${liveChannel}, '')`.execute(tx)
}

/**
 * Makes what puts messages into inboxes, tells the streams of those addressed, and queues messages to those who can be
 * reached elsewhere: all in the transaction of the change.
 */
export const createNotify =
  (options: NotifyOptions): Notify =>
  async (tx, told) => {
    const entries = entriesOf(told)
    if (entries.length === 0) return
    await add(tx, entries, told)
    await sendLetters(tx, entries, told, options)
  }
