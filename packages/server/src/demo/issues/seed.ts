import pg from 'pg'
import { entriesOf, rowOf } from '../../inbox/notify.ts'
import { chineseCalendar } from '../../internal/calendar.ts'
import { coreScoring } from '../../internal/issues/scoring.ts'
import { signingKeys } from '../../internal/signing-keys.ts'
import { Receipts, receiptHash } from '../../reports/receipt.ts'
import { readAreas } from '../diaries/seed.ts'
import { personas } from '../personas.ts'
import type { Chronicle } from './chronicle.ts'
import { demoDays, demoIssues, type IssuePlan } from './generate.ts'
import { eventRows, issueRow, unitRows, type Row } from './rows.ts'
import { readCatalogue, readSources } from './sources.ts'

export interface IssueSeedOptions {
  /** How many; 400 make a county that is at work. */
  issues?: number | undefined
  /** The moment up to which things have happened. */
  end: Date
  /** The server's data folder: the receipts of reports follow from its secret. */
  dataDir?: string | undefined
}

const county = '330683'
const day = 86_400_000
/** How far back inboxes reach, and from when on people have not read them. */
const inboxDays = 14
const unreadDays = 2

/** Columns that each table is given; the others follow from them. */
const columns = {
  issue:
    'county, id, number, area_code, area_name, source, diary_id, title, text, folded, search, photos, place, ' +
    'reporter_id, reporter_name, reporter_title, resident, receipt_hash, request_hash, flow, priority, score, state, ' +
    'category, lead_unit, units, due_at, resident_due_at, tick_at, alarm, asked, supervised, pattern_main, similar_open, ' +
    'version, head_hash, created_at, changed_at, wire',
  issue_event:
    'county, issue_id, seq, action, at, actor_id, actor_name, actor_title, from_state, to_state, data, hash',
  issue_unit: 'county, issue_id, unit_id, open, created_at',
  issue_number: 'county, day, last',
  inbox_entry: 'county, id, issue_id, area_code, type, at, actor_id, to_person, to_unit, to_desk, wire',
  inbox_read_until: 'county, actor_id, until',
} as const

/** So many at once: a parameter may be large, but memory is held twice for it. */
const batch = 500

async function insert(client: pg.Client, table: keyof typeof columns, rows: readonly Row[]): Promise<void> {
  for (let at = 0; at < rows.length; at += batch) {
    await client.query(
      `insert into ${table} (${columns[table]})
      select ${columns[table]} from jsonb_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(rows.slice(at, at + batch))],
    )
  }
}

async function planOf(
  client: pg.Client,
  { issues: count = 400, end, dataDir }: IssueSeedOptions,
): Promise<IssuePlan> {
  const areas = (await readAreas(client)).filter(({ code }) => code.startsWith(county))
  const catalogue = await readCatalogue(client, county)
  const sources = await readSources(client, new Date(end.getTime() - demoDays * day), count)
  const receipts = dataDir === undefined ? undefined : new Receipts((await signingKeys(dataDir))('receipt'))
  return {
    ...{ calendar: chineseCalendar, scoring: coreScoring, areas, count, end, catalogue, sources },
    ...(receipts ? { receiptHash: (of, id) => receiptHash(receipts.of({ county: of, id })) } : {}),
  }
}

/** The messages of the last weeks; the people of the demo have read all but the newest. */
function inboxRows(issues: readonly Chronicle[], end: Date): { entries: Row[]; read: Row[] } {
  const since = end.getTime() - inboxDays * day
  const told = issues.flatMap((issue) => issue.told).filter(({ at }) => at.getTime() > since)
  const until = new Date(end.getTime() - unreadDays * day)
  return {
    entries: told.flatMap((one) => entriesOf(one).map((entry) => rowOf(entry, one))),
    read: personas.map(({ subject }) => ({ county, actor_id: subject, until })),
  }
}

async function write(client: pg.Client, plan: IssuePlan): Promise<void> {
  const { issues, counters } = demoIssues(plan)
  const { entries, read } = inboxRows(issues, plan.end)
  await insert(
    client,
    'issue',
    issues.map((issue) => issueRow(issue, plan.calendar)),
  )
  await insert(client, 'issue_event', issues.flatMap(eventRows))
  await insert(client, 'issue_unit', issues.flatMap(unitRows))
  await insert(client, 'issue_number', [...counters.values()])
  await insert(client, 'inbox_entry', entries)
  await insert(client, 'inbox_read_until', read)
  await client.query(
    `update photo p set issue_id = i.id from issue i
    where i.county = p.county and i.diary_id = p.diary_id and p.issue_id is null`,
  )
}

/**
 * Fills in the demo's issues, whose areas, diaries and catalogue are there already: all of them or none. With an issue
 * there already it does nothing. Up to `end` the clock has done all it had to do, so that it is quiet when the server
 * starts.
 *
 * @param databaseUrl of the owner
 * @returns whether it wrote anything
 */
export async function seedIssues(databaseUrl: string, options: IssueSeedOptions): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'minqing seed' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(hashtext('minqing seed'))`)
    if ((await client.query('select 1 from issue limit 1')).rowCount) return false
    await write(client, await planOf(client, options))
    await client.query('commit')
    await client.query('vacuum (analyze) issue, issue_event, issue_unit, inbox_entry')
    return true
  } finally {
    await client.end()
  }
}
