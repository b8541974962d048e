import { issueActions, rowOf, type IssueAction, type IssueState } from '@minqing/core'

/** Everything that leads from one state to another. */
export interface Edge {
  readonly from: IssueState
  readonly to: IssueState
  readonly actions: IssueAction[]
  /** Those that lead there the third time only [I9]. */
  readonly third: IssueAction[]
}

/** The ways of the table, those between the same two states together; what stays in its state is none. */
export function edgesOf(): Edge[] {
  const edges = new Map<string, Edge>()
  const edge = (from: IssueState, to: IssueState): Edge => {
    const key = `${from} ${to}`
    const known = edges.get(key) ?? { from, to, actions: [], third: [] }
    edges.set(key, known)
    return known
  }
  for (const action of issueActions) {
    const { from, to, orTo } = rowOf(action)
    for (const state of from) {
      if (to && to !== state) edge(state, to).actions.push(action)
      if (orTo) edge(state, orTo).third.push(action)
    }
  }
  return [...edges.values()]
}
