import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { copyColumns, copyLines, type CopyTable } from './copy-lines.ts'
import { demoDiaries, type DemoPlan } from './generate.ts'
import type { DemoArea } from './people.ts'
import { seedPhotos } from './seed-photos.ts'

export interface SeedOptions {
  /** How many; 2,000 make a demo that looks lived in. */
  diaries?: number
  /** The moment at which the demo's last diaries were written. */
  end: Date
  people?: DemoPlan['people']
  /** The server's data folder: with it some of the newest diaries get photos. */
  dataDir?: string
  /** From how many diaries on the indexes are made after the rows, which is faster then; 50,000 without it. */
  indexAfter?: number
  onProgress?(done: number, total: number): void
}

/** Lines are joined up to this many characters: one chunk per line costs more than the line. */
const chunkSize = 64 * 1024

const copy = (client: pg.Client, table: CopyTable, chunks: Iterable<string>) =>
  pipeline(Readable.from(chunks), client.query(copyFrom(`copy ${table} (${copyColumns[table]}) from stdin`)))

/** Villages and what lies below them, with their names from the town down. */
export async function readAreas(client: pg.Client): Promise<DemoArea[]> {
  const { rows } = await client.query<{ code: string; name: string; parent: string | null }>(
    'select code, name, parent from area where length(code) >= 9 order by code',
  )
  // parents come before their children in the order of codes
  const names = new Map<string, string>()
  for (const { code, name, parent } of rows) {
    const above = names.get(parent ?? '')
    names.set(code, above ? `${above} ${name}` : name)
  }
  return rows.filter(({ code }) => code.length >= 12).map(({ code }) => ({ code, name: names.get(code)! }))
}

/** Takes the secondary indexes of the diaries away; answers what makes them again. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select quote_ident(schemaname) || '.' || quote_ident(indexname) as name, indexdef as definition from pg_indexes
    where tablename = 'diary' and schemaname = current_schema() and indexname <> 'diary_pkey'`,
  )
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows.map(({ definition }) => definition)
}

/** Turns diaries into chunks of COPY text; the lines of the other tables are kept for later. */
function* diaryChunks(
  plan: DemoPlan,
  later: Record<'diary_comment' | 'diary_useful', string[]>,
  onProgress: SeedOptions['onProgress'],
): Generator<string> {
  let chunk = ''
  let done = 0
  for (const diary of demoDiaries(plan)) {
    const lines = copyLines(diary)
    if (lines.diary_comment) later.diary_comment.push(lines.diary_comment)
    if (lines.diary_useful) later.diary_useful.push(lines.diary_useful)
    chunk += lines.diary
    done += 1
    if (chunk.length < chunkSize) continue
    yield chunk
    chunk = ''
    onProgress?.(done, plan.count)
  }
  if (chunk) yield chunk
  onProgress?.(done, plan.count)
}

async function fill(client: pg.Client, plan: DemoPlan, options: SeedOptions): Promise<void> {
  const { indexAfter = 50_000, onProgress } = options
  const definitions = plan.count >= indexAfter ? await dropIndexes(client) : []
  const later = { diary_comment: [] as string[], diary_useful: [] as string[] }
  await copy(client, 'diary', diaryChunks(plan, later, onProgress))
  await client.query(`set local maintenance_work_mem = '256MB'`)
  for (const definition of definitions) await client.query(definition)
  await copy(client, 'diary_comment', later.diary_comment)
  await copy(client, 'diary_useful', later.diary_useful)
}

/**
 * Fills an empty database, whose areas are there already, with the demo's diaries: all of them or, when it fails, none.
 * With a diary there already it does nothing.
 *
 * @param databaseUrl of the owner
 * @returns whether it wrote anything
 */
export async function seedDiaries(databaseUrl: string, options: SeedOptions): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'minqing seed' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(hashtext('minqing seed'))`)
    const found = await client.query('select 1 from diary limit 1')
    if (found.rowCount) return false
    const areas = await readAreas(client)
    const { diaries = 2000, end, people } = options
    await fill(client, { areas, count: diaries, end, people }, options)
    if (options.dataDir !== undefined) await seedPhotos(client, options.dataDir)
    await client.query('commit')
    // without it the planner knows nothing of the new rows until autovacuum comes by
    await client.query('vacuum (analyze) diary, diary_comment, diary_useful')
    return true
  } finally {
    await client.end()
  }
}
