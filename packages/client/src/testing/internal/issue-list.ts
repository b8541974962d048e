import {
  alarmOf,
  countyOf,
  dueOf,
  fold,
  holds,
  inScope,
  isAsked,
  isOpen,
  reaches,
  wordsOf,
  type IssueQuery,
} from '@minqing/core'
import type { Call } from './call.ts'
import { whereabouts } from './issue-desk.ts'
import { byPlace } from './pages.ts'
import { KitProblem } from './problem.ts'
import type { IssueRow } from './state.ts'

type Order = NonNullable<IssueQuery['order']>

/** [A4] An area within reach, or in whose county one works for a unit; one's own reports anywhere. */
export function checkIssueArea({ access, state }: Call, area: string, mine: boolean): void {
  const worksThere = access.units.some(
    (key) => key.startsWith(`${countyOf(area)}/`) || holds(area, key.slice(0, key.indexOf('/'))),
  )
  if (!inScope(access.areas, area) && !worksThere && !(mine && access.own))
    throw new KitProblem('area_not_found')
  state.areaRef(area)
}

/** Whether a unit has a part in it now. */
const isWith = ({ flow }: IssueRow, unit: string): boolean =>
  flow.assignments.some(
    (part) =>
      part.unit.id === unit && (isOpen(part) || (flow.state === 'answered' && part.state === 'answered')),
  )

/** Issues of an area that the caller reaches. */
export const issuesIn = (call: Call, area: string, unit?: string): IssueRow[] =>
  call.state.issues
    .all()
    .filter(
      (row) =>
        holds(area, row.area_code) &&
        reaches(call.access, whereabouts(row), call.session.id) &&
        (unit === undefined || isWith(row, unit)),
    )

export function issueFits(row: IssueRow, query: IssueQuery, me: string): boolean {
  const { state, category, source, reporter, clock, asked, supervised, pattern, from, to, q } = query
  const { flow } = row
  const folded = `${fold(row.text)} ${row.number}`
  const at = row.created_at.getTime()
  return (
    (state === undefined || (state === 'open' ? flow.state !== 'closed' : flow.state === state)) &&
    (category === undefined || (flow.category?.code ?? '').startsWith(category)) &&
    (source === undefined || row.source === source) &&
    (reporter === undefined || row.reporter_id === (reporter === 'me' ? me : reporter)) &&
    (clock === undefined || alarmOf(flow) === (clock === 'soon' ? 1 : 2)) &&
    (asked === undefined || isAsked(flow)) &&
    (supervised === undefined || flow.supervised) &&
    (pattern === undefined || flow.pattern?.main === pattern) &&
    (from === undefined || at >= Date.parse(from)) &&
    (to === undefined || at < Date.parse(to)) &&
    (q === undefined || wordsOf(q).every((word) => folded.includes(word)))
  )
}

/** A place in a list: the key of its order, then time and id. */
interface Place {
  readonly key: number
  readonly at: number
  readonly id: string
}

const never = 0xffff_ffff_ffff

const placeOf = (order: Order, row: IssueRow): Place => ({
  key:
    order === 'priority'
      ? row.priority.score
      : order === 'due'
        ? Date.parse(dueOf(row.flow) ?? '') || never
        : 0,
  at: row.created_at.getTime(),
  id: row.id,
})

const hex = (value: number): string => value.toString(16).padStart(12, '0')
const cursorOf = (order: Order, direction: 'n' | 'b', { key, at, id }: Place): string =>
  `${direction}${order[0]!}${hex(key)}${hex(at)}${id}`

function fromCursor(order: Order, cursor: string): Place & { back: boolean } {
  const parts = /^([nb])([npd])([0-9a-f]{12})([0-9a-f]{12})([0-9a-f-]{36})$/.exec(cursor)
  if (!parts || parts[2] !== order[0]) throw new KitProblem('cursor_invalid')
  const [, direction, , key = '', at = '', id = ''] = parts
  return { back: direction === 'b', key: Number.parseInt(key, 16), at: Number.parseInt(at, 16), id }
}

/** A page in one of the three orders, forward or back. */
export function issuePage(rows: readonly IssueRow[], { order = 'newest', cursor, limit = 50 }: IssueQuery) {
  const rising = order === 'due' ? 1 : -1
  const compare = (a: Place, b: Place) => rising * (a.key - b.key || byPlace(a, b))
  const sorted = rows
    .map((row) => ({ row, place: placeOf(order, row) }))
    .sort((a, b) => compare(a.place, b.place))
  const from = cursor === undefined ? undefined : fromCursor(order, cursor)
  const onward = from?.back ? [...sorted].reverse() : sorted
  const rest = onward.filter(
    ({ place }) => !from || (from.back ? compare(place, from) < 0 : compare(place, from) > 0),
  )
  const shown = rest.slice(0, limit)
  if (from?.back) shown.reverse()
  const [first, last] = [shown[0], shown.at(-1)]
  // who goes back came from somewhere
  const more = rest.length > limit || from?.back === true
  return {
    rows: shown.map(({ row }) => row),
    next: last && more ? cursorOf(order, 'n', last.place) : null,
    previous: first ? cursorOf(order, 'b', first.place) : null,
  }
}
