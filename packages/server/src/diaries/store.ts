import { sql, type RawBuilder, type Selectable, type SqlBool } from 'kysely'
import { inCounties } from '../internal/counties.ts'
import type { Tx } from '../internal/handler.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { fold, searchVector } from '../internal/fold.ts'
import { presentDiary, type DiaryState } from './present.ts'
import type { DiaryTable } from './tables.ts'

export type DiaryRow = Selectable<DiaryTable>

/** The scope in the query itself, besides row-level security: each holds though the other should fail. */
export const inAreas = (scope: readonly string[]): RawBuilder<SqlBool> =>
  sql`area_code ^@ any(${[...scope]}::text[])`

/**
 * A diary in scope, not deleted.
 *
 * @throws ProblemError `not_found`
 */
export async function readDiary(tx: Tx, scope: readonly string[], id: string): Promise<DiaryRow> {
  const row = await tx
    .selectFrom('diary')
    .selectAll()
    .where(inCounties(scope))
    .where('id', '=', id)
    .where(inAreas(scope))
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw new ProblemError('not_found')
  return row
}

/**
 * The same, deleted or not, held until the transaction ends: whatever is derived from it stays true.
 *
 * @throws ProblemError `not_found`
 */
export async function lockAnyDiary(tx: Tx, scope: readonly string[], id: string): Promise<DiaryRow> {
  const row = await tx
    .selectFrom('diary')
    .selectAll()
    .where(inCounties(scope))
    .where('id', '=', id)
    .where(inAreas(scope))
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new ProblemError('not_found')
  return row
}

/** @throws ProblemError `not_found`, also when it is deleted */
export async function lockDiary(tx: Tx, scope: readonly string[], id: string): Promise<DiaryRow> {
  const row = await lockAnyDiary(tx, scope, id)
  if (row.deleted_at) throw new ProblemError('not_found')
  return row
}

/** The area's name as the diary tells it: the one it had when the diary was written. */
const areaNameOf = (row: DiaryRow): string => (JSON.parse(row.wire) as { area: { name: string } }).area.name

export const stateOf = (row: DiaryRow): DiaryState => ({ ...row, area_name: areaNameOf(row) })

/** Columns that follow from the content. */
export function derived(state: DiaryState): Pick<DiaryTable, 'folded' | 'search' | 'wire'> {
  const folded = fold(state.text)
  return { folded, search: searchVector(folded, state.tags), wire: JSON.stringify(presentDiary(state)) }
}

/** Changes a diary whose row is held, and with it the wire form. Answers the new wire form. */
export async function changeDiary(tx: Tx, row: DiaryRow, change: Partial<DiaryState>): Promise<string> {
  const state = { ...stateOf(row), ...change }
  const { place, photos, area_name: _, ...columns } = change
  const { folded, search, wire } = derived(state)
  await tx
    .updateTable('diary')
    .set({
      ...columns,
      wire,
      ...(place === undefined ? {} : { place: place && JSON.stringify(place) }),
      ...(photos === undefined ? {} : { photos: JSON.stringify(photos) }),
      // the index is spared when only counts change
      ...(change.text === undefined ? {} : { folded, search }),
    })
    .where('county', '=', row.county)
    .where('id', '=', row.id)
    .execute()
  return wire
}
