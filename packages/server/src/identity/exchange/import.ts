import { countyOf, roles, type Role } from '@minqing/core'
import { parse } from 'csv-parse/sync'
import pg from 'pg'

/** A file of people that was not taken; `sentence` names the line. */
export class PeopleProblem extends Error {
  readonly sentence: string
  constructor(sentence: string) {
    super(sentence)
    this.name = 'PeopleProblem'
    this.sentence = sentence
  }
}

const columns = ['provider', 'subject', 'id', 'name', 'title', 'role', 'area', 'unit'] as const
type Line = Record<(typeof columns)[number], string>

const faults: readonly (readonly [column: keyof Line, wrong: (line: Line) => boolean])[] = [
  ['provider', ({ provider }) => !/^[a-z][a-z0-9-]{0,30}$/.test(provider)],
  ['subject', ({ subject }) => subject === '' || subject.length > 2048],
  ['id', ({ id }) => id === '' || id.length > 64 || ['anonymous', 'system', 'center'].includes(id)],
  ['name', ({ name }) => name === '' || name.length > 40],
  ['title', ({ title }) => title.length > 40],
  ['role', ({ role }) => !roles.includes(role as Role)],
  ['area', ({ area }) => !/^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12}|\d{15}|\d{17})$/.test(area)],
  ['unit', ({ unit, role }) => unit.length > 64 || (role === 'handler' && unit === '')],
]

function linesOf(text: string): Line[] {
  let lines: Record<string, string>[]
  try {
    lines = parse(text, { bom: true, columns: true, trim: true, skip_empty_lines: true })
  } catch {
    throw new PeopleProblem('The file is not a CSV whose lines all have the columns of its header.')
  }
  const whole = lines.map((line) =>
    Object.fromEntries(columns.map((column) => [column, line[column] ?? ''])),
  ) as Line[]
  whole.forEach((line, at) => {
    const wrong = faults.find(([, isWrong]) => isWrong(line))
    if (wrong) throw new PeopleProblem(`Line ${at + 2}: ${wrong[0]} is missing or wrong.`)
  })
  if (whole.length === 0) throw new PeopleProblem('The file holds nobody; to remove everybody, use SQL.')
  return whole
}

const write = `
with line as (
  select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
    as line (county, provider, subject, id, name, title, role, area_code, unit)
), known as (
  insert into person (county, provider, subject, id, name, title)
  select distinct on (county, provider, subject) county, provider, subject, id, name, nullif(title, '') from line
)
insert into person_grant (county, provider, subject, role, area_code, unit)
select distinct county, provider, subject, role, area_code, unit from line`

/**
 * Takes a CSV of people, one line for each grant, with the columns provider, subject, id, name, title, role, area, unit.
 * It holds everybody who signs in by its providers in its counties: who stands in it no more is let in no more.
 *
 * @param databaseUrl of the owner, who alone may write people
 * @returns how many people there are in the file
 * @throws PeopleProblem when a line is wrong; nothing is taken then
 */
export async function importPeople(databaseUrl: string, csv: string): Promise<number> {
  const lines = linesOf(csv)
  const counties = lines.map(({ area }) => countyOf(area))
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'minqing import' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin')
    await client.query(
      'delete from person where (county, provider) in (select * from unnest($1::text[], $2::text[]))',
      [counties, lines.map(({ provider }) => provider)],
    )
    await client.query(write, [counties, ...columns.map((column) => lines.map((line) => line[column]))])
    await client.query('commit')
  } finally {
    // without a commit this undoes everything
    await client.end()
  }
  return new Set(lines.map(({ provider, subject }) => JSON.stringify([provider, subject]))).size
}
