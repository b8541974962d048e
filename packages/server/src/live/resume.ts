import { areaLevels, countyOf } from '@minqing/core'
import { sql } from 'kysely'
import type { Transact } from '../database/scope.ts'
import type { Audience } from '../internal/events.ts'
import type { Tx } from '../internal/handler.ts'
import type { LoggedEvent } from '../internal/live-bus.ts'
import type { Ears } from './ears.ts'
import { eventColumns, toEvent, type EventRow } from './log.ts'
import { completeBefore, isAfter, positionOf, type Position } from './position.ts'

/** Who missed more than this reads the lists again: that costs less than sending it all. */
const mostMissed = 1000
/** Sent in one go, so it has to fit well within what a stream buffers: a longer one would be cut off, each time anew. */
const mostMissedBytes = 512 * 1024

const literals = (after: Position) => ({
  xid: sql`${String(after.xid)}::xid8`,
  seq: sql`${String(after.seq)}::bigint`,
})

async function isLost(tx: Tx, after: Position): Promise<boolean> {
  const { xid, seq } = literals(after)
  const { rows } = await sql`
    select 1 where ${xid} > pg_snapshot_xmax(pg_current_snapshot()) or exists (
      select from mq_live_horizon() h where h.xid > ${xid} or (h.xid = ${xid} and h.seq > ${seq})
    )`.execute(tx)
  return rows.length > 0
}

/** Messages come from anywhere; the rest lies in the area asked for. */
function within(kind: Audience['kind'], area: string) {
  if (kind === 'inbox') return sql``
  const county = area.length >= areaLevels.county ? sql`county = ${countyOf(area)} and` : sql``
  return sql`${county} left(area_code, ${area.length}) = ${area} and`
}

async function missedOf(tx: Tx, kind: Audience['kind'], area: string, after: Position, before: string) {
  const { xid, seq } = literals(after)
  const { rows } = await sql<EventRow>`
    select ${sql.raw(eventColumns)} from live_event
    where ${within(kind, area)} audience = ${kind}
      and xid >= ${xid} and (xid > ${xid} or seq > ${seq}) and xid < ${before}::xid8
    order by live_event.xid, live_event.seq limit ${mostMissed + 1}`.execute(tx)
  return rows
}

const inOrder = (a: LoggedEvent, b: LoggedEvent): number =>
  isAfter(positionOf(a.id)!, positionOf(b.id)!) ? 1 : -1

/**
 * What the reader missed after an event that they know: from the table, under row-level security and their scopes of
 * today, each kind with its own. `undefined` when that cannot be told: an id that is too old or not ours, or too much
 * to send.
 *
 * @param told up to where the bus of this process has told everything
 */
export async function missedEvents(
  transact: Transact,
  ears: Ears,
  lastEventId: string,
  told: string,
): Promise<LoggedEvent[] | undefined> {
  const after = positionOf(lastEventId)
  const complete = completeBefore(positionOf(told)!)
  if (!after) return undefined
  // all kinds up to the same place: what comes later, the stream tells itself
  const before = await transact(ears.guards.area, async (tx) => {
    if (await isLost(tx, after)) return undefined
    const { rows } = await sql<{ xid: string }>`select mq_live_frontier()::text as xid`.execute(tx)
    const frontier = BigInt(rows[0]!.xid)
    // the frontier may step back for a moment: what the bus has told will not be told again by it
    return String(frontier > complete ? frontier : complete)
  })
  if (before === undefined) return undefined
  const rows: EventRow[] = []
  for (const kind of ['area', 'issue', 'inbox'] as const) {
    rows.push(...(await transact(ears.guards[kind], (tx) => missedOf(tx, kind, ears.area, after, before))))
  }
  const bytes = rows.reduce((sum, { data }) => sum + Buffer.byteLength(data), 0)
  if (rows.length > mostMissed || bytes > mostMissedBytes) return undefined
  return rows
    .map(toEvent)
    .filter((event) => ears.hear(event))
    .sort(inOrder)
}
