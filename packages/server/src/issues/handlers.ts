import type { Calendar, Operations } from '@minqing/core'
import type { Deps } from '../internal/deps.ts'
import type { HandlersOf } from '../internal/handler.ts'
import { readIssue, whoOf, type IssueDesk } from '../internal/issue-desk.ts'
import { actionHandlers } from './actions.ts'
import { calendarHandler } from './calendar.ts'
import { countIssues, listIssues } from './list.ts'
import { issuesOfDiaries, showContact, timelineOf } from './read.ts'
import { answered, createIssue } from './create.ts'

export type IssueDeps = Pick<Deps, 'pages' | 'areaNames'> & {
  desk: IssueDesk
  calendar: Calendar
}

/** Handlers of the operations on issues; the suggestion comes from the catalogue. */
export function issueHandlers(deps: IssueDeps): Omit<HandlersOf<Operations['issues']>, 'suggestion'> {
  const { desk } = deps
  return {
    ...actionHandlers(desk),
    create: (call, input) => createIssue(call, input, desk),
    list: (call, input) => listIssues(deps, call, input),
    counts: (call, input) => countIssues(deps, call, input),
    ofDiaries: (call, { ids }) => issuesOfDiaries(call, ids),
    calendar: calendarHandler(deps.calendar),
    timeline: (call, { id }) => timelineOf(call, id),
    showContact: (call, { id }) => showContact(call, id, desk),
    get: (call, { id }) => call.transact(async (tx) => answered(await readIssue(tx, whoOf(call), id))),
  }
}
