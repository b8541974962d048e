import { reaches, takes, type Found } from '@minqing/core'
import type { Call, Tx } from '../internal/handler.ts'
import { lockIssue, whoOf, type IssueRow } from '../internal/issue-desk.ts'
import { whereabouts } from '../internal/issues/reach.ts'
import { ProblemError } from '../internal/problem-error.ts'

/** The issue to merge into, which `lockForAction` holds already. */
export async function mainFor(
  { tx, call, row }: { tx: Tx; call: Call; row: IssueRow },
  id: string,
): Promise<NonNullable<Found['main']>> {
  const who = whoOf(call)
  const main = await lockIssue(tx, row.county, id)
  if (!reaches(who.access, whereabouts(main), who.person)) throw new ProblemError('not_found')
  return { id, number: main.number, takes: takes(main, row) }
}
