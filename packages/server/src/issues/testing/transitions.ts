import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { createPool } from '../../database/pool.ts'
import { transactions } from '../../database/scope.ts'
import { createNotify } from '../../inbox/notify.ts'
import { chineseCalendar } from '../../internal/calendar.ts'
import { createIssueDesk, lockReached, type IssueRow } from '../../internal/issue-desk.ts'
import { coreScoring } from '../../internal/issues/scoring.ts'
import { noMessages } from '../../internal/message-queue.ts'

const county = '330683'
const actor = { id: 'bench-center', name: '调度员' }
const guard = { scope: [county], units: [], actor: actor.id }

/** Transitions a second, the server's and the bare one's. */
export interface Transitions {
  ours: number
  bare: number
}

async function openIssues(databaseUrl: string, count: number): Promise<IssueRow[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<IssueRow>(
      `select * from issue where county = $1 and state in ('dispatched', 'inProgress') order by md5(id::text) limit $2`,
      [county, count],
    )
    return rows
  } finally {
    await client.end()
  }
}

/** So many at once, as the pool has connections; each issue once. */
async function all<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>): Promise<number> {
  const begin = performance.now()
  let at = 0
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let item = items[at++]; item !== undefined; item = items[at++]) await work(item)
    }),
  )
  return (items.length / (performance.now() - begin)) * 1000
}

/**
 * One reminder to whoever has an issue: it holds the row, asks core, works the score and the clocks out, and writes the
 * issue, its event, the live event and the message. Against it, the same rows written with nothing thought about: one
 * transaction of bare statements through the same driver.
 */
export async function measureTransitions(databaseUrl: string, count: number): Promise<Transitions> {
  const lanes = 4
  const pool = createPool(databaseUrl, { max: lanes })
  const transact = transactions(pool)
  const desk = createIssueDesk({
    calendar: chineseCalendar,
    scoring: coreScoring,
    notify: createNotify({ messages: noMessages }),
    countSimilar: () => Promise.resolve(0),
  })
  const who = { person: actor.id, access: { areas: [county], units: [], own: false }, home: [county] }
  const issues = await openIssues(databaseUrl, count)
  try {
    const ours = await all(issues, lanes, (issue) =>
      transact(guard, async (tx) => {
        const row = await lockReached(tx, who, issue.id)
        await desk.act(tx, {
          row,
          who,
          expected: issue.version,
          choose: () => ({ action: 'remind', args: { text: '请尽快处理' } }),
          deed: { at: Date.now(), actor },
        })
      }),
    )
    const changed = await openIssues(databaseUrl, count)
    const hash = Buffer.alloc(32, 1)
    const bare = await all(changed, lanes, (issue) =>
      transact(guard, async (tx) => {
        const at = new Date()
        const version = issue.version + 1
        await sql`update issue set flow = ${JSON.stringify(issue.flow)}::jsonb,
            priority = ${JSON.stringify(issue.priority)}::jsonb, version = ${version}, head_hash = ${hash},
            tick_at = ${issue.tick_at}, changed_at = ${at}, wire = ${issue.wire}
          where county = ${county} and id = ${issue.id}`.execute(tx)
        await sql`insert into issue_event (county, issue_id, seq, action, at, actor_id, actor_name, from_state, to_state,
            data, hash)
          values (${county}, ${issue.id}, ${version}, 'remind', ${at}, ${actor.id}, ${actor.name}, ${issue.state},
            ${issue.state}, '{"text": "请尽快处理"}', ${hash})`.execute(tx)
        await sql`insert into live_event (county, area_code, type, data, audience, units)
          values (${county}, ${issue.area_code}, 'issue.changed', '{}', 'issue', ${issue.units}::text[])`.execute(
          tx,
        )
        for (const unit of issue.units) {
          await sql`insert into inbox_entry (county, id, issue_id, area_code, type, at, actor_id, to_unit, wire)
            values (${county}, ${randomUUID()}, ${issue.id}, ${issue.area_code}, 'reminded', ${at}, ${actor.id},
              ${unit}, '{}')`.execute(tx)
          await sql`insert into live_event (county, area_code, type, data, audience, units)
            values (${county}, ${issue.area_code}, 'inbox.added', '{}', 'inbox', ${[unit]}::text[])`.execute(
            tx,
          )
        }
        await sql`select pg_notify('mq_live', '')`.execute(tx)
      }),
    )
    return { ours, bare }
  } finally {
    await pool.end()
  }
}
