import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { createTestDatabase } from '../../../../../test/support/database.ts'
import { createPool } from '../../database/pool.ts'
import { transactions, type Transact } from '../../database/scope.ts'
import { appendEvent } from '../../internal/events.ts'
import type { LiveBus, LoggedEvent } from '../../internal/live-bus.ts'
import { createLiveBus, type RunningBus } from '../bus.ts'
import { positionOf } from '../position.ts'

export const county = '330683'
export const village = '330683103201'
export const otherVillage = '330683104202'

/**
 * The last event of before each bus. A transaction of another database that ends in the moment in which a bus begins is
 * taken for one of its own, and the bus then tells once more what was committed after it: rather twice than not at all.
 */
const heardBefore = new WeakMap<LiveBus, bigint>()

const silent = { info: () => undefined, warn: () => undefined }

/** A database with an event log, and ways to write to it as the application does. */
export interface TestLog {
  readonly url: string
  readonly transact: Transact
  /** Appends one event in a transaction of its own. Answers the diary id in it. */
  append(area?: string): Promise<string>
  /** Runs SQL as the owner, past row-level security. */
  owner(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  bus(): Promise<RunningBus>
  close(): Promise<void>
}

/** An event as the diaries append it. */
export const newEvent = (area: string, diaryId: string = randomUUID()) =>
  ({ type: 'diary.removed', area, at: new Date(), actor: 'chen', diaryId }) as const

export async function openTestLog(): Promise<TestLog> {
  const { url, drop } = await createTestDatabase()
  const pool = createPool(url)
  const ownerPool = new pg.Pool({ connectionString: url, max: 2 })
  ownerPool.on('error', () => undefined)
  const transact = transactions(pool)
  const buses: RunningBus[] = []
  return {
    url,
    transact,
    async append(area = village) {
      const event = newEvent(area)
      await transact({ scope: [area], actor: 'chen' }, (tx) => appendEvent(tx, county, event))
      return event.diaryId
    },
    async owner(text, values) {
      return (await ownerPool.query<Record<string, unknown>>(text, values)).rows
    },
    async bus() {
      const { rows } = await ownerPool.query<{ last: string }>(
        'select coalesce(max(seq), 0)::text as last from live_event',
      )
      const bus = await createLiveBus({ databaseUrl: url, log: silent })
      buses.push(bus)
      heardBefore.set(bus, BigInt(rows[0]!.last))
      return bus
    },
    async close() {
      await Promise.all(buses.map((bus) => bus.close()))
      await pool.end()
      await ownerPool.end()
      await drop()
    },
  }
}

/** Collects what a bus tells of what was appended since it was made. */
export function listen(bus: LiveBus): {
  diaries: string[]
  events: LoggedEvent[]
  until(count: number): Promise<void>
} {
  const events: LoggedEvent[] = []
  const diaries: string[] = []
  let check: () => void = () => undefined
  const before = heardBefore.get(bus) ?? 0n
  bus.subscribe((event) => {
    if (positionOf(event.id)!.seq <= before) return
    events.push(event)
    diaries.push((JSON.parse(event.data) as { diaryId: string }).diaryId)
    check()
  })
  return {
    events,
    diaries,
    until: (count) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`only ${events.length} of ${count} events came`)),
          10_000,
        )
        check = () => {
          if (events.length < count) return
          clearTimeout(timer)
          resolve()
        }
        check()
      }),
  }
}

/** Waits until something holds. */
export async function eventually(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + 10_000; !(await holds());) {
    if (Date.now() > end) throw new Error(`never came true: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
