import { catalogueLimits, type CatalogueImport, type ErrorCode } from '@minqing/core'
import { sql } from 'kysely'
import type { Tx } from '../../internal/handler.ts'
import type { Rejection } from './shape.ts'

/** Seconds without a sign of life after which an import is given up: its process has died. */
export const silentSeconds = 30

/** Which import. */
export interface ImportId {
  readonly county: string
  readonly id: string
}

export interface Progress {
  readonly total: number
  readonly done: number
  readonly taken: number
}

const touched = sql`clock_timestamp()`
const isSilent = sql<boolean>`touched_at < clock_timestamp() - make_interval(secs => ${silentSeconds})`

/** Fails whatever import of the county has fallen silent, so that another can begin. */
export const giveUpSilent = (tx: Tx, county: string) =>
  tx
    .updateTable('catalogue_import')
    .set({ state: 'failed', code: 'unavailable' satisfies ErrorCode })
    .where('county', '=', county)
    .where('state', '=', 'running')
    .where(isSilent)
    .execute()

/** Says how far it is, which is also a sign of life; false when somebody has given it up meanwhile. */
export async function report(
  tx: Tx,
  { county, id }: ImportId,
  { total, done, taken }: Progress,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('catalogue_import')
    .set({ total, done, taken, touched_at: touched as never })
    .where('county', '=', county)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Lists the lines that were not taken: the first ones, and the number of all. */
export const listRejected = (tx: Tx, { county, id }: ImportId, rejected: readonly Rejection[]) =>
  tx
    .updateTable('catalogue_import')
    .set({
      rejected: JSON.stringify(rejected.slice(0, catalogueLimits.listed)),
      rejected_count: rejected.length,
      touched_at: touched as never,
    })
    .where('county', '=', county)
    .where('id', '=', id)
    .execute()

/** Ends it; with a code it has failed. */
export const finish = (tx: Tx, { county, id }: ImportId, code: ErrorCode | null) =>
  tx
    .updateTable('catalogue_import')
    .set({ state: code === null ? 'done' : 'failed', code, touched_at: touched as never })
    .where('county', '=', county)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute()

/** @param counties prefixes of the counties in which the caller works */
export async function readImport(
  tx: Tx,
  counties: readonly string[],
  id: string,
): Promise<CatalogueImport | undefined> {
  const { rows } = await sql<Omit<CatalogueImport, 'startedAt'> & { startedAt: Date }>`
    select id,
      case when state = 'running' and ${isSilent} then 'failed' else state end as state,
      case when state = 'running' and ${isSilent} then 'unavailable' else code end as code,
      total, done, taken, rejected_count as "rejectedCount", rejected, started_at as "startedAt"
    from catalogue_import
    where id = ${id} and county ^@ any (${[...counties]}::text[])`.execute(tx)
  const [found] = rows
  return found && { ...found, startedAt: found.startedAt.toISOString() }
}
