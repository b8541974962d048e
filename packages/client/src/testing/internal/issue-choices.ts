import {
  choose,
  reaches,
  takes,
  unitsIn,
  type ActionInput,
  type ActionOperation,
  type Choice,
  type Found,
  type Sought,
} from '@minqing/core'
import type { Call } from './call.ts'
import { whereabouts } from './issue-desk.ts'
import { claimForIssue } from './photo-claims.ts'
import { inFlow, KitProblem } from './problem.ts'
import type { IssueRow } from './state.ts'

function mainOf(id: string, { state, access, session }: Call, row: IssueRow): NonNullable<Found['main']> {
  const main = state.issues.get(id)
  if (!main || main.county !== row.county || !reaches(access, whereabouts(main), session.id))
    throw new KitProblem('not_found')
  return { id, number: main.number, takes: takes(main, row) }
}

/** Looks up what a request names. */
function find({ category, units, photos, main }: Sought, call: Call, row: IssueRow): Found {
  const { state, session } = call
  const known = category === undefined ? undefined : state.categoryRef(row.county, category)
  if (category !== undefined && !known) throw new KitProblem('category_unknown')
  const refs = units?.map(({ id, path }) => {
    const found = state.unitRef(row.county, id)
    if (!found) throw new KitProblem('unit_unknown', { fields: [{ path, rule: 'known' }] })
    return found
  })
  return {
    ...(known && { category: known }),
    ...(refs && { units: refs }),
    ...(photos && {
      photos: claimForIssue(state, row.id, { ids: photos, owner: session.id, area: row.area_code }),
    }),
    ...(main !== undefined && { main: mainOf(main, call, row) }),
  }
}

/** Which row of the life cycle's table an operation is, for the issue as it stands. */
export function choiceOf<K extends ActionOperation>(
  name: K,
  input: ActionInput<K>,
  call: Call,
  row: IssueRow,
): Choice {
  const standing = { flow: row.flow, units: unitsIn(call.access, row.area_code) }
  const { seeks, complete } = inFlow(() => choose(name, input, standing))
  return complete(find(seeks, call, row))
}
