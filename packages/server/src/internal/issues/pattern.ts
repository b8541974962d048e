import type { Choice, Deed, Flow } from '@minqing/core'
import type { Tx } from '../handler.ts'
import { act, type DeskDeps } from './act.ts'
import { asServer, lockIssue } from './reach.ts'
import type { IssueRow } from './state.ts'
import { record } from './write.ts'

const childrenOf = (flow: Flow): number => flow.pattern?.children ?? 0

/** [I11] Keeps the count on the main issue, whose timeline says which one came or went. */
async function count(
  tx: Tx,
  main: IssueRow,
  child: IssueRow,
  action: 'merge' | 'split',
  deed: Deed,
): Promise<void> {
  const children = childrenOf(main.flow) + (action === 'merge' ? 1 : -1)
  const pattern = children > 0 ? { main: main.id, children } : null
  const data = { child: { id: child.id, number: child.number } }
  const happening = { action, from: main.state, to: main.state, data } as const
  await record(tx, main, happening, { flow: { ...main.flow, pattern } }, deed)
}

/** Each of the merged issues gets the answer, except those that have had one of their own [I11]. */
async function inherit(tx: Tx, deps: DeskDeps, main: IssueRow, deed: Deed): Promise<void> {
  const children = await tx
    .selectFrom('issue')
    .selectAll()
    .where('county', '=', main.county)
    .where('pattern_main', '=', main.id)
    .where('state', '=', 'merged')
    .orderBy('id')
    .forUpdate()
    .execute()
  const args = { answer: main.flow.answer! }
  for (const row of children) {
    await act(tx, deps, { row, choose: () => ({ action: 'inheritAnswer', args }), deed })
  }
}

/**
 * What an action means for the other issues of a pattern. Locks are taken from the main issue to its children: who
 * begins at a child holds the main one already (see `lockForAction`).
 */
export async function followPattern(
  tx: Tx,
  deps: DeskDeps,
  before: IssueRow,
  after: IssueRow,
  { action }: Choice,
  deed: Deed,
): Promise<void> {
  const { county, id } = after
  const old = before.pattern_main
  const main = after.pattern_main
  const moved = async (mainId: string | null, what: 'merge' | 'split') => {
    if (mainId === null || mainId === id) return
    await asServer(tx, county, async () => count(tx, await lockIssue(tx, county, mainId), after, what, deed))
  }
  if (old !== main) {
    await moved(old, 'split')
    await moved(main, 'merge')
  }
  if (action === 'approveAnswer' && childrenOf(after.flow) > 0) {
    await asServer(tx, county, () => inherit(tx, deps, after, deed))
  }
}
