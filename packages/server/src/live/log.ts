import type { LiveEventType } from '@minqing/core'
import type { ClientBase } from 'pg'
import type { Audience } from '../internal/events.ts'
import type { LoggedEvent } from '../internal/live-bus.ts'
import type { Position } from './position.ts'

/** A row of the log as it is read, by whomever. */
export interface EventRow {
  xid: string
  seq: string
  area_code: string
  type: LiveEventType
  data: string
  audience: Audience['kind']
  units: string[] | null
  person: string | null
  desk: 'dispatch' | 'lead' | null
}

/** What is read of a row. */
export const eventColumns = 'xid::text, seq::text, area_code, type, data, audience, units, person, desk'

/** Days for which events are kept; who was away for longer reads the lists again. */
export const retentionDays = 7

const batch = 500

export const toEvent = (row: EventRow): LoggedEvent => ({
  id: `${row.xid}-${row.seq}`,
  type: row.type,
  area: row.area_code,
  to: { kind: row.audience, units: row.units, person: row.person, desk: row.desk },
  data: row.data,
})

/** The place from which on everything is still to come: no transaction of ours before it is open any more. */
export async function currentPosition(client: ClientBase): Promise<Position> {
  const { rows } = await client.query<{ xid: string }>('select mq_live_frontier()::text as xid')
  return { xid: BigInt(rows[0]!.xid), seq: 0n }
}

/** Events of all areas after a place, in log order: for the server itself. */
export async function eventsAfter(
  client: ClientBase,
  { xid, seq }: Position,
): Promise<{ events: LoggedEvent[]; more: boolean }> {
  const { rows } = await client.query<EventRow>({
    name: 'live-after',
    text: `select ${eventColumns} from mq_live_after($1::xid8, $2::bigint, $3)`,
    values: [String(xid), String(seq), batch],
  })
  return { events: rows.map(toEvent), more: rows.length === batch }
}

/** Whether committed events wait behind a transaction that is still open. */
export async function eventsHeld(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>({
    name: 'live-held',
    text: 'select mq_live_held() as held',
  })
  return rows[0]!.held
}

/** Forgets events past their time. Several processes may do it at once. */
export async function purgeEvents(client: ClientBase): Promise<void> {
  await client.query(`select mq_live_purge(now() - make_interval(days => $1))`, [retentionDays])
}
