import type { IssueKind } from '@minqing/core'
import { sql } from 'kysely'
import type { Tx } from '../../internal/handler.ts'

/** What a county has before an import. */
export interface Known {
  readonly categories: ReadonlyMap<
    string,
    { name: string; fullName: string; kind: IssueKind; active: boolean }
  >
  readonly units: ReadonlyMap<string, { name: string; area: string; active: boolean }>
}

export async function readKnown(tx: Tx, county: string): Promise<Known> {
  const categories = await tx
    .selectFrom('category')
    .select(['code', 'name', 'full_name as fullName', 'kind', 'active'])
    .where('county', '=', county)
    .execute()
  const units = await tx
    .selectFrom('unit')
    .select(['id', 'name', 'area_code as area', 'active'])
    .where('county', '=', county)
    .execute()
  return {
    categories: new Map(categories.map((row) => [row.code, row])),
    units: new Map(units.map((row) => [row.id, row])),
  }
}

/** Which of the areas there are. */
export async function areasThere(tx: Tx, county: string, areas: Iterable<string>): Promise<Set<string>> {
  const { rows } = await sql<{ code: string }>`
    select code from area where county = ${county} and code = any(${[...areas]}::text[])`.execute(tx)
  return new Set(rows.map(({ code }) => code))
}
