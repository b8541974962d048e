import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { demoAreas, importAreas, migrate } from '@minqing/server'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { copyColumns } from '../../packages/server/src/demo/diaries/copy-lines.ts'
import { seedDiaries } from '../../packages/server/src/demo/diaries/seed.ts'
import { asOwner, diaryCount, startBenchPostgres, withDatabase } from './support/database.ts'

/*
 * How long the demo's bulk seed takes: inventing 318,000 diaries with their conversations, working out wire forms and
 * search vectors, writing them with all indexes and statistics. As a share of raw COPY: the same rows of the same three
 * tables, ready in files, into a database made by the same migrations with all its indexes in place. A COPY into tables
 * without any index or key is shown beside.
 */
const goal = 3
const tables = ['diary', 'diary_comment', 'diary_useful'] as const

async function freshDatabase(url: string, name: string): Promise<string> {
  await asOwner(url, async (client) => {
    await client.query(`drop database if exists ${name} with (force)`)
    await client.query(`create database ${name}`)
  })
  const own = withDatabase(url, name)
  await migrate(own)
  await importAreas(own, await demoAreas())
  return own
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

const dump = (url: string, folder: string) =>
  asOwner(url, async (client) => {
    for (const table of tables) {
      const rows = client.query(copyTo(`copy ${table} (${copyColumns[table]}) to stdout`))
      await pipeline(rows, createWriteStream(join(folder, table)))
    }
  })

const copy = (url: string, folder: string, prefix = '') =>
  asOwner(url, async (client) => {
    for (const table of tables) {
      const into = client.query(copyFrom(`copy ${prefix}${table} (${copyColumns[table]}) from stdin`))
      await pipeline(createReadStream(join(folder, table), { highWaterMark: 1 << 20 }), into)
    }
  })

/** Tables with the same columns and nothing else. */
const bareTables = (url: string) =>
  asOwner(url, async (client) => {
    for (const table of tables)
      await client.query(`create table bare_${table} (like ${table} including generated)`)
  })

async function measure(url: string, folder: string): Promise<number> {
  const seeded = await freshDatabase(url, 'load_seed')
  const seed = await seconds(() => seedDiaries(seeded, { diaries: diaryCount, end: new Date() }))
  console.log(`seed            ${seed.toFixed(1)} s for ${diaryCount} diaries`)
  await dump(seeded, folder)
  await asOwner(url, (client) => client.query('drop database load_seed with (force)'))
  const copied = await freshDatabase(url, 'load_copy')
  await bareTables(copied)
  const bare = await seconds(() => copy(copied, folder, 'bare_'))
  console.log(
    `bare COPY       ${bare.toFixed(1)} s without indexes and keys: seed/bare ${(seed / bare).toFixed(2)}`,
  )
  const raw = await seconds(() => copy(copied, folder))
  console.log(
    `raw COPY        ${raw.toFixed(1)} s with all indexes:          seed/raw  ${(seed / raw).toFixed(2)}`,
  )
  await asOwner(url, (client) => client.query('drop database load_copy with (force)'))
  return seed / raw
}

export default async function load(): Promise<boolean> {
  const postgres = await startBenchPostgres()
  const folder = await mkdtemp(join(tmpdir(), 'minqing-load-'))
  try {
    const ratio = await measure(postgres.url, folder)
    console.log(`load: seed/copy=${ratio.toFixed(2)} goal ${goal}`)
    return ratio <= goal
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
