import pg from 'pg'
import { defaultCategories } from './index.ts'
import { countyCenter, defaultAssignments, defaultUnits, townUnit } from './units.ts'

/** Names above a category joined to its own: `城乡建设 / 市政设施 / 路灯`. */
const fullNames = new Map<string, string>()
for (const [code, name] of defaultCategories) {
  const above = fullNames.get(code.slice(0, -2))
  fullNames.set(code, above === undefined ? name : `${above} / ${name}`)
}

const categoriesSql = `
insert into category (county, code, name, full_name, kind, days, words)
select $1, c.code, c.name, c.full_name, c.kind, c.days, string_to_array(c.words, ' ')
from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::text[])
  as c (code, name, full_name, kind, days, words)
on conflict do nothing`

const unitsSql = `
insert into unit (county, id, name, kind, area_code, active)
select $1, u.id, u.name, u.kind, $1, true from unnest($2::text[], $3::text[], $4::text[]) as u (id, name, kind)
on conflict do nothing`

/** 甘霖镇社会治理中心, `town-100`. */
const townsSql = `
insert into unit (county, id, name, kind, area_code, active)
select $1, 'town-' || right(code, 3), name || '社会治理中心', 'town', code, true
from area where county = $1 and level = 'town'
on conflict do nothing`

const assignmentsSql = `
insert into category_unit (county, code, area_code, unit_id)
select $1, a.code, $1, a.unit from unnest($2::text[], $3::text[]) as a (code, unit)
on conflict do nothing`

const townAssignmentsSql = `
insert into category_unit (county, code, area_code, unit_id)
select $1, a.code, area.code, 'town-' || right(area.code, 3)
from unnest($2::text[]) as a (code) cross join area where area.county = $1 and area.level = 'town'
on conflict do nothing`

async function write(client: pg.ClientBase, county: string): Promise<void> {
  const rows = defaultCategories
  await client.query(categoriesSql, [
    county,
    rows.map(([code]) => code),
    rows.map(([, name]) => name),
    rows.map(([code]) => fullNames.get(code)),
    rows.map(([, , kind]) => kind),
    rows.map(([, , , , more]) => more?.days ?? null),
    rows.map(([, , , words]) => words),
  ])
  await client.query(unitsSql, [
    county,
    defaultUnits.map(([id]) => id),
    defaultUnits.map(([, name]) => name),
    defaultUnits.map(([, , kind]) => kind),
  ])
  await client.query(townsSql, [county])
  const named = new Map<string, string>()
  for (const [code, , , , more] of rows) if (more?.unit) named.set(code, more.unit)
  for (const [code, unit] of defaultAssignments) named.set(code, unit)
  const codes = [...named.keys()]
  const units = codes.map((code) => named.get(code)!)
  await client.query(assignmentsSql, [
    county,
    codes,
    units.map((unit) => (unit === townUnit ? countyCenter : unit)),
  ])
  await client.query(townAssignmentsSql, [county, codes.filter((_, at) => units[at] === townUnit)])
}

/**
 * Gives a county the default catalogue: three levels of categories, the units that a county has, and the center of each
 * of its towns. A county that has a catalogue keeps its own, whatever it is, so this may be called at every start.
 *
 * @param client of the owner of the database, whom row-level security does not bind
 */
export async function installDefaultCatalogue(client: pg.ClientBase, county: string): Promise<void> {
  await client.query('begin')
  try {
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [`catalogue ${county}`])
    const { rowCount } = await client.query('select from category where county = $1 limit 1', [county])
    if (!rowCount) await write(client, county)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** The same with a connection of its own. */
export async function seedCatalogue(databaseUrl: string, county: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'minqing catalogue' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await installDefaultCatalogue(client, county)
  } finally {
    await client.end()
  }
}
