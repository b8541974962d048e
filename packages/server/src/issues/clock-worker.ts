import { setTimeout as sleep } from 'node:timers/promises'
import { nextTick, type Calendar, type Choice } from '@minqing/core'
import { sql } from 'kysely'
import type { Transact } from '../database/scope.ts'
import type { Deps } from '../internal/deps.ts'
import type { Tx } from '../internal/handler.ts'
import type { IssueDesk, IssueRow } from '../internal/issue-desk.ts'
import { clock } from '../internal/issues/clock-person.ts'

export interface ClockDeps extends Pick<Deps, 'transact' | 'log'> {
  readonly desk: IssueDesk
  readonly calendar: Calendar
}

/** Issues of one transaction: few enough that nobody waits long for one of them. */
const batch = 50
/** When something is wrong with an issue, the clock comes back to it, and does not stand still for all others. */
const postponeMs = 10 * 60_000

const nobody = { scope: [], actor: clock.id } as const

interface Claimed {
  county: string
  id: string
  area_code: string
}

/** Takes issues whose time has come, which from now on no other process takes. */
async function claim(tx: Tx, now: Date, most: number): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    select county, id, area_code from mq_issues_due(${now}, ${most})`.execute(tx)
  const scope = [...new Set(rows.map(({ area_code }) => area_code))].join(',')
  if (rows.length > 0) await sql`select set_config('mq.scope', ${scope}, true)`.execute(tx)
  return rows
}

async function held(tx: Tx, claimed: readonly Claimed[]): Promise<IssueRow[]> {
  return tx
    .selectFrom('issue')
    .selectAll()
    .where('county', 'in', [...new Set(claimed.map(({ county }) => county))])
    .where(
      'id',
      'in',
      claimed.map(({ id }) => id),
    )
    .execute()
}

const arm = (tx: Tx, { county, id }: Pick<IssueRow, 'county' | 'id'>, tick_at: Date | null) =>
  tx.updateTable('issue').set({ tick_at }).where('county', '=', county).where('id', '=', id).execute()

/** [I8] All that the clock has to do to one issue by now. Answers how often it spoke. */
async function tick(tx: Tx, { desk, calendar }: ClockDeps, row: IssueRow, at: number): Promise<number> {
  let done = 0
  for (let now = row; ; done++) {
    const due = nextTick(now.flow, calendar)
    if (!due || due.at > at) {
      // armed by another calendar, or postponed: nothing to do, and not to be found again at once
      if (done === 0) await arm(tx, row, due ? new Date(due.at) : null)
      return done
    }
    const choice = { action: due.action, args: due.args } as Choice
    now = await desk.act(tx, { row: now, choose: () => choice, deed: { at, actor: clock } })
  }
}

interface Round {
  claimed: number
  /** How often the clock spoke; `undefined` when the batch failed, and nothing of it has happened. */
  done: number | undefined
}

async function runBatch(deps: ClockDeps, now: Date, most: number): Promise<Round> {
  let last: Claimed[] = []
  try {
    return await deps.transact(nobody, async (tx) => {
      last = await claim(tx, now, most)
      let done = 0
      if (last.length > 0) {
        for (const row of await held(tx, last)) done += await tick(tx, deps, row, now.getTime())
      }
      return { claimed: last.length, done }
    })
  } catch (error) {
    // not one issue's fault: the database is away
    if (last.length === 0) throw error
    // alone, so that the others are not held up by the one that fails
    if (most > 1) return { claimed: last.length, done: undefined }
    deps.log.error({ err: error, issue: last[0]?.id }, 'the clock of an issue failed')
    if (last[0]) await postpone(deps.transact, last[0], now)
    return { claimed: last.length, done: undefined }
  }
}

const postpone = (transact: Transact, issue: Claimed, now: Date) =>
  transact({ scope: [issue.area_code], actor: clock.id }, async (tx) => {
    // an action may have set its clock anew meanwhile
    const { county, id } = issue
    const due = await tx
      .selectFrom('issue')
      .select('id')
      .where('county', '=', county)
      .where('id', '=', id)
      .where('tick_at', '<=', now)
      .forUpdate()
      .executeTakeFirst()
    if (due) await arm(tx, issue, new Date(now.getTime() + postponeMs))
  })

/**
 * Lets the clock do all that is due by now: warnings, breaches, chasers, ends of suspensions, closing without a rating.
 * Each happens once, whichever of several processes does it: event, messages and the next moment are one transaction
 * with the claim.
 *
 * @param now asked for each batch: after an outage thousands may be due, and what happens late bears its own time
 * @returns how many things it did
 */
export async function runDueTicks(deps: ClockDeps, now: () => Date, closing?: AbortSignal): Promise<number> {
  let sum = 0
  let alone = 0
  while (!closing?.aborted) {
    const most = alone > 0 ? 1 : batch
    const { claimed, done } = await runBatch(deps, now(), most)
    if (claimed === 0 && alone === 0) break
    sum += done ?? 0
    if (most > 1 && done === undefined) alone = claimed
    else if (alone > 0) alone -= 1
    else if (claimed < most) break
  }
  return sum
}

/** Looks for what is due again and again, until the signal is aborted. */
export async function keepTicking(
  deps: ClockDeps & Pick<Deps, 'now'>,
  { everyMs, closing }: { everyMs: number; closing: AbortSignal },
): Promise<void> {
  while (!closing.aborted) {
    await runDueTicks(deps, deps.now, closing).catch((error: unknown) => {
      deps.log.warn({ err: error }, 'the clock of the issues stands still')
    })
    await sleep(everyMs, undefined, { signal: closing, ref: false }).catch(() => undefined)
  }
}
