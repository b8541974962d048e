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
import type { Read } from '../database/pipeline.ts'
import type { Deps } from '../internal/deps.ts'
import { likePattern, searchTerms, wordsOf } from '../internal/fold.ts'
import { RawJson, type Call } from '../internal/handler.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { fromCursor, toNext, toPrevious } from './cursor.ts'

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
  const byUnitsOnly = access.areas.length === 0 && !access.own && area.length >= 6
  return byUnitsOnly ? { ofUnits: true } : access.own ? { own: true } : {}
}

/** What `mq_issue_find` reads; absent members do not filter. */
function filtersOf(call: Call, input: IssueQuery): Record<string, unknown> {
  const {
    area,
    state,
    category,
    unit,
    source,
    reporter,
    clock,
    asked,
    supervised,
    pattern,
    order = 'newest',
  } = input
  const place = input.cursor === undefined ? undefined : fromCursor(input.cursor, order)
  return {
    ...{ area, state, category, unit, source, pattern, order },
    reporter: reporter === 'me' ? call.session.id : reporter,
    alarm: clock && alarms[clock],
    ...{ asked, supervised, from: input.from, to: input.to },
    ...(place ? { id: place.id, at: place.at, score: place.score, due: place.due } : {}),
    ...(place?.back ? { back: true } : {}),
    ...reachInto(call, area),
  }
}

const quoted = (cursor: string | undefined): string => (cursor === undefined ? 'null' : `"${cursor}"`)

type PageRow = [string | null, string | null, string | null, boolean | null]

/** The statement for a page: a walk along an index where that is possible, a search otherwise. */
function readOf(call: Call, { unit, q, limit = 50 }: IssueQuery, filters: Record<string, unknown>): Read {
  const { areas, units } = call.access
  const caller = [areas.join(','), units.join(','), call.session.id, JSON.stringify(filters)]
  if (filters['covered'] && unit === undefined && q === undefined) {
    const text = 'select * from mq_issue_walk($1, $2, $3, $4, $5)'
    return { name: 'issue-walk', text, values: [...caller, limit] }
  }
  const words = q === undefined ? [] : wordsOf(q)
  const text = 'select * from mq_issue_page($1, $2, $3, $4, $5, $6, $7)'
  return { name: 'issue-page', text, values: [...caller, searchTerms(words), words.map(likePattern), limit] }
}

/** A page: the stored wire forms, joined by the database. */
export async function listIssues(deps: ListDeps, call: Call, input: IssueQuery): Promise<RawJson> {
  checkArea(call, input.area, input.reporter === 'me')
  const filters = filtersOf(call, input)
  await deps.areaNames.ref(input.area)
  const [row] = await deps.pages.read<PageRow>(readOf(call, input, filters))
  const [items, first, last, more] = row!
  if (items === null || first === null || last === null)
    return new RawJson('{"items":[],"next":null,"previous":null}')
  // who goes back came from somewhere
  const next = more || filters['back'] ? toNext(last) : undefined
  return new RawJson(`{"items":[${items}],"next":${quoted(next)},"previous":${quoted(toPrevious(first))}}`)
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
