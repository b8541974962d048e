import pg from 'pg'
import type { Read } from '../database/pipeline.ts'
import { placeOf, type Place } from './cursor.ts'
import type { IssueOrder } from './orders.ts'

/** What a list asks for, checked; absent members do not filter. */
export interface Filters {
  readonly area: string
  readonly state?: string | undefined
  readonly category?: string | undefined
  readonly source?: string | undefined
  readonly reporter?: string | undefined
  readonly alarm?: number | undefined
  readonly asked?: 'yes' | undefined
  readonly supervised?: 'yes' | undefined
  readonly pattern?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly order: IssueOrder
  readonly place?: Place | undefined
}

/** One row of a walk, as PostgreSQL writes it: what is sent, and what its place is made of. */
export type WalkRow = [wire: string, at: string, id: string, key?: string]

const instantOf = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date | number

/** The place of a row in the list. */
export function placeOfRow(order: IssueOrder, [, at, id, key = '']: WalkRow): string {
  return placeOf(order, {
    id,
    at: instantOf(at) as Date,
    score: order === 'priority' ? Number(key) : 0,
    due: order === 'due' ? instantOf(key) : 0,
  })
}

/** As many as have been seen; a statement that is prepared is planned once, an unnamed one each time. */
const names = new Map<string, string>()
const mostNames = 400

function nameOf(text: string): string {
  const found = names.get(text)
  if (found !== undefined || names.size >= mostNames) return found ?? ''
  const name = `issue-walk-${names.size}`
  names.set(text, name)
  return name
}

/**
 * Conditions that use an index under row-level security: `=` and `<` only. What is the same in every list of a kind
 * is part of the statement, what differs is a parameter.
 */
function conditions(filters: Filters, put: (value: unknown) => string): string[] {
  const { area, state, category } = filters
  const inArea: Readonly<Record<number, (code: string) => string>> = {
    6: (code) => `county = ${code}`,
    9: (code) => `town = ${code}`,
    12: (code) => `village = ${code}`,
    15: (code) => `grid = ${code}`,
    17: (code) => `grid = left(${code}, 15) and area_code = ${code}`,
  }
  const place = inArea[area.length]?.(`${put(area)}::text`)
  // ':' is what follows '9'
  const parts = [place ?? `county >= ${put(area)} and county < ${put(`${area}:`)}`]
  if (state === 'open') parts.push('open')
  else if (state !== undefined) parts.push(`state = ${put(state)}`)
  if (category !== undefined) parts.push(`category >= ${put(category)} and category < ${put(`${category}:`)}`)
  if (filters.source !== undefined) parts.push(`source = ${put(filters.source)}`)
  if (filters.reporter !== undefined) parts.push(`reporter_id = ${put(filters.reporter)}`)
  if (filters.alarm !== undefined) parts.push(`alarm = ${put(filters.alarm)}`)
  if (filters.asked) parts.push('asked')
  if (filters.supervised) parts.push('supervised')
  if (filters.pattern !== undefined) parts.push(`pattern_main = ${put(filters.pattern)}`)
  if (filters.from !== undefined) parts.push(`created_at >= ${put(filters.from)}`)
  if (filters.to !== undefined) parts.push(`created_at < ${put(filters.to)}`)
  return parts
}

const keys: Readonly<Record<IssueOrder, string | undefined>> = {
  newest: undefined,
  priority: 'score',
  due: 'due_at',
}

/** The order of deadlines rises, the others fall; who goes back goes against it. */
const falls = ({ order, place }: Filters): boolean => (order === 'due') === (place?.back ?? false)

function beyond(filters: Filters, put: (value: unknown) => string): string[] {
  const { place, order } = filters
  if (!place) return []
  const less = falls(filters) ? '<' : '>'
  const [at, id] = [put(place.at), put(place.id)]
  const byTime = `created_at ${less}= ${at} and (created_at ${less} ${at} or id ${less} ${id})`
  const key = keys[order]
  if (key === undefined) return [byTime]
  const value = put(order === 'due' ? place.due : place.score)
  return [`${key} ${less}= ${value} and (${key} ${less} ${value} or (${byTime}))`]
}

/** Few rows have it, and an index of its own leads to them: they are sorted more quickly than a walk finds them. */
const isRare = ({ reporter, asked, supervised, pattern }: Filters): boolean =>
  [reporter, asked, supervised, pattern].some((filter) => filter !== undefined)

/**
 * The statement for a page of an area that the caller's scope covers: it walks along the index that is in the right
 * order, with one row more than asked for, where there is one.
 */
export function walk(filters: Filters, size: number): Read {
  const values: unknown[] = []
  const put = (value: unknown) => `$${values.push(value)}`
  const where = [...conditions(filters, put), ...beyond(filters, put)].join(' and ')
  const key = keys[filters.order]
  const direction = falls(filters) ? ' desc' : ''
  const order = [key, 'created_at', 'id']
    .flatMap((column) => (column ? `${column}${direction}` : []))
    .join(', ')
  // the number stands in the text: of one that it does not know the planner expects too much
  const text =
    `select wire, created_at, id${key === undefined ? '' : `, ${key}`} from issue where ${where} ` +
    `order by ${order} limit ${Math.trunc(size) + 1}`
  const name = nameOf(text)
  return { ...(name ? { name } : {}), text, values, walks: !isRare(filters) }
}
