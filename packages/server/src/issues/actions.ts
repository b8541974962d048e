import {
  leadOf,
  isOpen,
  targetsOf,
  unitsIn,
  type ActionArgs,
  type Assignment,
  type CategoryRef,
  type IssueAction,
  type Operations,
  type InputOf,
  type Person,
  type Target,
  type UnitRef,
} from '@minqing/core'
import { categoryRef, unitRef } from '../internal/catalogue.ts'
import { RawJson, type Call, type Tx } from '../internal/handler.ts'
import {
  lockForAction,
  lockReached,
  whoOf,
  type Choice,
  type IssueDesk,
  type IssueRow,
} from '../internal/issue-desk.ts'
import { claimIssuePhotos } from '../internal/photos.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { answered } from './create.ts'
import { mainFor } from './pattern-locks.ts'

type Issues = Operations['issues']
/** Operations that do something to one issue. */
export type ActionOperation = {
  [K in keyof Issues]: Issues[K] extends { ifMatch: true } ? K : never
}[keyof Issues]
type Input<K extends ActionOperation> = InputOf<Issues[K]>

/** What a mapping looks things up with. */
interface Context {
  readonly tx: Tx
  readonly call: Call
  readonly row: IssueRow
}
type Mapping<K extends ActionOperation> = (input: Input<K>, context: Context) => Choice | Promise<Choice>

const unavailable = () => new ProblemError('action_unavailable')

/** The caller's own assignment for which one of the actions is possible now, and which of them that is. */
function own(
  actions: readonly IssueAction[],
  { unit }: { unit?: string },
  { call, row }: Context,
): { action: IssueAction; assignment: number } {
  const mine = unitsIn(call.access, row.area_code).filter((id) => unit === undefined || id === unit)
  for (const action of actions) {
    const [part] = targetsOf(action, row.flow, mine)
    if (part) return { action, assignment: part.id }
  }
  // a right action at the wrong time: the table says so, with the assignment that the unit has or had
  throw unavailable()
}

/** By the kind of what was asked for on an assignment. */
const approving: Readonly<Record<string, (part: Assignment) => IssueAction>> = {
  return: ({ role }) => (role === 'lead' ? 'approveReturn' : 'approveAssistReturn'),
  suspension: () => 'approveSuspension',
  extension: () => 'approveExtension',
}

async function category(code: string, { tx, row }: Context): Promise<CategoryRef> {
  const found = await categoryRef(tx, row.county, code)
  if (!found) throw new ProblemError('category_unknown')
  return found
}

async function unit(id: string, { tx, row }: Context, path: string): Promise<UnitRef> {
  const found = await unitRef(tx, row.county, id)
  if (!found) throw new ProblemError('unit_unknown', { fields: [{ path, rule: 'known' }] })
  return found
}

type Wanted = Input<'dispatch'>['lead']

const target = async ({ unit: id, ...rest }: Wanted, context: Context, path: string): Promise<Target> => ({
  ...rest,
  unit: await unit(id, context, `${path}/unit`),
})

const photosOf = (ids: readonly string[] | undefined, { tx, row }: Context) =>
  claimIssuePhotos(tx, { county: row.county, ids: ids ?? [], issueId: row.id, area: row.area_code })

/** An action whose arguments are the body. */
const plain =
  <A extends IssueAction>(action: A) =>
  (input: ActionArgs[A] & { id: string }): Choice => {
    const { id: _, ...args } = input
    return { action, args } as unknown as Choice
  }

const choice = (action: IssueAction, args: object): Choice => ({ action, args }) as Choice

const mappings: { readonly [K in ActionOperation]: Mapping<K> } = {
  triage: async (input, context) => choice('triage', { category: await category(input.category, context) }),
  refuse: plain('refuse'),
  withdraw: plain('withdraw'),
  overridePriority: plain('overridePriority'),
  dispatch: async ({ lead, assists = [] }, context) => {
    const others: Target[] = []
    for (const [at, assist] of assists.entries()) others.push(await target(assist, context, `/assists/${at}`))
    return choice('dispatch', { lead: await target(lead, context, '/lead'), assists: others })
  },
  addAssist: async (input, context) =>
    choice('addAssist', { target: await target(input.target, context, '/target') }),
  releaseAssist: plain('releaseAssist'),
  recall: ({ reason }, { row }) => {
    const lead = leadOf(row.flow.assignments)
    if (!lead) throw unavailable()
    return choice('recall', { assignment: lead.id, reason })
  },
  accept: (input, context) => {
    const { action, assignment } = own(['accept', 'acceptAssist'], input, context)
    return choice(action, { assignment })
  },
  addProgress: async (input, context) => {
    const { action, assignment } = own(['addProgress'], input, context)
    const { note, mentions = [] } = input
    return choice(action, { assignment, note, mentions, photos: await photosOf(input.photos, context) })
  },
  answer: async (input, context) => {
    const { action, assignment } = own(['answer', 'answerAssist'], input, context)
    if (action === 'answerAssist') return choice(action, { assignment, reply: input.text })
    const { text, outcome = 'solved' } = input
    return choice(action, { assignment, text, outcome, photos: await photosOf(input.photos, context) })
  },
  requestReturn: async (input, context) => {
    const { action, assignment } = own(['requestReturn'], input, context)
    const { reason, betterUnit } = input
    const better = betterUnit === undefined ? undefined : await unit(betterUnit, context, '/betterUnit')
    return choice(action, { assignment, reason, unit: better })
  },
  requestSuspension: (input, context) => {
    const { action, assignment } = own(['requestSuspension'], input, context)
    return choice(action, { assignment, reason: input.reason, until: input.until })
  },
  requestExtension: (input, context) => {
    const { action, assignment } = own(['requestExtension'], input, context)
    return choice(action, { assignment, reason: input.reason, dueAt: input.dueAt })
  },
  approve: ({ assignment, reason }, { row }) => {
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
  merge: ({ main }, context) => mainFor(context, main),
  split: plain('split'),
  replyChild: plain('replyChild'),
}

export const personOf = ({ session }: Call): Person => ({
  id: session.id,
  name: session.name,
  ...(session.title === undefined ? {} : { title: session.title }),
})

/** One handler for each action: the row is held, then the mapping says which row of the table it is. */
function actionHandler<K extends ActionOperation>(name: K, desk: IssueDesk) {
  return (call: Call, input: Input<K> & { id: string }): Promise<RawJson> =>
    call.transact(async (tx) => {
      const who = whoOf(call)
      const row =
        name === 'merge' || name === 'split' || name === 'rate' || name === 'reopen'
          ? await lockForAction(tx, who, input as { id: string; main?: string })
          : await lockReached(tx, who, input.id)
      const done = await desk.act(tx, {
        ...{ row, who, expected: call.ifMatch },
        choose: (held) => mappings[name](input, { tx, call, row: held }),
        deed: { at: call.now().getTime(), actor: personOf(call) },
      })
      return answered(done)
    })
}

type ActionHandlers = { [K in ActionOperation]: (call: Call, input: Input<K>) => Promise<RawJson> }

export const actionHandlers = (desk: IssueDesk): ActionHandlers =>
  Object.fromEntries(
    (Object.keys(mappings) as ActionOperation[]).map((name) => [name, actionHandler(name, desk)]),
  ) as unknown as ActionHandlers
