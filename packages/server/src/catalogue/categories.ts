import { kindDays, type Category, type CategoryChange, type Operations } from '@minqing/core'
import { sql } from 'kysely'
import type { Call, HandlersOf, Tx } from '../internal/handler.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { unlessKnown } from '../internal/unless-known.ts'
import { renameBelow } from './full-names.ts'
import { requireAreas, requireCounty } from './reach.ts'

type CategoryHandlers = Pick<HandlersOf<Operations['catalogue']>, 'categories' | 'saveCategory'>
type Row = Omit<Category, 'days'> & { days: number | null }

async function categoriesOf(tx: Tx, county: string, code?: string): Promise<Category[]> {
  const { rows } = await sql<Row>`
    select c.county, c.code, c.parent, c.name, c.kind, c.days, c.words, coalesce(u.units, '[]') as units,
      c.auto_dispatch as "autoDispatch", c.active, c.version
    from category c
    left join (
      select code, json_agg(json_build_object('area', area_code, 'unit', unit_id) order by area_code) as units
      from category_unit where county = ${county} group by code
    ) u on u.code = c.code
    where c.county = ${county} ${code === undefined ? sql`` : sql`and c.code = ${code}`}
    order by c.code`.execute(tx)
  return rows.map((row) => ({ ...row, days: row.days ?? kindDays[row.kind] }))
}

async function requireParent(tx: Tx, county: string, code: string): Promise<void> {
  if (code.length === 2) return
  const parent = await tx
    .selectFrom('category')
    .select('code')
    .where('county', '=', county)
    .where('code', '=', code.slice(0, -2))
    .executeTakeFirst()
  if (!parent) throw new ProblemError('category_unknown')
}

/** The areas are there, each once, and the units are in use. */
async function checkUnits(tx: Tx, call: Call, county: string, units: CategoryChange['units']): Promise<void> {
  const areas = units.map(({ area }) => area)
  const twice = areas.findIndex((area, at) => areas.indexOf(area) < at)
  if (twice >= 0) {
    const fields = [{ path: `/units/${twice}/area`, rule: 'uniqueItems' }]
    throw new ProblemError('invalid_input', { fields })
  }
  await requireAreas(tx, call, county, areas)
  const wanted = [...new Set(units.map(({ unit }) => unit))]
  const { rows } = await sql<{ id: string }>`
    select id from unit where county = ${county} and id = any(${wanted}::text[]) and active`.execute(tx)
  if (rows.length < wanted.length) throw new ProblemError('unit_unknown')
}

/** Held until the transaction ends, so that nobody saves in between. */
async function checkSeen(tx: Tx, code: string, { county, version }: CategoryChange): Promise<void> {
  if (version === undefined) return
  const { rows } = await sql<{ version: number }>`
    select version from category where county = ${county} and code = ${code} for update`.execute(tx)
  if (rows[0]?.version !== version) throw new ProblemError('version_conflict')
}

async function write(tx: Tx, code: string, change: CategoryChange): Promise<void> {
  const { county, name, kind, days = null, words, units, autoDispatch, active } = change
  await sql`
    insert into category (county, code, name, full_name, kind, days, words, auto_dispatch, active)
    values (${county}, ${code}, ${name}, ${name}, ${kind}, ${days}, ${words}, ${autoDispatch}, ${active})
    on conflict (county, code) do update set name = excluded.name, kind = excluded.kind, days = excluded.days,
      words = excluded.words, auto_dispatch = excluded.auto_dispatch, active = excluded.active,
      version = category.version + 1`.execute(tx)
  await renameBelow(tx, county, code)
  const areas = units.map(({ area }) => area)
  await sql`
    delete from category_unit
    where county = ${county} and code = ${code} and area_code <> all (${areas}::text[])`.execute(tx)
  await sql`
    insert into category_unit (county, code, area_code, unit_id)
    select ${county}, ${code}, u.area, u.unit
    from unnest(${areas}::text[], ${units.map(({ unit }) => unit)}::text[]) u (area, unit)
    on conflict (county, code, area_code) do update set unit_id = excluded.unit_id`.execute(tx)
}

export const categoryHandlers: CategoryHandlers = {
  categories: (call, { county }) => {
    requireCounty(call, county)
    return call.transact(async (tx) => unlessKnown(call, { items: await categoriesOf(tx, county) }))
  },

  saveCategory: (call, { code, ...change }) => {
    requireCounty(call, change.county)
    return call.transact(async (tx) => {
      await requireParent(tx, change.county, code)
      await checkSeen(tx, code, change)
      await checkUnits(tx, call, change.county, change.units)
      await write(tx, code, change)
      return (await categoriesOf(tx, change.county, code))[0]!
    })
  },
}
