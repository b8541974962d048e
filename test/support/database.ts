import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import pg from 'pg'
import { ownServer } from './own-server.ts'

const databaseFolder = new URL('../../packages/server/src/database/', import.meta.url)

async function templateName(): Promise<string> {
  const files: string[] = []
  for await (const file of glob('**/*.{ts,sql}', { cwd: databaseFolder.pathname })) {
    if (!file.endsWith('.test.ts')) files.push(file)
  }
  const hash = createHash('sha256')
  for (const file of files.sort()) hash.update(file).update(readFileSync(new URL(file, databaseFolder)))
  return `mq_template_${hash.digest('hex').slice(0, 20)}`
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * Makes the migrated template once, however many test files ask for it at the same time. It gets its name only
 * when it is complete, so that a killed test run leaves no half-migrated template behind.
 */
async function ensureTemplate(url: string): Promise<string> {
  const name = await templateName()
  return asOwner(url, async (client) => {
    await client.query("select pg_advisory_lock(hashtext('mq_template'))")
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount) return name
    const draft = `mq_draft_${randomUUID().replaceAll('-', '')}`
    await client.query(`create database ${draft}`)
    const { migrate } = await import('@minqing/server')
    await migrate(withDatabase(url, draft))
    await client.query(`alter database ${draft} rename to ${name}`)
    return name
  })
}

let template: Promise<string> | undefined

/**
 * A fresh, migrated and otherwise empty database for one test file or test.
 *
 * It lies in the PostgreSQL named by MQ_TEST_DATABASE_URL (a superuser's URL), which `npm test` provides. For
 * a single file run by hand one is started for the process and stopped at its end.
 */
export async function createTestDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const url = process.env['MQ_TEST_DATABASE_URL'] ?? (await ownServer())
  const source = await (template ??= ensureTemplate(url))
  const name = `mq_test_${randomUUID().replaceAll('-', '')}`
  await asOwner(url, (client) =>
    client.query(`create database ${name} template ${source} strategy file_copy`),
  )
  return {
    url: withDatabase(url, name),
    drop: () =>
      asOwner(url, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`)
      }),
  }
}
