import {
  FlowProblem,
  apply,
  isAuthorized,
  type Choice,
  type Deed,
  type IssueAction,
  type Priority,
  type Step,
} from '@minqing/core'
import type { Tx } from '../handler.ts'
import { ProblemError } from '../problem-error.ts'
import { followPattern } from './pattern.ts'
import { lockIssue, whereabouts, type Who } from './reach.ts'
import { scored, type Scoring } from './scoring.ts'
import type { AutoDispatch, CountSimilar, Notify, Told } from './seams.ts'
import { person, type IssueContent, type IssueRow } from './state.ts'
import { record } from './write.ts'

/** What the desk works with. */
export interface DeskDeps {
  readonly calendar: Deed['calendar']
  readonly scoring: Scoring
  readonly notify: Notify
  readonly countSimilar: CountSimilar
  /** Where a new issue goes without anybody's doing, if anywhere [I15]. */
  readonly autoDispatch?: AutoDispatch
}

export interface Doing {
  /** The row, held: by `lockReached` or `lockIssue`. */
  readonly row: IssueRow
  /** The version that the caller has seen; absent for what the server does itself. */
  readonly expected?: number
  /** Who asks, when it is a person: their right to the action is looked at. */
  readonly who?: Who
  /** Which action, worked out from the issue as it now is. */
  readonly choose: (row: IssueRow) => Choice | Promise<Choice>
  readonly deed: Omit<Deed, 'calendar'>
}

/** [A4] What is out of reach does not exist; only with one's reporting it is told that somebody else reported it. */
function checkRight(action: IssueAction, row: IssueRow, who: Who): void {
  if (isAuthorized(action, whereabouts(row), who.person, who.access)) return
  throw new ProblemError(action === 'withdraw' ? 'forbidden' : 'not_found')
}

/** @throws ProblemError `version_conflict` with the present version as its etag */
export function checkVersion(row: IssueRow, expected: number | undefined): void {
  if (expected === undefined || expected === row.version) return
  throw new ProblemError('version_conflict', { headers: { etag: `"${row.version}"` } })
}

/** Runs a step of the life cycle; what it refuses is told as a problem. */
export function inFlow<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof FlowProblem ? new ProblemError(error.code) : error
  }
}

/** [I13] An override is kept until the next one; everything else is worked out anew. */
function priorityAfter(
  deps: DeskDeps,
  row: IssueRow,
  { action, args }: Choice,
  { flow }: Step,
  similar: number,
  deed: Deed,
): Priority {
  const override: Priority['override'] =
    action === 'overridePriority'
      ? { score: args.score, reason: args.reason, by: deed.actor, at: new Date(deed.at).toISOString() }
      : row.priority.override
  return scored(deps.scoring, { text: row.text, flow, similar, override }, deed.at, deps.calendar)
}

/** A change as the inbox is told it. */
export const toldOf = (
  row: IssueContent & Pick<IssueRow, 'state'>,
  {
    action,
    deed,
    notices,
    dueAt,
  }: Pick<Told, 'action' | 'notices'> & { deed: Omit<Deed, 'calendar'>; dueAt?: unknown },
): Told => ({
  county: row.county,
  id: row.id,
  number: row.number,
  title: row.title,
  area: { code: row.area_code, name: row.area_name },
  state: row.state,
  reporter: person(row.reporter_id, row.reporter_name, row.reporter_title),
  byResident: row.source === 'report',
  action,
  actor: deed.actor,
  at: new Date(deed.at),
  dueAt: typeof dueAt === 'string' ? dueAt : null,
  notices,
})

/**
 * Does one action to an issue whose row is held: the flow, its event, the clocks, the score, who is told, and what
 * follows for the issues of its pattern; all in the caller's transaction.
 *
 * @throws ProblemError `version_conflict`, `not_found`, `forbidden`, `action_unavailable`, or the code of a guard
 */
export async function act(tx: Tx, deps: DeskDeps, doing: Doing): Promise<IssueRow> {
  const { row, who } = doing
  checkVersion(row, doing.expected)
  const choice = await doing.choose(row)
  if (who) checkRight(choice.action, row, who)
  const deed: Deed = { ...doing.deed, calendar: deps.calendar }
  const done = inFlow(() => apply(row.flow, choice.action, choice.args, deed))
  // a new category makes it like others; looking for them each time would cost more than the action
  const similar =
    choice.action === 'triage'
      ? await deps.countSimilar(tx, { ...row, category: done.flow.category?.code ?? null })
      : row.similar_open
  const priority = priorityAfter(deps, row, choice, done, similar, deed)
  const next = await record(tx, row, done.event, { flow: done.flow, priority, similar_open: similar }, deed)
  if (done.notices.length > 0) {
    const { action, data } = done.event
    await deps.notify(tx, toldOf(next, { action, deed, notices: done.notices, dueAt: data['dueAt'] }))
  }
  await followPattern(tx, deps, row, next, choice, deed)
  return next
}

/** The same for an issue that the server itself knows: the clock, a pattern's answer, automatic dispatch. */
export const actOn = async (
  tx: Tx,
  deps: DeskDeps,
  at: { county: string; id: string },
  choice: Choice,
  deed: Omit<Deed, 'calendar'>,
): Promise<IssueRow> =>
  act(tx, deps, { row: await lockIssue(tx, at.county, at.id), choose: () => choice, deed })
