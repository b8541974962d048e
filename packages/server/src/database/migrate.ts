import { Kysely, PostgresDialect } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import pg from 'pg'
import * as foundation from './migrations/0001-foundation.ts'
import * as diaries from './migrations/0002-diaries.ts'
import * as photos from './migrations/0003-photos.ts'
import * as events from './migrations/0004-events.ts'
import * as issues from './migrations/0005-issues.ts'
import * as catalogue from './migrations/0006-catalogue.ts'
import * as inbox from './migrations/0007-inbox.ts'
import * as liveFrontier from './migrations/0008-live-frontier.ts'
import * as signIn from './migrations/0009-sign-in.ts'
import { installJobs } from './jobs.ts'
import { explained } from './problem.ts'
import { appRole, ensureAppRole } from './role.ts'
import { checkVersion } from './version.ts'

/** In order; a name once released never changes. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-foundation': foundation,
  '0002-diaries': diaries,
  '0003-photos': photos,
  '0004-events': events,
  '0005-issues': issues,
  '0006-catalogue': catalogue,
  '0007-inbox': inbox,
  '0008-live-frontier': liveFrontier,
  '0009-sign-in': signIn,
}

/** Any number, the same for every process that migrates. */
const lockId = 620_683

async function demandVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: string; name: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as name`,
  )
  const { number, name } = rows[0]!
  checkVersion({ number: Number(number), name })
}

async function runMigrations(databaseUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, application_name: 'minqing migrate' })
  pool.on('error', () => undefined)
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    const provider = { getMigrations: () => Promise.resolve({ ...migrations }) }
    const { error } = await new Migrator({ db, provider }).migrateToLatest()
    if (error) throw error instanceof Error ? error : new Error('a migration failed', { cause: error })
    // the readiness check of the application compares its own list with this table
    await pool.query(`grant select on kysely_migration to ${appRole}`)
  } finally {
    await db.destroy()
  }
}

/**
 * Brings the database up to date. Any number of processes may call it at once: one works, the others wait.
 *
 * @param databaseUrl of a user who owns the database
 * @throws DatabaseProblem with a `sentence` for whatever a person can mend: too old, unreachable, lacking rights
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await demandVersion(client)
    await client.query('select pg_advisory_lock($1)', [lockId])
    await ensureAppRole(client)
    await runMigrations(databaseUrl)
    await installJobs(databaseUrl)
  } catch (error) {
    throw explained(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}
