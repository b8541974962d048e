import { isOpen, type Issue, type IssueQuery, type IssueState } from '@minqing/core/wire'

export type TrackerOrder = 'newest' | 'priority' | 'due'

/** What the tracker shows, as the host may keep it in an address. */
export interface TrackerView {
  view: 'list' | 'board'
  state: IssueState | 'open' | 'all'
  category?: string
  unit?: string
  clock?: 'breached' | 'soon'
  asked?: boolean
  supervised?: boolean
  mine?: boolean
  q?: string
  order: TrackerOrder
}

/** Everything that a person can filter by, apart from the state, which has the tabs. */
export const hasFilters = ({ category, unit, clock, asked, supervised, mine, q }: TrackerView): boolean =>
  Boolean(category || unit || clock || asked || supervised || mine || q)

export const noFilters = {
  ...{ category: undefined, unit: undefined, clock: undefined, q: undefined },
  ...{ asked: false, supervised: false, mine: false },
} as const

/** The query of a view, without empty fields: the server refuses those. */
export function queryOf(area: string, view: TrackerView): IssueQuery {
  const { state, category, unit, clock, asked, supervised, mine, order } = view
  const q = view.q?.trim()
  return {
    area,
    ...(state !== 'all' && { state }),
    ...(category && { category }),
    ...(unit && { unit }),
    ...(clock && { clock }),
    ...(asked && { asked: 'yes' as const }),
    ...(supervised && { supervised: 'yes' as const }),
    ...(mine && { reporter: 'me' }),
    ...(q && { q }),
    order,
  }
}

const alarmsOf = (issue: Issue): number[] => {
  const { residentClock, assignments, state } = issue
  if (state === 'closed' || state === 'awaitingRating') return []
  const units = assignments
    .filter((part) => isOpen(part) && !part.suspendedAt)
    .flatMap(({ dueAlarm, acceptAlarm, state: at }) =>
      at === 'offered' ? [dueAlarm, acceptAlarm] : [dueAlarm],
    )
  return residentClock.stoppedAt ? units : [residentClock.alarm, ...units]
}

/** [I8] Whether a running clock of the issue has been exceeded, as the server last said. */
export const isBreached = (issue: Issue): boolean => alarmsOf(issue).some((alarm) => alarm > 1)

/** Case and full-width forms do not matter when words are looked for [S1]. */
const fold = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Whether an issue that has just changed belongs in a list of this query. `me` is the caller's id. */
export function matches(issue: Issue, query: IssueQuery, me: string | undefined): boolean {
  const { state, category, unit, clock, asked, supervised, reporter, q, area } = query
  if (!issue.area.code.startsWith(area)) return false
  if (state === 'open' ? issue.state === 'closed' : state && state !== issue.state) return false
  if (category && !issue.category?.code.startsWith(category)) return false
  if (unit && !issue.assignments.some((part) => isOpen(part) && part.unit.id === unit)) return false
  if (asked && !issue.assignments.some(({ request }) => request)) return false
  if (supervised && !issue.supervised) return false
  if (reporter && issue.reporter.id !== (reporter === 'me' ? me : reporter)) return false
  if (clock === 'breached' && !isBreached(issue)) return false
  if (clock === 'soon' && !alarmsOf(issue).includes(1)) return false
  if (!q) return true
  const text = fold(`${issue.number} ${issue.title} ${issue.text}`)
  return fold(q)
    .split(/\s+/)
    .every((word) => text.includes(word))
}
