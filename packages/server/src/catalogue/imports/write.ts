import { areaLevels, countyOf } from '@minqing/core'
import { sql } from 'kysely'
import type { Tx } from '../../internal/handler.ts'
import type { Checked } from './check.ts'
import type { Known } from './known.ts'
import type { Entry } from './shape.ts'

/** Lines of one transaction: few enough to be quick, many enough that the round trips do not count. */
export const batchSize = 1000

export interface Batch {
  readonly county: string
  readonly entries: readonly Entry[]
  readonly fullNameOf: (code: string) => string
  /** Name and area of the units that the file names. */
  readonly unitOf: (id: string) => { name: string; area: string } | undefined
}

/** The smallest area that holds both. */
function common(a: string, b: string): string {
  const lengths = Object.values(areaLevels).filter((length) => length <= Math.min(a.length, b.length))
  return a.slice(0, lengths.findLast((length) => a.slice(0, length) === b.slice(0, length)) ?? 0)
}

/** Where a new unit works: where the file has it work. */
export function unitsOf({ good, unitName }: Checked, known: Known): Batch['unitOf'] {
  const areas = new Map<string, string>()
  for (const { place } of good) {
    if (!place) continue
    const before = areas.get(place.unit)
    areas.set(place.unit, before === undefined ? place.area : common(before, place.area))
  }
  return (id) => {
    const name = unitName(id)
    return name === undefined ? undefined : { name, area: known.units.get(id)?.area ?? areas.get(id)! }
  }
}

/** Names joined from the top, of the file and of what is there. */
export function fullNamesOf({ good }: Checked, known: Known): Batch['fullNameOf'] {
  const names = new Map<string, string>()
  for (const [code, { name }] of known.categories) names.set(code, name)
  for (const { code, category } of good) if (category) names.set(code, category.name)
  const of = (code: string): string =>
    code.length > 2 ? `${of(code.slice(0, -2))} / ${names.get(code)!}` : names.get(code)!
  return of
}

/**
 * Writes a batch, in one statement; those above must be written before. What is there already and says the same stays as
 * it is, so that importing a file again changes nothing.
 */
export async function writeBatch(tx: Tx, { county, entries, fullNameOf, unitOf }: Batch): Promise<void> {
  const categories = new Map(
    entries.flatMap(({ code, category }) => (category ? [[code, category] as const] : [])),
  )
  const places = entries.flatMap(({ code, place }) => (place ? [{ code, ...place }] : []))
  const units = [...new Set(places.map(({ unit }) => unit))].flatMap((id) => {
    const unit = unitOf(id)
    return unit ? [{ id, ...unit, kind: unit.area === countyOf(unit.area) ? 'department' : 'town' }] : []
  })
  const codes = [...categories.keys()]
  const fields = [...categories.values()]
  await sql`
    with units as (
      insert into unit (county, id, name, kind, area_code, active)
      select ${county}, u.id, u.name, u.kind, u.area, true
      from unnest(${units.map(({ id }) => id)}::text[], ${units.map(({ name }) => name)}::text[],
        ${units.map(({ kind }) => kind)}::text[], ${units.map(({ area }) => area)}::text[]) u (id, name, kind, area)
      on conflict (county, id) do update
        set name = excluded.name, active = true, version = unit.version + 1
        where (unit.name, unit.active) is distinct from (excluded.name, true)
    ), categories as (
      insert into category (county, code, name, full_name, kind, days, words)
      select ${county}, c.code, c.name, c.full_name, c.kind, c.days,
        array(select json_array_elements_text(c.words::json))
      from unnest(${codes}::text[], ${fields.map(({ name }) => name)}::text[],
        ${codes.map(fullNameOf)}::text[], ${fields.map(({ kind }) => kind)}::text[],
        ${fields.map(({ days }) => days)}::integer[], ${fields.map(({ words }) => JSON.stringify(words))}::text[])
        c (code, name, full_name, kind, days, words)
      on conflict (county, code) do update
        set name = excluded.name, full_name = excluded.full_name, kind = excluded.kind, days = excluded.days,
          words = excluded.words, active = true, version = category.version + 1
        where (category.name, category.full_name, category.kind, category.days, category.words, category.active)
          is distinct from
          (excluded.name, excluded.full_name, excluded.kind, excluded.days, excluded.words, true)
    )
    insert into category_unit (county, code, area_code, unit_id)
    select ${county}, p.code, p.area, p.unit
    from unnest(${places.map(({ code }) => code)}::text[], ${places.map(({ area }) => area)}::text[],
      ${places.map(({ unit }) => unit)}::text[]) p (code, area, unit)
    on conflict (county, code, area_code) do update set unit_id = excluded.unit_id
      where category_unit.unit_id <> excluded.unit_id`.execute(tx)
}
