import { createHash } from 'node:crypto'
import { dayOf } from '@minqing/core'
import { demoAreas, importAreas, migrate } from '@minqing/server'
import { chineseCalendar } from '../../../packages/server/src/internal/calendar.ts'
import { coreScoring } from '../../../packages/server/src/internal/issues/scoring.ts'
import { open } from '../../../packages/server/src/demo/issues/chronicle.ts'
import { eventRows, issueRow } from '../../../packages/server/src/demo/issues/rows.ts'
import { fingerprint, insert } from '../issues/seed.ts'
import { asOwner, withDatabase } from '../support/database.ts'

export const armed = 100_000
export const due = 10_000
const county = '330683'
const area = { code: '330683100201', name: '甘霖镇 东王村' }
const minute = 60_000
/** A Monday; the first ten thousand are reported within one minute, and so warned of within one. */
const begin = Date.parse('2026-03-02T01:00:00Z')

/** The moment by which the first ones are due: they are warned of after three quarters of five working days. */
export const dueAt = begin + 3.75 * 24 * 60 * minute + minute

const uuidOf = (index: number): string => {
  const hex = createHash('sha256').update(`timer ${index}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

function life(index: number) {
  const at = index < due ? begin + (index / due) * minute : begin + 60 * minute + index * 100
  const actor = { id: `officer-${index % 500}`, name: '陈立军' }
  const submission = {
    ...{ county, id: uuidOf(index), area, source: 'officer' as const, diary: null, photos: [], place: null },
    ...{ text: '村口的路灯坏了', resident: null, category: null, requestHash: Buffer.alloc(32) },
  }
  const number = `${county}-${dayOf(at).replaceAll('-', '')}-${String(index + 1).padStart(5, '0')}`
  return open(
    submission,
    number,
    { at, actor, calendar: chineseCalendar },
    {
      calendar: chineseCalendar,
      scoring: coreScoring,
    },
  )
}

async function fill(url: string): Promise<void> {
  await migrate(url)
  await importAreas(url, await demoAreas())
  await asOwner(url, async (client) => {
    await client.query('begin')
    const batch = 1000
    for (let from = 0; from < armed; from += batch) {
      const lives = Array.from({ length: batch }, (_, at) => life(from + at))
      await insert(
        client,
        'issue',
        lives.map((one) => issueRow(one, chineseCalendar)),
      )
      await insert(client, 'issue_event', lives.flatMap(eventRows))
    }
    await client.query('commit')
    await client.query('vacuum (analyze)')
  })
}

/** A fresh copy of a database with all timers armed; the original is made once. */
export async function freshTimers(url: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `timers_${await fingerprint(armed)}`
  const copy = 'timing_run'
  await asOwner(url, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      String.raw`select datname from pg_database where datname like 'timers\_%'`,
    )
    if (!rows.some(({ datname }) => datname === name)) {
      for (const { datname } of rows) await client.query(`drop database ${datname} with (force)`)
      console.log(`Arming ${armed} timers, once:`)
      await client.query('create database timers_draft')
      await fill(withDatabase(url, 'timers_draft'))
      await client.query(`alter database timers_draft rename to ${name}`)
    }
    await client.query(`drop database if exists ${copy} with (force)`)
    await client.query(`create database ${copy} template ${name} strategy file_copy`)
  })
  const drop = () =>
    asOwner(url, async (client) => void (await client.query(`drop database ${copy} with (force)`)))
  return { url: withDatabase(url, copy), drop }
}
