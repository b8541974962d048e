import type { Operations } from '@minqing/core'
import type { Deps } from '../internal/deps.ts'
import type { HandlersOf } from '../internal/handler.ts'
import { readIssue, whoOf, type IssueDesk } from '../internal/issue-desk.ts'
import { actionHandlers } from './actions.ts'
import { answered, createIssue } from './create.ts'

export type IssueDeps = Pick<Deps, 'pages' | 'areaNames'> & {
  desk: IssueDesk
}

/** Handlers of the operations on issues. */
export function issueHandlers(deps: IssueDeps): HandlersOf<Operations['issues']> {
  const { desk } = deps
  return {
    ...actionHandlers(desk),
    create: (call, input) => createIssue(call, input, desk),
    get: (call, { id }) => call.transact(async (tx) => answered(await readIssue(tx, whoOf(call), id))),
  } as HandlersOf<Operations['issues']>
}
