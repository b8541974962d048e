import { countyOf, type DiaryQuery } from '@minqing/core'
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Tx } from '../internal/handler.ts'
import type { Position } from '../internal/cursor.ts'
import { likePattern, searchTerms, wordsOf } from '../internal/fold.ts'

/** One diary of a list: what is sent, and its place. */
export interface Listed extends Position {
  wire: string
}

/** What a list asks for, checked. */
export interface ListQuery {
  area: string
  kind?: string
  tag?: string
  author?: string
  q?: string
  from?: Date
  to?: Date
  newer: boolean
  after?: Position
  size: number
}

const instant = (value: string | undefined): Date | undefined =>
  value === undefined ? undefined : new Date(value)

export const toListQuery = (input: DiaryQuery, me: string, after: Position | undefined): ListQuery => ({
  area: input.area,
  kind: input.kind,
  tag: input.tag,
  author: input.author === 'me' ? me : input.author,
  q: input.q,
  from: instant(input.from),
  to: instant(input.to),
  newer: input.direction === 'newer',
  after,
  size: input.limit ?? 50,
})

/** The newest page or one further back, with no filter: the one that is asked for all the time. */
export const isPlain = (query: ListQuery): boolean =>
  query.area.length >= 6 &&
  !query.newer &&
  [query.kind, query.tag, query.author, query.q, query.from, query.to].every((filter) => filter === undefined)

/** Conditions that can use an index under row-level security: `=` and `<` only. */
function inArea(area: string): RawBuilder<SqlBool> {
  switch (area.length) {
    case 17:
      return sql`grid = ${area.slice(0, 15)} and area_code = ${area}`
    case 15:
      return sql`grid = ${area}`
    case 12:
      return sql`village = ${area}`
    case 9:
      return sql`town = ${area}`
    case 6:
      return sql`county = ${area}`
    default:
      // ':' is what follows '9'
      return sql`county >= ${area} and county < ${`${area}:`}`
  }
}

function conditions(query: ListQuery): RawBuilder<SqlBool> {
  const { after, newer } = query
  const parts = [inArea(query.area), sql<SqlBool>`deleted_at is null`]
  if (query.kind) parts.push(sql`kind = ${query.kind}`)
  // the county is part of the index
  if (query.kind && query.area.length > 6) parts.push(sql`county = ${countyOf(query.area)}`)
  if (query.author) parts.push(sql`author_id = ${query.author}`)
  if (query.from) parts.push(sql`created_at >= ${query.from}`)
  if (query.to) parts.push(sql`created_at < ${query.to}`)
  if (after && newer)
    parts.push(sql`created_at >= ${after.at} and (created_at > ${after.at} or id > ${after.id})`)
  if (after && !newer)
    parts.push(sql`created_at <= ${after.at} and (created_at < ${after.at} or id < ${after.id})`)
  return sql.join(parts, sql` and `)
}

/** One diary more than asked for, where there is one: it tells that there is a next page. */
export async function listDiaries(tx: Tx, query: ListQuery): Promise<Listed[]> {
  const searches = query.q !== undefined || query.tag !== undefined
  const order = query.newer ? sql`created_at, id` : sql`created_at desc, id desc`
  const rows = searches
    ? await searched(tx, query)
    : (
        await sql<ListedRow>`
          select wire, created_at, id from diary where ${conditions(query)}
          order by ${order} limit ${query.size + 1}`.execute(tx)
      ).rows
  return rows.map(({ wire, created_at, id }) => ({ wire, at: created_at, id }))
}

interface ListedRow {
  wire: string
  created_at: Date
  id: string
}

async function searched(tx: Tx, query: ListQuery): Promise<ListedRow[]> {
  const words = query.q === undefined ? [] : wordsOf(query.q)
  const { rows } = await sql<ListedRow>`
    select diary.wire, diary.created_at, diary.id
    from mq_diary_search(
      ${query.area}, ${searchTerms(words, query.tag)}::text[], ${words.map(likePattern)}::text[], ${query.tag ?? null},
      ${query.kind ?? null}, ${query.author ?? null}, ${query.from ?? null}::timestamptz,
      ${query.to ?? null}::timestamptz, ${query.newer}, ${query.after?.at ?? null}::timestamptz,
      ${query.after?.id ?? null}::uuid, ${query.size + 1}
    ) with ordinality as hit (county, created_at, id, place)
    join diary on diary.county = hit.county and diary.id = hit.id
    where diary.deleted_at is null
    order by hit.place`.execute(tx)
  return rows
}
