import { type ReportForm } from '@minqing/core'
import { areaRef } from '../internal/area-names.ts'
import type { Tx } from '../internal/handler.ts'

/** Grids and micro-grids are the administration's own division: residents know their village. */
const villageLength = 12

/** What a form for residents offers below an area; the transaction's scope is that area. */
export async function readForm(tx: Tx, code: string, anonymous: boolean): Promise<ReportForm> {
  const area = await areaRef(tx, code)
  const areas = await tx
    .selectFrom('area')
    .select(['code', 'name'])
    .where('parent', '=', code)
    .orderBy('code')
    .execute()
  const categories = await tx
    .selectFrom('category')
    .select(['code', 'name'])
    .where('county', '=', code.slice(0, 6))
    .where('parent', 'is', null)
    .where('active', '=', true)
    .orderBy('code')
    .execute()
  return { area, anonymous, areas: areas.filter((one) => one.code.length <= villageLength), categories }
}
