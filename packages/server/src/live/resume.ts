import { areaLevels, countyOf } from '@minqing/core'
import { sql } from 'kysely'
import type { Call } from '../internal/handler.ts'
import type { LoggedEvent } from '../internal/live-bus.ts'
import { toEvent, type EventRow } from './log.ts'
import { positionOf } from './position.ts'

/** Who missed more than this reads the lists again: that costs less than sending it all. */
const mostMissed = 1000
/** Sent in one go, so it has to fit well within what a stream buffers: a longer one would be cut off, each time anew. */
const mostMissedBytes = 512 * 1024

/**
 * What the caller missed in an area after an event that they know: from the table, under row-level security and their
 * scope of today. `undefined` when that cannot be told: an id that is too old or not ours, or too much to send.
 */
export async function missedEvents(
  call: Call,
  area: string,
  lastEventId: string,
): Promise<LoggedEvent[] | undefined> {
  const after = positionOf(lastEventId)
  if (!after) return undefined
  const xid = sql`${String(after.xid)}::xid8`
  const seq = sql`${String(after.seq)}::bigint`
  const county = area.length >= areaLevels.county ? sql`county = ${countyOf(area)} and` : sql``
  return call.transact(async (tx) => {
    const lost = await sql`
      select 1 where ${xid} > pg_snapshot_xmax(pg_current_snapshot()) or exists (
        select from mq_live_horizon() h where h.xid > ${xid} or (h.xid = ${xid} and h.seq > ${seq})
      )`.execute(tx)
    if (lost.rows.length > 0) return undefined
    const { rows } = await sql<EventRow>`
      select xid::text, seq::text, area_code, type, data from live_event
      where ${county} left(area_code, ${area.length}) = ${area}
        and xid >= ${xid} and (xid > ${xid} or seq > ${seq}) and xid < pg_snapshot_xmin(pg_current_snapshot())
      order by xid, seq limit ${mostMissed + 1}`.execute(tx)
    const bytes = rows.reduce((sum, { data }) => sum + Buffer.byteLength(data), 0)
    return rows.length > mostMissed || bytes > mostMissedBytes ? undefined : rows.map(toEvent)
  })
}
