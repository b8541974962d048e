import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { glob } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { migrate, seedDemo } from '@minqing/server'
import pg from 'pg'
import { startPostgres } from '../../postgres/index.ts'

/** As many as the county of the demo has. */
export const diaryCount = 318_000

const root = fileURLToPath(new URL('../../../', import.meta.url))
const server = 'packages/server/src'

/** What decides how the database of a benchmark looks. */
const sources = [
  `${server}/database/**/*.ts`,
  `${server}/areas/*.ts`,
  `${server}/demo/**/*.ts`,
  `${server}/internal/fold.ts`,
  `${server}/diaries/present.ts`,
]

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(String(diaryCount))
  const files: string[] = []
  for await (const file of glob(sources, { cwd: root })) if (!file.endsWith('.test.ts')) files.push(file)
  for (const file of files.sort()) hash.update(file).update(await readFile(root + file))
  return hash.digest('hex').slice(0, 16)
}

export async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

export const withDatabase = (url: string, name: string): string =>
  Object.assign(new URL(url), { pathname: name }).href

/** A durable PostgreSQL of the benchmarks' own, as `npm start` has one. */
export const startBenchPostgres = () =>
  startPostgres({ dataDir: `${root}.cache/bench-postgres`, log: (line) => console.log(line) })

async function fill(url: string): Promise<void> {
  await migrate(url)
  let shown = 0
  await seedDemo(url, {
    diaries: diaryCount,
    onProgress(done) {
      if (done < shown + 50_000) return
      shown = done
      console.log(`  ${done} of ${diaryCount} diaries`)
    },
  })
}

/** The database with all diaries; made once and used again until the code that makes it changes. */
export async function ensureDiaries(url: string): Promise<string> {
  const name = `bench_${await fingerprint()}`
  await asOwner(url, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      String.raw`select datname from pg_database where datname like 'bench\_%'`,
    )
    if (rows.some(({ datname }) => datname === name)) return
    for (const { datname } of rows) await client.query(`drop database ${datname} with (force)`)
    console.log(`Filling a database with ${diaryCount} diaries, once:`)
    await client.query('create database bench_draft')
    await fill(withDatabase(url, 'bench_draft'))
    await client.query(`alter database bench_draft rename to ${name}`)
  })
  return withDatabase(url, name)
}
