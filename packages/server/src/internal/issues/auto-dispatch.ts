import type { Tx } from '../handler.ts'
import { act, type DeskDeps } from './act.ts'
import { clock } from './clock-person.ts'
import type { IssueRow } from './state.ts'

/**
 * [I15] Sorts and dispatches a new issue by itself, where an administrator has turned that on for its category and the
 * suggestion is certain; whoever looks at the timeline sees that nobody else did it.
 */
export async function dispatchByItself(tx: Tx, deps: DeskDeps, row: IssueRow, at: number): Promise<IssueRow> {
  const { county, area_code: area, text, id: excludeIssue } = row
  const found = await deps.autoDispatch?.(tx, { county, area, text, excludeIssue })
  if (!found) return row
  const { category, unit } = found
  const deed = { at, actor: clock }
  const triaged = await act(tx, deps, {
    ...{ row, deed },
    choose: () => ({ action: 'triage', args: { category } }),
  })
  return act(tx, deps, {
    ...{ row: triaged, deed },
    choose: () => ({ action: 'dispatch', args: { lead: { unit }, assists: [] } }),
  })
}
