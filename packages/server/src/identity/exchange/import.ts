import { countyOf } from '@minqing/core'
import pg from 'pg'
import { columns, readPeople, type Line } from './people-file.ts'

export { PeopleProblem } from './people-file.ts'

/** What an import does to the directory. A person is one account of a provider in one county. */
export interface PeopleImport {
  /** In the file. */
  readonly people: number
  readonly grants: number
  /** Of the people in the file, those who were not known before. */
  readonly added: number
  /** Who was known and does not stand in the file: they are let in no more. */
  readonly removed: number
  /** In the order of the file. */
  readonly providers: readonly string[]
  readonly counties: readonly string[]
}

const remove = `
delete from person where (county, provider) in (select * from unnest($1::text[], $2::text[]))
returning county, provider, subject`

const write = `
with line as (
  select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
    as line (county, provider, subject, id, name, title, role, area_code, unit)
), known as (
  insert into person (county, provider, subject, id, name, title)
  select distinct on (county, provider, subject) county, provider, subject, id, name, nullif(title, '') from line
), granted as (
  insert into person_grant (county, provider, subject, role, area_code, unit)
  select distinct county, provider, subject, role, area_code, unit from line
  returning 1
)
select count(*)::integer as grants from granted`

interface Account {
  county: string
  provider: string
  subject: string
}

const keyOf = ({ county, provider, subject }: Account) => JSON.stringify([county, provider, subject])
const accountOf = ({ area, provider, subject }: Line): Account => ({
  county: countyOf(area),
  provider,
  subject,
})

async function replace(client: pg.Client, lines: readonly Line[]): Promise<PeopleImport> {
  const accounts = lines.map(accountOf)
  const counties = accounts.map(({ county }) => county)
  const providers = lines.map(({ provider }) => provider)
  const before = await client.query<Account>(remove, [counties, providers])
  const values = columns.map((column) => lines.map((line) => line[column]))
  const { rows } = await client.query<{ grants: number }>(write, [counties, ...values])
  const known = new Set(before.rows.map(keyOf))
  const now = new Set(accounts.map(keyOf))
  return {
    people: now.size,
    grants: rows[0]!.grants,
    added: [...now].filter((key) => !known.has(key)).length,
    removed: [...known].filter((key) => !now.has(key)).length,
    providers: [...new Set(providers)],
    counties: [...new Set(counties)],
  }
}

/**
 * Takes a CSV of people, one line for each grant, with the columns provider, subject, id, name, title, role, area, unit.
 * It holds everybody who signs in by its providers in its counties: who stands in it no more is let in no more.
 *
 * @param databaseUrl of the owner, who alone may write people
 * @param file its text, or its bytes in UTF-8 or GBK
 * @param options.dryRun only says what would be done
 * @throws PeopleProblem with a sentence for each line that is wrong; nothing is taken then
 */
export async function importPeople(
  databaseUrl: string,
  file: string | Uint8Array,
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<PeopleImport> {
  const lines = readPeople(file)
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'minqing import' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin')
    const done = await replace(client, lines)
    await client.query(dryRun ? 'rollback' : 'commit')
    return done
  } finally {
    // without a commit this undoes everything
    await client.end()
  }
}
