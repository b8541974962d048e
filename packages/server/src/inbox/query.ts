import type { NoticeType } from '@minqing/core'
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Position } from '../internal/cursor.ts'
import type { Tx } from '../internal/handler.ts'
import type { Part } from './addresses.ts'

/** A count beyond this is told as this: nobody reads the difference, and it would have to be counted. */
export const mostCounted = 1000

export interface EntryQuery {
  readonly me: string
  readonly unread: boolean
  readonly type?: NoticeType | undefined
  readonly after?: Position | undefined
  readonly size: number
}

export interface FoundEntry extends Position {
  wire: string
  read: boolean
}

/** Up to when everything is read, by county. */
export type ReadUntil = ReadonlyMap<string, Date>

/**
 * Asked for first and by itself: the planner has to know the moment to see that little lies behind it, and to read
 * that little by its index.
 */
export async function readUntil(tx: Tx, me: string): Promise<ReadUntil> {
  const rows = await tx
    .selectFrom('inbox_read_until')
    .select(['county', 'until'])
    .where('actor_id', '=', me)
    .execute()
  return new Map(rows.map(({ county, until }) => [county, until]))
}

const marked = (me: string): RawBuilder<SqlBool> => sql`exists (
  select from inbox_read r where r.county = e.county and r.actor_id = ${me} and r.entry_id = e.id)`

/** Behind the moment of its county; where a part is of several counties, each is looked up. */
function isAfter(until: ReadUntil, county: string | undefined): RawBuilder<SqlBool> {
  if (until.size === 0) return sql`true`
  if (county !== undefined) {
    const moment = until.get(county)
    return moment ? sql`e.at > ${moment}::timestamptz` : sql`true`
  }
  const counties = [...until.keys()]
  const moments = [...until.values()].map((moment) => moment.toISOString())
  return sql`e.at > coalesce(
    (${moments}::timestamptz[])[array_position(${counties}::text[], e.county)], '-infinity')`
}

const isUnread = (me: string, until: ReadUntil, { county }: Pick<Part, 'county'>): RawBuilder<SqlBool> =>
  sql`${isAfter(until, county)} and not ${marked(me)}`

function conditions(part: Part, query: EntryQuery, until: ReadUntil): RawBuilder<SqlBool> {
  const all = [part.where]
  if (query.type) all.push(sql`e.type = ${query.type}`)
  const { after } = query
  if (after) all.push(sql`e.at <= ${after.at} and (e.at < ${after.at} or e.id < ${after.id})`)
  if (query.unread) all.push(isUnread(query.me, until, part))
  return sql.join(all, sql` and `)
}

const together = (statements: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  sql.join(
    statements.map((statement) => sql`(${statement})`),
    sql` union all `,
  )

/** One entry more than asked for, where there is one. Each address is read by its own index, then they are merged. */
export async function listEntries(tx: Tx, parts: readonly Part[], query: EntryQuery): Promise<FoundEntry[]> {
  if (parts.length === 0) return []
  const until = await readUntil(tx, query.me)
  const most = query.size + 1
  const found = together(
    parts.map(
      (part) => sql`
        select e.county, e.id, e.at, e.wire from inbox_entry e where ${conditions(part, query, until)}
        order by e.at desc, e.id desc limit ${most}`,
    ),
  )
  const { rows } = await sql<FoundEntry>`
    select e.id, e.at, e.wire, not (${isUnread(query.me, until, {})}) as read
    from (${found}) e order by e.at desc, e.id desc limit ${most}`.execute(tx)
  return rows
}

/**
 * How many are unread, counted no further than `mostCounted`. In order, so that the index stops there: without it the
 * planner would gather all that row-level security lets through first.
 */
export async function countUnread(tx: Tx, parts: readonly Part[], me: string): Promise<number> {
  if (parts.length === 0) return 0
  const until = await readUntil(tx, me)
  const unread = together(
    parts.map(
      (part) => sql`
        select 1 from inbox_entry e where ${part.where} and ${isUnread(me, until, part)}
        order by e.at desc, e.id desc limit ${mostCounted}`,
    ),
  )
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from (select 1 from (${unread}) e limit ${mostCounted}) counted`.execute(
    tx,
  )
  return rows[0]!.count
}
