import type { Choice, IssueAction, Person } from '@minqing/core'
import type { Guard } from '../database/scope.ts'
import type { Deps } from '../internal/deps.ts'
import type { Call, Tx } from '../internal/handler.ts'
import { lockForAction, readIssue, type IssueDesk, type IssueRow, type Who } from '../internal/issue-desk.ts'
import { canonical } from '../internal/canonical.ts'
import type { Limiter } from '../internal/limits.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { findByReceipt, lastEvent, type Found } from './queries.ts'
import { receiptHash } from './receipt.ts'

export type FollowDeps = Pick<Deps, 'transact'> & { limiter: Limiter; desk: IssueDesk }

/** Whoever has the receipt stands where its reporter stands, and nowhere else. */
const guardOf = ({ reporter_id }: Found): Guard => ({ scope: [], actor: reporter_id })

const whoOf = ({ reporter_id, area_code }: Found): Who => ({
  person: reporter_id,
  access: { areas: [], units: [], own: true },
  home: [area_code],
})

/**
 * Finds a report by its receipt.
 *
 * @throws ProblemError `receipt_unknown`, and `rate_limited` after too many of those
 */
export async function open(deps: FollowDeps, call: Call, typed: string): Promise<Found> {
  const failed = deps.limiter.receipt(call.request)
  const found = await deps.transact({ scope: [], actor: '' }, (tx) => findByReceipt(tx, receiptHash(typed)))
  if (found) return found
  failed()
  throw new ProblemError('receipt_unknown')
}

/** Reads the report as its reporter. */
export const asReporter = <T>(
  deps: FollowDeps,
  found: Found,
  work: (tx: Tx, row: IssueRow) => Promise<T>,
): Promise<T> =>
  deps.transact(guardOf(found), async (tx) => work(tx, await readIssue(tx, whoOf(found), found.id)))

/** Whether this is what happened last: the answer to it got lost, and it is sent once more. */
async function isRepeated(tx: Tx, row: IssueRow, action: IssueAction, args: object): Promise<boolean> {
  const last = await lastEvent(tx, row)
  if (last?.action !== action || last.actor_id !== row.reporter_id) return false
  const said = Object.entries(last.data).filter(([name]) => name in args)
  return canonical(Object.fromEntries(said)) === canonical(args)
}

/**
 * Does what reporters do. Nobody is asked for the version that they have seen: there is one reporter, who says what
 * they think of the result.
 */
export function actAsReporter<T>(
  deps: FollowDeps,
  found: Found,
  choice: Choice,
  at: Date,
  answer: (tx: Tx, row: IssueRow) => Promise<T>,
): Promise<T> {
  const who = whoOf(found)
  return deps.transact(guardOf(found), async (tx) => {
    const row = await lockForAction(tx, who, { id: found.id })
    if (await isRepeated(tx, row, choice.action, choice.args)) return answer(tx, row)
    const { reporter_id: id, reporter_name: name, reporter_title: title } = row
    const actor: Person = { id, name, ...(title === null ? {} : { title }) }
    const done = await deps.desk.act(tx, {
      row,
      who,
      choose: () => choice,
      deed: { at: at.getTime(), actor },
    })
    return answer(tx, done)
  })
}
