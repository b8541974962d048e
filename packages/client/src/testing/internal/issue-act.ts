import {
  apply,
  isAuthorized,
  coreScoring,
  scored,
  type Choice,
  type Deed,
  type IssueAction,
} from '@minqing/core'
import type { Desk } from './call.ts'
import { notify } from './inbox.ts'
import { record, whereabouts, type By, type Who } from './issue-desk.ts'
import { inFlow, KitProblem } from './problem.ts'
import type { IssueRow } from './state.ts'

/** [I11] Keeps the count on the main issue, whose timeline says which one came or went. */
function count(desk: Desk, mainId: string | null, child: IssueRow, action: 'merge' | 'split', by: By): void {
  const main = mainId === null || mainId === child.id ? undefined : desk.state.issues.get(mainId)
  if (!main) return
  const children = (main.flow.pattern?.children ?? 0) + (action === 'merge' ? 1 : -1)
  const pattern = children > 0 ? { main: main.id, children } : null
  const data = { child: { id: child.id, number: child.number } }
  const happening = { action, from: main.flow.state, to: main.flow.state, data } as const
  record(desk, main, happening, { flow: { ...main.flow, pattern } }, by)
}

/** What an action means for the other issues of a pattern. */
function followPattern(
  desk: Desk,
  { before, after, action }: { before: IssueRow; after: IssueRow; action: IssueAction },
  by: By,
): void {
  const [old, main] = [before.flow.pattern?.main ?? null, after.flow.pattern?.main ?? null]
  if (old !== main) {
    count(desk, old, after, 'split', by)
    count(desk, main, after, 'merge', by)
  }
  if (action !== 'approveAnswer' || !after.flow.pattern?.children) return
  const args = { answer: after.flow.answer! }
  for (const row of desk.state.issues.all()) {
    const merged = row.flow.state === 'merged' && row.flow.pattern?.main === after.id
    if (merged) act(desk, row, { action: 'inheritAnswer', args }, by)
  }
}

/** Does one action, with all that follows from it. @param who whose right to it is looked at */
export function act(desk: Desk, row: IssueRow, choice: Choice, by: By, who?: Who): IssueRow {
  const { action, args } = choice
  if (who && !isAuthorized(action, whereabouts(row), who.person, who.access)) {
    throw new KitProblem(action === 'withdraw' ? 'forbidden' : 'not_found')
  }
  const deed: Deed = { ...by, calendar: desk.calendar }
  const done = inFlow(() => apply(row.flow, action, args, deed))
  const override =
    action === 'overridePriority'
      ? { score: args.score, reason: args.reason, by: by.actor, at: new Date(by.at).toISOString() }
      : row.priority.override
  const of = { text: row.text, flow: done.flow, similar: 0, override }
  const priority = scored(coreScoring, of, by.at, desk.calendar)
  const next = record(desk, row, done.event, { flow: done.flow, priority }, by)
  notify(desk, next, { ...by, notices: done.notices, dueAt: done.event.data['dueAt'] })
  followPattern(desk, { before: row, after: next, action }, by)
  return desk.state.issues.get(next.id)!
}
