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

/** Up to when everything is read. Where the county is known it is asked for once, and bounds what an index looks at. */
const readUntil = (me: string, county: string | undefined): RawBuilder<unknown> => sql`
  coalesce((select u.until from inbox_read_until u
    where u.county = ${county ?? sql`e.county`} and u.actor_id = ${me}), '-infinity'::timestamptz)`

const marked = (me: string): RawBuilder<SqlBool> => sql`exists (
  select from inbox_read r where r.county = e.county and r.actor_id = ${me} and r.entry_id = e.id)`

const isUnread = (me: string, { county }: Pick<Part, 'county'>): RawBuilder<SqlBool> =>
  sql`e.at > ${readUntil(me, county)} and not ${marked(me)}`

function conditions(part: Part, query: EntryQuery): RawBuilder<SqlBool> {
  const all = [part.where]
  if (query.type) all.push(sql`e.type = ${query.type}`)
  const { after } = query
  if (after) all.push(sql`e.at <= ${after.at} and (e.at < ${after.at} or e.id < ${after.id})`)
  if (query.unread) all.push(isUnread(query.me, part))
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
  const most = query.size + 1
  const found = together(
    parts.map(
      (part) => sql`
        select e.county, e.id, e.at, e.wire from inbox_entry e where ${conditions(part, query)}
        order by e.at desc, e.id desc limit ${most}`,
    ),
  )
  const { rows } = await sql<FoundEntry>`
    select e.id, e.at, e.wire, e.at <= ${readUntil(query.me, undefined)} or ${marked(query.me)} as read
    from (${found}) e order by e.at desc, e.id desc limit ${most}`.execute(tx)
  return rows
}

/** How many are unread, counted no further than `mostCounted`. */
export async function countUnread(tx: Tx, parts: readonly Part[], me: string): Promise<number> {
  if (parts.length === 0) return 0
  const unread = together(
    parts.map(
      (part) => sql`
        select 1 from inbox_entry e where ${part.where} and ${isUnread(me, part)} limit ${mostCounted}`,
    ),
  )
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from (select 1 from (${unread}) e limit ${mostCounted}) counted`.execute(
    tx,
  )
  return rows[0]!.count
}
