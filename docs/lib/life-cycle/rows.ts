import { issueActions, rowOf, type IssueAction, type Transition } from '@minqing/core'
import { holdersOf } from '../api.ts'
import {
  actionNames,
  assignmentNames,
  clockNames,
  guardNames,
  requestNames,
  roleNames,
  sideNames,
  stateNames,
} from './words.ts'

/** One row of the life cycle's table, in words. */
export interface LifeCycleRow {
  readonly action: IssueAction
  readonly name: string
  readonly side: string
  /** Who holds the capability, and how far; empty for what nobody does by hand. */
  readonly who: readonly { role: string; name: string; reach: string }[]
  readonly from: readonly string[]
  /** Where it leads; absent when the state stays. */
  readonly to: string | undefined
  /** Where it leads the third time [I9]. */
  readonly orTo: string | undefined
  readonly conditions: readonly string[]
  readonly clocks: readonly string[]
}

/** What the assignment must be like. */
function partOf({ role, assignment, request, suspended }: Transition): string[] {
  return [
    ...(role ? [`是${roleNames[role]}`] : []),
    ...(assignment ? [assignment.map((state) => assignmentNames[state]).join('或')] : []),
    ...(request === undefined ? [] : [request ? `有${requestNames[request]}申请` : '没有待定的申请']),
    ...(suspended === undefined ? [] : [suspended ? '已挂起' : '未挂起']),
  ]
}

/** The table as the page shows it, in its own order. */
export const lifeCycleRows = (): LifeCycleRow[] =>
  issueActions.map((action) => {
    const row = rowOf(action)
    return {
      action,
      name: actionNames[action],
      side: sideNames[row.side],
      who: holdersOf(row.capability),
      from: row.from.map((state) => stateNames[state]),
      to: row.to && stateNames[row.to],
      orTo: row.orTo && stateNames[row.orTo],
      conditions: [...partOf(row), ...(row.guards ?? []).map((guard) => guardNames[guard])],
      clocks: (row.clocks ?? []).map((effect) => clockNames[effect]),
    }
  })
