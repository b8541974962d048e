import pg from 'pg'
import { faultsOf, type EventRow, type SealedRow } from './chain.ts'
import type { Fault } from './faults.ts'

export interface Verified {
  readonly issues: number
  readonly events: number
  readonly faults: number
}

const batch = 500
const columns = `county, id, number, area_code, area_name, source, diary_id, title, text, photos, place, resident,
  reporter_id, reporter_name, reporter_title, created_at, state, version, head_hash`

async function issuesAfter(client: pg.Client, last: SealedRow | undefined): Promise<SealedRow[]> {
  const { rows } = await client.query<SealedRow>({
    name: 'verify-issues',
    text: `select ${columns} from issue where county >= $1 and (county > $1 or id > $2) order by county, id limit ${batch}`,
    values: [last?.county ?? '', last?.id ?? '00000000-0000-0000-0000-000000000000'],
  })
  return rows
}

async function eventsOf(client: pg.Client, issues: readonly SealedRow[]): Promise<Map<string, EventRow[]>> {
  const { rows } = await client.query<EventRow>({
    name: 'verify-events',
    text: `select * from issue_event where county = any ($1) and issue_id = any ($2::uuid[])
      order by county, issue_id, seq`,
    values: [[...new Set(issues.map(({ county }) => county))], issues.map(({ id }) => id)],
  })
  const found = new Map<string, EventRow[]>()
  for (const row of rows) {
    const key = `${row.county} ${row.issue_id}`
    const events = found.get(key)
    if (events) events.push(row)
    else found.set(key, [row])
  }
  return found
}

/** Events whose issue is gone: possible only for whoever took the reference between the tables away. */
async function orphans(client: pg.Client): Promise<Fault[]> {
  const { rows } = await client.query<{ issue_id: string; count: string }>(`
    select e.issue_id, count(*) from issue_event e
    where not exists (select from issue i where i.county = e.county and i.id = e.issue_id)
    group by e.county, e.issue_id order by e.county, e.issue_id`)
  return rows.map(({ issue_id, count }) => ({
    kind: 'orphan',
    issue: issue_id,
    detail: `${count} events without it`,
  }))
}

/** Numbers go from 1 to the last that was drawn, each once: one that is missing was an issue. */
async function numberFaults(client: pg.Client): Promise<Fault[]> {
  const { rows } = await client.query<{ number: string; missing: boolean }>(`
    with drawn as (
      select n.county || '-' || to_char(n.day, 'YYYYMMDD') || '-' || lpad(i::text, greatest(5, length(i::text)), '0') as number
      from issue_number n cross join generate_series(1, n.last) i
    )
    select coalesce(d.number, i.number) as number, i.number is null as missing
    from drawn d full join issue i on i.number = d.number
    where d.number is null or i.number is null
    order by 1`)
  return rows.map(({ number, missing }) => ({
    kind: 'number',
    issue: number,
    detail: missing ? 'the issue of this number is gone' : 'this number was never drawn',
  }))
}

/**
 * [I14] Recomputes every chain of a database and looks for what is missing: altered, deleted, inserted and reordered
 * events, issues that are gone, contents that were changed. Reads it as of one moment, while servers go on working.
 *
 * @param databaseUrl of the owner, whom row-level security does not bind
 * @param onFault told of each fault, in order
 * @param onProgress told how many issues have been looked through
 */
export async function verifyChains(
  databaseUrl: string,
  onFault: (fault: Fault) => void,
  onProgress?: (issues: number) => void,
): Promise<Verified> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'minqing verify' })
  client.on('error', () => undefined)
  await client.connect()
  const sum = { issues: 0, events: 0, faults: 0 }
  const tell = (faults: readonly Fault[]) => {
    sum.faults += faults.length
    faults.forEach(onFault)
  }
  try {
    await client.query('begin isolation level repeatable read read only')
    for (let last: SealedRow | undefined, more = true; more;) {
      const issues = await issuesAfter(client, last)
      if (issues.length === 0) break
      const events = await eventsOf(client, issues)
      for (const issue of issues) {
        const own = events.get(`${issue.county} ${issue.id}`) ?? []
        sum.events += own.length
        tell(faultsOf(issue, own))
      }
      sum.issues += issues.length
      onProgress?.(sum.issues)
      last = issues.at(-1)
      more = issues.length === batch
    }
    tell(await orphans(client))
    tell(await numberFaults(client))
    await client.query('commit')
    return sum
  } finally {
    await client.end()
  }
}
