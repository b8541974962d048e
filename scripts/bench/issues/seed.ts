import { createHash } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { dayOf, kindDays, type CategoryRef, type IssueKind, type UnitRef } from '@minqing/core'
import { demoAreas, importAreas, migrate } from '@minqing/server'
import type pg from 'pg'
import { seedCatalogue } from '../../../packages/server/src/catalogue/default/install.ts'
import { eventRows, issueRow, unitRows, type Row } from '../../../packages/server/src/demo/issues/rows.ts'
import { chineseCalendar } from '../../../packages/server/src/internal/calendar.ts'
import { asOwner, withDatabase } from '../support/database.ts'
import { lifeOf, type Ground, type Place } from './lives.ts'

/** As many as the county of the demo has. */
export const issueCount = 179_000
const county = '330683'
/** Two years up to this moment; the bench's server has no clock of its own at work. */
const end = Date.parse('2026-11-20T08:00:00Z')
const since = end - 730 * 86_400_000

const root = fileURLToPath(new URL('../../../', import.meta.url))
const sources = [
  'packages/server/src/database/migrations/*.ts',
  'packages/server/src/internal/issues/*.ts',
  'packages/server/src/demo/issues/{chronicle,rows}.ts',
  'packages/core/src/issues/**/*.ts',
  'scripts/bench/{issues,timers}/{seed,lives}.ts',
]

export async function fingerprint(count: number): Promise<string> {
  const hash = createHash('sha256').update(String(count))
  const files: string[] = []
  for await (const file of glob(sources, { cwd: root })) if (!file.endsWith('.test.ts')) files.push(file)
  for (const file of files.sort()) hash.update(file).update(await readFile(root + file))
  return hash.digest('hex').slice(0, 16)
}

async function groundOf(client: pg.Client): Promise<Ground> {
  const places = await client.query<Place>(
    `select code, mq_area_name(code) as name from area where county = $1 and length(code) >= 12 order by code`,
    [county],
  )
  const categories = await client.query<{ code: string; name: string; kind: IssueKind; days: number | null }>(
    'select code, full_name as name, kind, days from category where county = $1 and length(code) > 2 order by code',
    [county],
  )
  const units = await client.query<UnitRef>(
    'select id, name from unit where county = $1 and active order by id',
    [county],
  )
  const refs = categories.rows.map((row): CategoryRef => ({ ...row, days: row.days ?? kindDays[row.kind] }))
  return { county, places: places.rows, categories: refs, units: units.rows, since, end }
}

export async function insert(client: pg.Client, table: string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.keys(rows[0]!).join(', ')
  await client.query(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
    [JSON.stringify(rows)],
  )
}

/** Numbers as the server draws them: by day, without gaps. */
function counter() {
  const last = new Map<string, number>()
  return {
    next(at: number): string {
      const day = dayOf(at)
      const drawn = (last.get(day) ?? 0) + 1
      last.set(day, drawn)
      return `${county}-${day.replaceAll('-', '')}-${String(drawn).padStart(5, '0')}`
    },
    rows: (): Row[] => [...last].map(([day, drawn]) => ({ county, day, last: drawn })),
  }
}

const batch = 500

export async function fillIssues(client: pg.Client, count: number): Promise<void> {
  const ground = await groundOf(client)
  const numbers = counter()
  for (let from = 0; from < count; from += batch) {
    const lives = Array.from({ length: Math.min(batch, count - from) }, (_, at) =>
      lifeOf(from + at, count, numbers.next, ground),
    )
    await insert(
      client,
      'issue',
      lives.map((life) => issueRow(life, chineseCalendar)),
    )
    await insert(client, 'issue_event', lives.flatMap(eventRows))
    await insert(client, 'issue_unit', lives.flatMap(unitRows))
    if (from % 20_000 === 0) console.log(`  ${from} of ${count} issues`)
  }
  await insert(client, 'issue_number', numbers.rows())
}

async function fill(url: string, count: number): Promise<void> {
  await migrate(url)
  await importAreas(url, await demoAreas())
  await seedCatalogue(url, county)
  await asOwner(url, async (client) => {
    await client.query('begin')
    await fillIssues(client, count)
    await client.query('commit')
    await client.query('vacuum (analyze)')
  })
}

/** The database with all issues; made once and used again until the code that makes it changes. */
export async function ensureIssues(url: string, count = issueCount): Promise<string> {
  const name = `issues_${await fingerprint(count)}`
  await asOwner(url, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      String.raw`select datname from pg_database where datname like 'issues\_%'`,
    )
    if (rows.some(({ datname }) => datname === name)) return
    for (const { datname } of rows) await client.query(`drop database ${datname} with (force)`)
    console.log(`Filling a database with ${count} issues, once:`)
    await client.query('create database issues_draft')
    await fill(withDatabase(url, 'issues_draft'), count)
    await client.query(`alter database issues_draft rename to ${name}`)
  })
  return withDatabase(url, name)
}
