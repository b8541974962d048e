import { kindDays, type CategoryRef, type UnitRef } from '@minqing/core'
import { sql } from 'kysely'
import type { Tx } from '../internal/handler.ts'

/**
 * An active category as issues name it; `undefined` when there is none, or it (or one above it) is out of use. Works in
 * every transaction, whatever its scope.
 *
 * @param county six digits
 * @param code two, four or six digits
 */
export async function categoryRef(tx: Tx, county: string, code: string): Promise<CategoryRef | undefined> {
  const { rows } = await sql<Omit<CategoryRef, 'days'> & { days: number | null }>`
    select code, name, kind, days from mq_category(${county}, ${code})`.execute(tx)
  const [found] = rows
  return found && { ...found, days: found.days ?? kindDays[found.kind] }
}

/**
 * An active unit as issues name it; `undefined` when there is none, or it is out of use. Works in every transaction,
 * whatever its scope.
 */
export async function unitRef(tx: Tx, county: string, id: string): Promise<UnitRef | undefined> {
  const { rows } = await sql<UnitRef>`select id, name from mq_unit(${county}, ${id})`.execute(tx)
  return rows[0]
}
