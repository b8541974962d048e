import type { Tx } from '../handler.ts'
import { ProblemError } from '../problem-error.ts'
import { asServer, lockIssue, lockReached, readIssue, type Who } from './reach.ts'
import type { IssueRow } from './state.ts'

/**
 * Holds an issue for an action that may also change the one that it is merged into: that one first, so that whoever
 * answers for a pattern and whoever leaves it do not wait for each other. Of two that are to be merged the one with
 * the smaller id is first.
 */
export async function lockForAction(
  tx: Tx,
  who: Who,
  { id, main }: { id: string; main?: string },
): Promise<IssueRow> {
  const seen = await readIssue(tx, who, id)
  const other = main ?? (seen.pattern_main === id ? null : seen.pattern_main)
  if (other === null || other === id) return lockReached(tx, who, id)
  if (main === undefined || other < id) await hold(tx, seen.county, other)
  const row = await lockReached(tx, who, id)
  if (main !== undefined && other > id) await hold(tx, seen.county, other)
  return row
}

/** One that the caller does not see is no reason to fail here: what it means, the action says. */
async function hold(tx: Tx, county: string, id: string): Promise<void> {
  await asServer(tx, county, () => lockIssue(tx, county, id)).catch((error: unknown) => {
    if (!(error instanceof ProblemError && error.code === 'not_found')) throw error
  })
}
