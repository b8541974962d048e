import { unitKey, type Address, type InboxEntry, type Person } from '@minqing/core'
import { sql } from 'kysely'
import { anonymousId } from '../internal/reserved-ids.ts'
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
export interface Entry {
  readonly id: string
  readonly type: InboxEntry['type']
  readonly person: string | null
  /** Id of the unit within the county. */
  readonly unit: string | null
  readonly desk: 'dispatch' | 'lead' | null
  /** Whether it goes to a resident, who learns no names of officers. */
  readonly toResident: boolean
}

/** Whom residents see behind everything that is done. */
const center: Person = { id: 'center', name: '受理中心' }

type Target = Pick<Entry, 'person' | 'unit' | 'desk' | 'toResident'>
const nobody: Target = { person: null, unit: null, desk: null, toResident: false }

function targetOf(to: Address, { reporter, byResident }: Told): Target {
  if ('unit' in to) return { ...nobody, unit: to.unit }
  if ('desk' in to) return { ...nobody, desk: to.desk }
  if ('person' in to) return { ...nobody, person: to.person }
  return { ...nobody, person: reporter.id, toResident: byResident }
}

/** Each address once, with the first that there is to say; nobody is told of their own deed. */
export function entriesOf(told: Told): Entry[] {
  const found = new Map<string, Entry>()
  for (const { to, type } of told.notices) {
    const target = targetOf(to, told)
    if (target.person === told.actor.id || target.person === anonymousId) continue
    const key = JSON.stringify([target.person, target.unit, target.desk])
    if (!found.has(key)) found.set(key, { id: timedId(told.at), type, ...target })
  }
  return [...found.values()]
}

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
