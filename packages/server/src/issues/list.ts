import {
  holds,
  countyOf,
  inScope,
  type Access,
  type IssueCounts,
  type IssueQuery,
  issueStates,
} from '@minqing/core'
import { sql } from 'kysely'
import type { Deps } from '../internal/deps.ts'
import { likePattern, searchTerms, wordsOf } from '../internal/fold.ts'
import { guardOf } from '../internal/call.ts'
import { RawJson, type Call } from '../internal/handler.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { fromCursor, toNext, toPrevious } from './cursor.ts'
import { placeOfRow, walk, type Filters, type WalkRow } from './walk.ts'

export type ListDeps = Pick<Deps, 'pages' | 'areaNames'>

const alarms = { soon: 1, breached: 2 } as const

/** A unit of that county, or of a county that the area holds. */
const worksIn = ({ units }: Access, area: string): boolean =>
  units.some((key) => key.startsWith(`${countyOf(area)}/`) || holds(area, key.slice(0, key.indexOf('/'))))

/**
 * [A4] The area is one that the caller's grants cover, or in whose county they work for a unit; one's own reports can be
 * asked for anywhere.
 */
function checkArea({ access }: Call, area: string, mine: boolean): void {
  if (inScope(access.areas, area) || worksIn(access, area) || (mine && access.own)) return
  throw new ProblemError('area_not_found')
}

/** How far the caller sees into the area, for the database's choice of a way. */
function reachInto({ access }: Call, area: string) {
  if (inScope(access.areas, area)) return { covered: true }
  const byUnitsOnly = access.areas.length === 0 && access.units.length > 0 && area.length >= 6
  return { ...(byUnitsOnly ? { ofUnits: true } : {}), ...(access.own ? { own: true } : {}) }
}

function filtersOf(call: Call, input: IssueQuery): Filters {
  const { area, state, category, source, asked, supervised, pattern, from, to, order = 'newest' } = input
  return {
    ...{ area, state, category, source, asked, supervised, pattern, from, to, order },
    reporter: input.reporter === 'me' ? call.session.id : input.reporter,
    alarm: input.clock && alarms[input.clock],
    place: input.cursor === undefined ? undefined : fromCursor(input.cursor, order),
  }
}

/** A page as it is sent: first and last are places. */
interface Found {
  items: string
  first: string
  last: string
  more: boolean
}

async function byWalk(
  deps: ListDeps,
  call: Call,
  filters: Filters,
  size: number,
): Promise<Found | undefined> {
  const rows = await deps.pages.guarded<WalkRow>(guardOf(call), walk(filters, size))
  const shown = rows.slice(0, size)
  if (filters.place?.back) shown.reverse()
  const [first, last] = [shown[0], shown.at(-1)]
  if (!first || !last) return undefined
  return {
    items: shown.map(([wire]) => wire).join(','),
    first: placeOfRow(filters.order, first),
    last: placeOfRow(filters.order, last),
    more: rows.length > size,
  }
}

/** With a unit or words, or where the caller sees only a part of the area: the database looks for the ids first. */
async function bySearch(
  deps: ListDeps,
  call: Call,
  filters: Filters,
  { unit, q, limit = 50 }: IssueQuery,
): Promise<Found | undefined> {
  const { areas, units } = call.access
  const { place, ...rest } = filters
  const asked = {
    ...{ ...rest, unit, ...reachInto(call, filters.area) },
    ...(place ? { id: place.id, at: place.at, score: place.score, due: place.due } : {}),
    ...(place?.back ? { back: true } : {}),
  }
  const words = q === undefined ? [] : wordsOf(q)
  const [row] = await deps.pages.read<[string | null, string, string, boolean]>({
    name: 'issue-page',
    text: 'select * from mq_issue_page($1, $2, $3, $4, $5, $6, $7)',
    values: [
      ...[areas.join(','), units.join(','), call.session.id, JSON.stringify(asked)],
      ...[searchTerms(words), words.map(likePattern), limit],
    ],
  })
  const [items, first, last, more] = row!
  return items === null ? undefined : { items, first, last, more }
}

/** A page: the stored wire forms, joined. */
export async function listIssues(deps: ListDeps, call: Call, input: IssueQuery): Promise<RawJson> {
  checkArea(call, input.area, input.reporter === 'me')
  const filters = filtersOf(call, input)
  await deps.areaNames.ref(input.area)
  const walks = inScope(call.access.areas, input.area) && input.unit === undefined && input.q === undefined
  const found = walks
    ? await byWalk(deps, call, filters, input.limit ?? 50)
    : await bySearch(deps, call, filters, input)
  if (!found) return new RawJson('{"items":[],"next":null,"previous":null}')
  // who goes back came from somewhere
  const next = found.more || filters.place?.back ? `"${toNext(found.last)}"` : 'null'
  return new RawJson(`{"items":[${found.items}],"next":${next},"previous":"${toPrevious(found.first)}"}`)
}

interface CountRow {
  state: keyof IssueCounts['states']
  count: string
  breached: string
  soon: string
  asked: string
}

export async function countIssues(
  deps: ListDeps,
  call: Call,
  { area, unit }: { area: string; unit?: string },
): Promise<IssueCounts> {
  checkArea(call, area, false)
  await deps.areaNames.ref(area)
  const covered = inScope(call.access.areas, area)
  const { rows } = await call.transact((tx) =>
    sql<CountRow>`
      select * from mq_issue_counts(${area}, ${unit ?? null}, ${covered}, ${call.access.own})`.execute(tx),
  )
  const sum = (name: 'breached' | 'soon' | 'asked') =>
    rows.reduce((total, row) => total + Number(row[name]), 0)
  const states = Object.fromEntries(issueStates.map((state) => [state, 0])) as IssueCounts['states']
  for (const { state, count } of rows) states[state] = Number(count)
  return { states, breached: sum('breached'), soon: sum('soon'), asked: sum('asked') }
}
