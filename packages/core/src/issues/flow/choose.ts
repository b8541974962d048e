import type { InputOf } from '../../internal/operation.ts'
import type { Operations } from '../../operations.ts'
import type { Photo } from '../../photos/schema.ts'
import { isOpen, leadOf, targetsOf } from '../available.ts'
import type { CategoryRef, Flow, UnitRef } from '../flow-schema.ts'
import type { IssueAction } from '../table.ts'
import { FlowProblem, type ActionArgs, type Target } from './types.ts'

type Issues = Operations['issues']
/** Operations that do something to one issue. */
export type ActionOperation = {
  [K in keyof Issues]: Issues[K] extends { ifMatch: true } ? K : never
}[keyof Issues]
/** What such an operation is given. */
export type ActionInput<K extends ActionOperation> = InputOf<Issues[K]>

/** One action with its arguments. */
export type Choice = { [A in IssueAction]: { action: A; args: ActionArgs[A] } }[IssueAction]

/** What a request only names, and whoever keeps the records has to find. */
export interface Sought {
  readonly category?: string
  /** `path` is the field that names the unit. */
  readonly units?: readonly { readonly id: string; readonly path: string }[]
  readonly photos?: readonly string[]
  /** Id of the issue to merge into. */
  readonly main?: string
}

/** The same, found; in the order in which it was sought. */
export interface Found {
  readonly category?: CategoryRef
  readonly units?: readonly UnitRef[]
  readonly photos?: readonly Photo[]
  readonly main?: ActionArgs['merge']['main']
}

/** A choice that lacks what it seeks. */
export interface Draft {
  readonly seeks: Sought
  complete(found: Found): Choice
}

/** The issue as it stands, and the units for which the caller works there. */
export interface Standing {
  readonly flow: Flow
  readonly units: readonly string[]
}

type Mapping<K extends ActionOperation> = (input: ActionInput<K>, standing: Standing) => Draft

const unavailable = () => new FlowProblem('action_unavailable')

const draft = (
  action: IssueAction,
  args: object,
  seeks: Sought = {},
  fill: (found: Found) => object = () => ({}),
): Draft => ({ seeks, complete: (found) => ({ action, args: { ...args, ...fill(found) } }) as Choice })

/** An action whose arguments are the body. */
const plain =
  (action: IssueAction) =>
  ({ id: _, ...args }: { id: string }): Draft =>
    draft(action, args)

/** The caller's own assignment for which one of the actions is possible now, and which of them that is. */
function own(actions: readonly IssueAction[], { unit }: { unit?: string }, { flow, units }: Standing) {
  const mine = units.filter((id) => unit === undefined || id === unit)
  for (const action of actions) {
    const [part] = targetsOf(action, flow, mine)
    if (part) return { action, assignment: part.id }
  }
  throw unavailable()
}

type Wanted = ActionInput<'dispatch'>['lead']

const target = ({ unit: _, ...rest }: Wanted, unit: UnitRef | undefined): Target => ({ ...rest, unit: unit! })

/** By the kind of what was asked for on an assignment. */
const approving: Readonly<Record<string, (role: 'lead' | 'assist') => IssueAction>> = {
  return: (role) => (role === 'lead' ? 'approveReturn' : 'approveAssistReturn'),
  suspension: () => 'approveSuspension',
  extension: () => 'approveExtension',
}

const withPhotos = (action: IssueAction, args: object, photos: readonly string[] = []): Draft =>
  draft(action, args, { photos }, (found) => ({ photos: found.photos }))

const mappings: { readonly [K in ActionOperation]: Mapping<K> } = {
  triage: ({ category }) => draft('triage', {}, { category }, (found) => ({ category: found.category })),
  refuse: plain('refuse'),
  withdraw: plain('withdraw'),
  overridePriority: plain('overridePriority'),
  dispatch({ lead, assists = [] }) {
    const units = [
      ...assists.map(({ unit }, at) => ({ id: unit, path: `/assists/${at}/unit` })),
      { id: lead.unit, path: '/lead/unit' },
    ]
    return draft('dispatch', {}, { units }, (found) => ({
      lead: target(lead, found.units?.[assists.length]),
      assists: assists.map((assist, at) => target(assist, found.units?.[at])),
    }))
  },
  addAssist: ({ target: wanted }) =>
    draft('addAssist', {}, { units: [{ id: wanted.unit, path: '/target/unit' }] }, (found) => ({
      target: target(wanted, found.units?.[0]),
    })),
  releaseAssist: plain('releaseAssist'),
  recall({ reason }, { flow }) {
    const lead = leadOf(flow.assignments)
    if (!lead) throw unavailable()
    return draft('recall', { assignment: lead.id, reason })
  },
  accept(input, standing) {
    const { action, assignment } = own(['accept', 'acceptAssist'], input, standing)
    return draft(action, { assignment })
  },
  addProgress(input, standing) {
    const { action, assignment } = own(['addProgress'], input, standing)
    const { note, mentions = [], photos } = input
    return withPhotos(action, { assignment, note, mentions }, photos)
  },
  answer(input, standing) {
    const { action, assignment } = own(['answer', 'answerAssist'], input, standing)
    const { text, outcome = 'solved', photos } = input
    if (action === 'answerAssist') return draft(action, { assignment, reply: text })
    return withPhotos(action, { assignment, text, outcome }, photos)
  },
  requestReturn(input, standing) {
    const { action, assignment } = own(['requestReturn'], input, standing)
    const { reason, betterUnit } = input
    const units = betterUnit === undefined ? [] : [{ id: betterUnit, path: '/betterUnit' }]
    return draft(action, { assignment, reason }, { units }, (found) => ({ unit: found.units?.[0] }))
  },
  requestSuspension(input, standing) {
    const { action, assignment } = own(['requestSuspension'], input, standing)
    return draft(action, { assignment, reason: input.reason, until: input.until })
  },
  requestExtension(input, standing) {
    const { action, assignment } = own(['requestExtension'], input, standing)
    return draft(action, { assignment, reason: input.reason, dueAt: input.dueAt })
  },
  approve({ assignment, reason }, { flow }) {
    const part = flow.assignments.find(({ id }) => id === assignment)
    if (!part?.request || !isOpen(part)) throw unavailable()
    return draft(approving[part.request.kind]!(part.role), { assignment, reason })
  },
  refuseRequest: plain('refuseRequest'),
  resume(input, standing) {
    const { action, assignment } = own(['resume'], input, standing)
    return draft(action, { assignment })
  },
  approveAnswer: plain('approveAnswer'),
  sendBack: plain('sendBack'),
  rate: ({ stars, solved, text }) => draft(solved ? 'rate' : 'rateUnsolved', { stars, text }),
  spotCheck: plain('spotCheck'),
  reopen: plain('reopen'),
  remind: plain('remind'),
  supervise: plain('supervise'),
  escalate: plain('escalate'),
  conclude: plain('conclude'),
  merge: ({ main }) => draft('merge', {}, { main }, (found) => ({ main: found.main })),
  split: plain('split'),
  replyChild: plain('replyChild'),
}

export const actionOperations = Object.keys(mappings) as ActionOperation[]

/**
 * Which row of the life cycle's table an operation is, for the issue as it stands.
 *
 * @throws FlowProblem `action_unavailable` when no assignment is there for it: a right action at the wrong time
 */
export const choose = <K extends ActionOperation>(
  operation: K,
  input: ActionInput<K>,
  standing: Standing,
): Draft => mappings[operation](input, standing)
