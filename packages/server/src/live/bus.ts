import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { appRole } from '../database/role.ts'
import { liveChannel } from '../internal/events.ts'
import type { LiveBus, LoggedEvent } from '../internal/live-bus.ts'
import { currentPosition, eventsAfter, eventsHeld, purgeEvents } from './log.ts'
import { idOf, positionOf, type Position } from './position.ts'
import { Waker } from './waker.ts'

export interface BusOptions {
  readonly databaseUrl: string
  readonly log: {
    info(message: string): void
    warn(fields: object, message: string): void
  }
}

/** A bus that has begun to listen. */
export interface RunningBus extends LiveBus {
  close(): Promise<void>
}

/** How soon to look again while committed events wait behind an open transaction. */
const heldMs = { first: 10, most: 500 }
const reconnectMs = { first: 100, most: 5000 }
/** Looks without having been told, should a notification get lost (a pooler between us and PostgreSQL). */
const idleMs = 5000
const purgeMs = 3_600_000

/**
 * Follows the event log over a connection of its own. Notifications only wake it up; what it tells comes from the
 * table, from where it stopped, so a broken connection delays events and loses none.
 */
class Bus implements RunningBus {
  readonly #options: BusOptions
  readonly #listeners = new Set<(event: LoggedEvent) => void>()
  readonly #closing = new AbortController()
  #position: Position = { xid: 0n, seq: 0n }
  #healthy = false
  #purgedAt = Number.NEGATIVE_INFINITY
  #following: Promise<void> | undefined

  constructor(options: BusOptions) {
    this.#options = options
  }

  get healthy(): boolean {
    return this.#healthy
  }

  get position(): string {
    return idOf(this.#position)
  }

  subscribe(listener: (event: LoggedEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async start(): Promise<this> {
    const client = await this.#connect()
    this.#position = await currentPosition(client)
    this.#healthy = true
    this.#following = this.#followAlways(client)
    return this
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#listeners.clear()
    await this.#following
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#options.databaseUrl,
      application_name: 'minqing live',
      connectionTimeoutMillis: 5000,
      keepAlive: true,
      statement_timeout: 15_000,
      // also when the network swallows the answer
      query_timeout: 20_000,
    })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query(`set role ${appRole}`)
      await client.query(`listen ${liveChannel}`)
      return client
    } catch (error) {
      await client.end().catch(() => undefined)
      throw error
    }
  }

  async #followAlways(first: pg.Client): Promise<void> {
    const { signal } = this.#closing
    let client: pg.Client | undefined = first
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        client ??= await this.#connect()
        if (failures > 0) this.#options.log.info('live events: connected again')
        this.#healthy = true
        failures = 0
        await this.#follow(client)
      } catch (error) {
        if (this.#healthy)
          this.#options.log.warn({ err: error }, 'live events: the database connection was lost')
      }
      this.#healthy = false
      await client?.end().catch(() => undefined)
      client = undefined
      const wait = Math.min(reconnectMs.first * 2 ** failures, reconnectMs.most)
      if (!signal.aborted) await sleep(wait, undefined, { signal }).catch(() => undefined)
    }
  }

  /** Returns when the bus is closed; throws when the connection is lost. */
  async #follow(client: pg.Client): Promise<void> {
    const waker = new Waker()
    const stop = () => waker.wake()
    client.on('notification', () => waker.wake())
    client.once('end', () => waker.fail(new Error('connection ended')))
    this.#closing.signal.addEventListener('abort', stop, { once: true })
    try {
      for (let held = 0; !this.#closing.signal.aborted;) {
        const { events, more } = await eventsAfter(client, this.#position)
        for (const event of events) this.#tell(event)
        if (more) continue
        await this.#purgeAtTimes(client)
        held = (await eventsHeld(client)) ? held + 1 : 0
        await waker.wait(held ? Math.min(heldMs.first * 2 ** (held - 1), heldMs.most) : idleMs)
      }
    } finally {
      this.#closing.signal.removeEventListener('abort', stop)
    }
  }

  async #purgeAtTimes(client: pg.Client): Promise<void> {
    if (performance.now() - this.#purgedAt < purgeMs) return
    this.#purgedAt = performance.now()
    await purgeEvents(client)
  }

  #tell(event: LoggedEvent): void {
    this.#position = positionOf(event.id)!
    for (const listener of this.#listeners) {
      try {
        listener(event)
      } catch (error) {
        this.#options.log.warn({ err: error }, 'live events: a listener failed')
      }
    }
  }
}

/**
 * Starts to follow the event log of the deployment.
 *
 * @throws when the database cannot be reached at the start; afterwards it reconnects by itself
 */
export const createLiveBus = (options: BusOptions): Promise<RunningBus> => new Bus(options).start()
