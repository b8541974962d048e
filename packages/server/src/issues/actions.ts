import {
  actionOperations,
  choose,
  unitsIn,
  type ActionInput,
  type ActionOperation,
  type CategoryRef,
  type Choice,
  type Found,
  type Person,
  type Sought,
  type UnitRef,
} from '@minqing/core'
import { categoryRef, unitRef } from '../internal/catalogue.ts'
import type { Call, RawJson, Tx } from '../internal/handler.ts'
import {
  inFlow,
  lockForAction,
  lockReached,
  whoOf,
  type IssueDesk,
  type IssueRow,
} from '../internal/issue-desk.ts'
import { claimIssuePhotos } from '../internal/photos.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { answered } from './create.ts'
import { mainFor } from './pattern-locks.ts'

/** What names are looked up with. */
interface Context {
  readonly tx: Tx
  readonly call: Call
  readonly row: IssueRow
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

const photosOf = (ids: readonly string[], { tx, row }: Context) =>
  claimIssuePhotos(tx, { county: row.county, ids, issueId: row.id, area: row.area_code })

/** Looks up what a request names; an answer that is not needed is not asked for. */
async function find(seeks: Sought, context: Context): Promise<Found> {
  const units: UnitRef[] = []
  for (const { id, path } of seeks.units ?? []) units.push(await unit(id, context, path))
  return {
    units,
    ...(seeks.category !== undefined && { category: await category(seeks.category, context) }),
    ...(seeks.photos && { photos: await photosOf(seeks.photos, context) }),
    ...(seeks.main !== undefined && { main: await mainFor(context, seeks.main) }),
  }
}

async function choiceOf<K extends ActionOperation>(
  name: K,
  input: ActionInput<K>,
  context: Context,
): Promise<Choice> {
  const { call, row } = context
  const standing = { flow: row.flow, units: unitsIn(call.access, row.area_code) }
  const { seeks, complete } = inFlow(() => choose(name, input, standing))
  return complete(await find(seeks, context))
}

export const personOf = ({ session }: Call): Person => ({
  id: session.id,
  name: session.name,
  ...(session.title === undefined ? {} : { title: session.title }),
})

/** One handler for each action: the row is held, then the life cycle says which row of its table it is. */
function actionHandler<K extends ActionOperation>(name: K, desk: IssueDesk) {
  return (call: Call, input: ActionInput<K> & { id: string }): Promise<RawJson> =>
    call.transact(async (tx) => {
      const who = whoOf(call)
      const row =
        name === 'merge' || name === 'split' || name === 'rate' || name === 'reopen'
          ? await lockForAction(tx, who, input as { id: string; main?: string })
          : await lockReached(tx, who, input.id)
      const done = await desk.act(tx, {
        ...{ row, who, expected: call.ifMatch },
        choose: (held) => choiceOf(name, input, { tx, call, row: held }),
        deed: { at: call.now().getTime(), actor: personOf(call) },
      })
      return answered(done)
    })
}

type ActionHandlers = { [K in ActionOperation]: (call: Call, input: ActionInput<K>) => Promise<RawJson> }

export const actionHandlers = (desk: IssueDesk): ActionHandlers =>
  Object.fromEntries(
    actionOperations.map((name) => [name, actionHandler(name, desk)]),
  ) as unknown as ActionHandlers
