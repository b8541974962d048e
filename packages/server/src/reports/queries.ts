import { sql } from 'kysely'
import type { Position } from '../internal/cursor.ts'
import type { Tx } from '../internal/handler.ts'
import type { IssueRow } from '../internal/issue-desk.ts'
import type { StepRow } from './present.ts'

/** Where a report is, and whose: all that a receipt tells by itself. */
export interface Found {
  readonly county: string
  readonly id: string
  readonly area_code: string
  readonly reporter_id: string
}

/** @param hash of the receipt, see receipt.ts */
export async function findByReceipt(tx: Tx, hash: Buffer): Promise<Found | undefined> {
  const { rows } = await sql<Found>`
    select county, id, area_code, reporter_id from mq_issue_of_receipt(${hash})`.execute(tx)
  return rows[0]
}

/** Changes of state of some reports, oldest first, by report. */
export async function stepsOf(tx: Tx, reports: readonly IssueRow[]): Promise<Map<string, StepRow[]>> {
  const found = new Map<string, StepRow[]>(reports.map(({ id }) => [id, []]))
  if (reports.length === 0) return found
  const counties = [...new Set(reports.map(({ county }) => county))]
  const { rows } = await sql<StepRow & { issue_id: string }>`
    select issue_id, at, to_state, data from issue_event
    where county = any(${counties}::text[]) and issue_id = any(${reports.map(({ id }) => id)}::uuid[])
      and from_state is distinct from to_state
    order by issue_id, seq`.execute(tx)
  for (const { issue_id, ...step } of rows) found.get(issue_id)?.push(step)
  return found
}

/** A person's own reports, newest first; one more than asked for, where there is one. */
export async function reportsOf(
  tx: Tx,
  person: string,
  after: Position | undefined,
  size: number,
): Promise<IssueRow[]> {
  let query = tx
    .selectFrom('issue')
    .selectAll()
    .where('reporter_id', '=', person)
    .where('source', '=', 'report')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1)
  if (after) {
    query = query
      .where('created_at', '<=', after.at)
      .where((or) => or.or([or('created_at', '<', after.at), or('id', '<', after.id)]))
  }
  return query.execute()
}

/** The last thing that happened to an issue. */
export async function lastEvent(tx: Tx, row: IssueRow) {
  return tx
    .selectFrom('issue_event')
    .select(['action', 'data', 'actor_id'])
    .where('county', '=', row.county)
    .where('issue_id', '=', row.id)
    .where('seq', '=', row.version)
    .executeTakeFirst()
}
