import {
  isOpen,
  leadOf,
  reaches,
  takes,
  targetsOf,
  unitsIn,
  type Assignment,
  type InputOf,
  type IssueAction,
  type Operations,
  type Photo,
  type Target,
  type UnitRef,
} from '@minqing/core'
import type { Call } from './call.ts'
import { whereabouts, type Choice } from './issue-desk.ts'
import { claimForIssue } from './photo-claims.ts'
import { KitProblem } from './problem.ts'
import type { IssueRow } from './state.ts'

type Issues = Operations['issues']
/** Operations that do something to one issue. */
export type ActionName = {
  [K in keyof Issues]: Issues[K] extends { ifMatch: true } ? K : never
}[keyof Issues]
type Input<K extends ActionName> = InputOf<Issues[K]>

interface Context {
  readonly call: Call
  readonly row: IssueRow
}
type Mapping<K extends ActionName> = (input: Input<K>, context: Context) => Choice

const unavailable = () => new KitProblem('action_unavailable')
const choice = (action: IssueAction, args: object): Choice => ({ action, args }) as Choice

/** An action whose arguments are the body. */
const plain =
  (action: IssueAction) =>
  ({ id: _, ...args }: { id: string }): Choice =>
    choice(action, args)

/** The caller's own assignment for which one of the actions is possible now, and which of them that is. */
function own(actions: readonly IssueAction[], { unit }: { unit?: string }, { call, row }: Context) {
  const mine = unitsIn(call.access, row.area_code).filter((id) => unit === undefined || id === unit)
  for (const action of actions) {
    const [part] = targetsOf(action, row.flow, mine)
    if (part) return { action, assignment: part.id }
  }
  throw unavailable()
}

function unitRef(id: string, { call, row }: Context, path: string): UnitRef {
  const found = call.state.unitRef(row.county, id)
  if (!found) throw new KitProblem('unit_unknown', { fields: [{ path, rule: 'known' }] })
  return found
}

const target = ({ unit, ...rest }: Input<'dispatch'>['lead'], context: Context, path: string): Target => ({
  ...rest,
  unit: unitRef(unit, context, `${path}/unit`),
})

const photosOf = (ids: readonly string[] | undefined, { call, row }: Context): Photo[] =>
  claimForIssue(call.state, row.id, { ids: ids ?? [], owner: call.session.id, area: row.area_code })

/** By the kind of what was asked for on an assignment. */
const approving: Readonly<Record<string, (part: Assignment) => IssueAction>> = {
  return: ({ role }) => (role === 'lead' ? 'approveReturn' : 'approveAssistReturn'),
  suspension: () => 'approveSuspension',
  extension: () => 'approveExtension',
}

/** Which row of the life cycle's table an operation is, for the issue as it stands. */
export const choices: { readonly [K in ActionName]: Mapping<K> } = {
  triage({ category }, { call, row }) {
    const found = call.state.categoryRef(row.county, category)
    if (!found) throw new KitProblem('category_unknown')
    return choice('triage', { category: found })
  },
  refuse: plain('refuse'),
  withdraw: plain('withdraw'),
  overridePriority: plain('overridePriority'),
  dispatch: ({ lead, assists = [] }, context) => {
    const others = assists.map((assist, at) => target(assist, context, `/assists/${at}`))
    return choice('dispatch', { lead: target(lead, context, '/lead'), assists: others })
  },
  addAssist: (input, context) => choice('addAssist', { target: target(input.target, context, '/target') }),
  releaseAssist: plain('releaseAssist'),
  recall({ reason }, { row }) {
    const lead = leadOf(row.flow.assignments)
    if (!lead) throw unavailable()
    return choice('recall', { assignment: lead.id, reason })
  },
  accept: (input, context) => {
    const { action, assignment } = own(['accept', 'acceptAssist'], input, context)
    return choice(action, { assignment })
  },
  addProgress: (input, context) => {
    const { action, assignment } = own(['addProgress'], input, context)
    const { note, mentions = [] } = input
    return choice(action, { assignment, note, mentions, photos: photosOf(input.photos, context) })
  },
  answer: (input, context) => {
    const { action, assignment } = own(['answer', 'answerAssist'], input, context)
    if (action === 'answerAssist') return choice(action, { assignment, reply: input.text })
    const { text, outcome = 'solved' } = input
    return choice(action, { assignment, text, outcome, photos: photosOf(input.photos, context) })
  },
  requestReturn: (input, context) => {
    const { action, assignment } = own(['requestReturn'], input, context)
    const { reason, betterUnit } = input
    const unit = betterUnit === undefined ? undefined : unitRef(betterUnit, context, '/betterUnit')
    return choice(action, { assignment, reason, unit })
  },
  requestSuspension: (input, context) => {
    const { action, assignment } = own(['requestSuspension'], input, context)
    return choice(action, { assignment, reason: input.reason, until: input.until })
  },
  requestExtension: (input, context) => {
    const { action, assignment } = own(['requestExtension'], input, context)
    return choice(action, { assignment, reason: input.reason, dueAt: input.dueAt })
  },
  approve({ assignment, reason }, { row }) {
    const part = row.flow.assignments.find(({ id }) => id === assignment)
    if (!part?.request || !isOpen(part)) throw unavailable()
    return choice(approving[part.request.kind]!(part), { assignment, reason })
  },
  refuseRequest: plain('refuseRequest'),
  resume: (input, context) => {
    const { action, assignment } = own(['resume'], input, context)
    return choice(action, { assignment })
  },
  approveAnswer: plain('approveAnswer'),
  sendBack: plain('sendBack'),
  rate: ({ stars, solved, text }) => choice(solved ? 'rate' : 'rateUnsolved', { stars, text }),
  spotCheck: plain('spotCheck'),
  reopen: plain('reopen'),
  remind: plain('remind'),
  supervise: plain('supervise'),
  escalate: plain('escalate'),
  conclude: plain('conclude'),
  merge({ main: id }, { call, row }) {
    const main = call.state.issues.get(id)
    if (!main || main.county !== row.county || !reaches(call.access, whereabouts(main), call.session.id))
      throw new KitProblem('not_found')
    return choice('merge', { main: { id, number: main.number, takes: takes(main, row) } })
  },
  split: plain('split'),
  replyChild: plain('replyChild'),
}
