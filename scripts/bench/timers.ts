import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startPlanned } from './support/child.ts'
import { startBenchPostgres } from './support/database.ts'
import { armed, due, dueAt, freshTimers } from './timers/seed.ts'

/*
 * 100,000 deadlines are armed, 10,000 of them fall into one minute, and two server processes watch. Counted from the
 * end of that minute until the last of them has been told: event, message and the next moment written. Each is told
 * once, and nobody else is told anything.
 */
const goal = 60
const leadMs = 3000
const patienceMs = 10 * 60_000

interface Counts {
  left: number
  warned: number
  twice: number
  wrong: number
  messages: number
}

async function counts(client: pg.Client): Promise<Counts> {
  const { rows } = await client.query<Counts>(
    `select (select count(*)::int from issue where tick_at <= $1) as left,
      count(*)::int as warned, (count(*) - count(distinct e.issue_id))::int as twice,
      (count(*) filter (where i.created_at > $2))::int as wrong,
      (select count(*)::int from inbox_entry) as messages
    from issue_event e join issue i on i.county = e.county and i.id = e.issue_id where e.action = 'warn'`,
    [new Date(dueAt), new Date('2026-03-02T01:30:00Z')],
  )
  return rows[0]!
}

async function measure(databaseUrl: string, dataDir: string): Promise<{ seconds: number; counts: Counts }> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const secret = randomBytes(32).toString('base64url')
  // by their clock the minute ends when both are up
  const startAt = Date.now() + leadMs
  const plan = { databaseUrl, dataDir, secret, ahead: dueAt - startAt }
  const servers = await Promise.all(
    [1, 2].map(() => startPlanned(new URL('./timers/server.ts', import.meta.url), plan)),
  )
  try {
    await sleep(Math.max(0, startAt - Date.now()))
    const end = Date.now() + patienceMs
    const left = async () =>
      (
        await client.query<{ count: number }>(
          'select count(*)::int as count from issue where tick_at <= $1',
          [new Date(dueAt)],
        )
      ).rows[0]!.count
    while ((await left()) > 0 && Date.now() < end) await sleep(100)
    const seconds = (Date.now() - startAt) / 1000
    // time for whoever would tell something twice
    await sleep(2000)
    return { seconds, counts: await counts(client) }
  } finally {
    for (const server of servers) server.send('stop')
    await Promise.all(servers.map((server) => once(server, 'exit')))
    await client.end()
  }
}

export default async function timers(): Promise<boolean> {
  const postgres = await startBenchPostgres()
  const dataDir = await mkdtemp(join(tmpdir(), 'minqing-bench-'))
  try {
    const database = await freshTimers(postgres.url)
    try {
      const { seconds, counts: found } = await measure(database.url, dataDir)
      const { left, warned, twice, wrong, messages } = found
      console.log(
        `${armed} armed, ${due} due: ${warned} told, ${messages} messages, ${twice} twice, ${wrong} too early, ${left} left`,
      )
      const exact = left === 0 && warned === due && messages === due && twice === 0 && wrong === 0
      console.log(`timers: seconds=${seconds.toFixed(1)} goal ${goal}`)
      return exact && seconds <= goal
    } finally {
      await database.drop()
    }
  } finally {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
