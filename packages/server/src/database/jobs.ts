import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { appRole } from './role.ts'

/** The schema of the job queue, beside that of the application's own tables. */
export const jobsSchema = 'pgboss'

/**
 * Installs the job queue's tables, or brings them up to the version that this release brings along. The application
 * works with them under its own role, which may use them and change nothing about them.
 *
 * @param databaseUrl of a user who may create a schema
 */
export async function installJobs(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: 'minqing migrate',
    schema: jobsSchema,
    max: 1,
    supervise: false,
    schedule: false,
    registerInstance: false,
  })
  boss.on('error', () => undefined)
  try {
    await boss.start()
  } finally {
    await boss.stop({ graceful: false })
  }
  await grant(databaseUrl)
}

async function grant(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'minqing migrate' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(`
      grant usage on schema ${jobsSchema} to ${appRole};
      grant select, insert, update, delete on all tables in schema ${jobsSchema} to ${appRole}`)
  } finally {
    await client.end()
  }
}
