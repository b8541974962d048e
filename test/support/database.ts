import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import pg from 'pg'
import { ownServer } from './own-server.ts'

const packages = new URL('../../packages/', import.meta.url)

/** What many tests want to find in their database; it is written once and copied from then on. */
export interface Seed {
  name: string
  /** Globs below `packages` of all code on which the content depends. */
  sources: string[]
  /** @param url of the owner */
  fill(url: string): Promise<void>
}

const migrated: Seed = {
  name: 'migrated',
  sources: ['server/src/database/**/*.{ts,sql}'],
  async fill(url) {
    const { migrate } = await import('@minqing/server')
    await migrate(url)
  },
}

/** The areas of the demo. */
export const areasSeed: Seed = {
  name: 'areas',
  sources: ['server/src/areas/**/*.ts'],
  async fill(url) {
    const { demoAreas, importAreas } = await import('@minqing/server')
    await importAreas(url, await demoAreas())
  },
}

/** The same code gives the same name, in whatever process. */
async function templateName(seeds: readonly Seed[]): Promise<string> {
  const hash = createHash('sha256').update(seeds.map(({ name }) => name).join())
  const files: string[] = []
  for await (const file of glob(
    seeds.flatMap(({ sources }) => sources),
    { cwd: packages.pathname },
  )) {
    if (!file.endsWith('.test.ts')) files.push(file)
  }
  for (const file of files.sort()) hash.update(file).update(readFileSync(new URL(file, packages)))
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
 * Makes the template of these seeds once, however many test files ask for it at the same time. It gets its name only
 * when it is complete, so that a killed test run leaves no half-written template behind.
 */
async function ensureTemplate(url: string, seeds: readonly Seed[]): Promise<string> {
  const name = await templateName(seeds)
  const last = seeds.at(-1)!
  const before = seeds.length > 1 ? await ensureTemplate(url, seeds.slice(0, -1)) : undefined
  return asOwner(url, async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('mq_template'))`)
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount) return name
    const draft = `mq_draft_${randomUUID().replaceAll('-', '')}`
    await client.query(`create database ${draft}${before ? copyOf(before) : ''}`)
    await last.fill(withDatabase(url, draft))
    await client.query(`alter database ${draft} rename to ${name}`)
    return name
  })
}

const copyOf = (template: string) => ` template ${template} strategy file_copy`

const templates = new Map<string, Promise<string>>()

/**
 * A fresh, migrated database for one test file or test, empty but for what the seeds write, one after the other.
 *
 * It lies in the PostgreSQL named by MQ_TEST_DATABASE_URL (a superuser's URL), which `npm test` provides. For
 * a single file run by hand one is started for the process and stopped at its end.
 */
export async function createTestDatabase(
  ...seeds: readonly Seed[]
): Promise<{ url: string; drop(): Promise<void> }> {
  const url = process.env['MQ_TEST_DATABASE_URL'] ?? (await ownServer())
  const key = seeds.map((seed) => seed.name).join()
  const making = templates.get(key) ?? ensureTemplate(url, [migrated, ...seeds])
  templates.set(key, making)
  const source = await making
  const name = `mq_test_${randomUUID().replaceAll('-', '')}`
  await asOwner(url, (client) => client.query(`create database ${name}${copyOf(source)}`))
  return {
    url: withDatabase(url, name),
    drop: () =>
      asOwner(url, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`)
      }),
  }
}
