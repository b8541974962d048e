import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import pg from 'pg'
import { discardPostgres } from '../postgres/discard.ts'
import { StartupProblem } from '../problem.ts'
import type { StartSettings } from './options.ts'

/** What the server keeps in the data folder. Anything else there is not ours and stays. */
const OWN_ENTRIES = ['photos', 'uploads', 'signing-secret']

/**
 * Drops what the user owns in the schema, but nothing of an extension. The statements are all written down before
 * the first is run, since one drop may take others along.
 */
const DROP_ALL = `
do $$
declare statement text;
begin
  foreach statement in array array(
    select format('drop %s if exists %I.%I cascade',
      case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end,
      relnamespace::regnamespace, relname)
    from pg_class
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
      and relowner = current_user::regrole
      and not exists (
        select from pg_depend where objid = pg_class.oid
          and (deptype = 'e' or relkind = 'S' and deptype in ('a', 'i')))
  ) || array(
    select format('drop routine if exists %s cascade', oid::regprocedure) from pg_proc
    where pronamespace = current_schema()::regnamespace and proowner = current_user::regrole
      and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
  ) || array(
    select format('drop type if exists %s cascade', oid::regtype) from pg_type
    where typnamespace = current_schema()::regnamespace and typowner = current_user::regrole
      and typtype in ('e', 'd', 'r')
      and not exists (select from pg_depend where objid = pg_type.oid and deptype = 'e')
  )
  loop
    execute statement;
  end loop;
end $$`

async function tablesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = current_schema() and tableowner = current_user order by 1`,
  )
  return rows.map(({ name }) => name)
}

async function isOurs(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ known: boolean }>(
    `select to_regclass('kysely_migration') is not null and to_regclass('diary') is not null as known`,
  )
  if (!rows[0]?.known) return false
  const first = await client.query(`select from kysely_migration where name = '0001-foundation'`)
  return first.rowCount === 1
}

async function confirm(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return (await lines.question(`${question} Type yes to go on: `)).trim() === 'yes'
  } finally {
    lines.close()
  }
}

async function emptyDatabase(url: string, yes: boolean): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const tables = await tablesOf(client)
    if (tables.length === 0) return
    const { database, host } = client
    if (!(await isOurs(client))) {
      throw new StartupProblem(
        `The database ${database} on ${host} has tables but was not made by minqing: --fresh leaves it as it is.`,
      )
    }
    if (!yes) {
      const what = `--fresh deletes ${tables.length} tables of ${database} on ${host}: ${tables.join(', ')}.`
      if (!process.stdin.isTTY) throw new StartupProblem(`${what} Add --yes to agree.`)
      if (!(await confirm(what))) throw new StartupProblem('Nothing was deleted.')
    }
    await client.query(DROP_ALL)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * Begins again: deletes the embedded database or, after asking, empties the user's own, and deletes the photos
 * that belonged to it.
 *
 * @throws StartupProblem if the database is not ours, or the person does not agree
 */
export async function beginAgain({ dataDir, databaseUrl, yes }: StartSettings): Promise<void> {
  if (databaseUrl) await emptyDatabase(databaseUrl, yes)
  else await discardPostgres(dataDir)
  for (const name of OWN_ENTRIES) await rm(join(dataDir, name), { recursive: true, force: true })
}
