import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { appRole } from './role.ts'

export interface PoolOptions {
  /** Connections at most; 16 without it. */
  max?: number
  /** Shown by `pg_stat_activity`. */
  name?: string
  /** Called when an idle connection breaks; the pool replaces it by itself. */
  onError?(error: Error): void
}

/** A network that swallows the last packets must not hold up a shutdown for longer. */
const goodbyeMs = 2000

/**
 * A pool that ends when its connections have. pg's own says so while they are still taking leave: a PostgreSQL that is
 * stopped right afterwards would break them, and the log would tell of a lost database.
 */
class PatientPool extends pg.Pool {
  readonly #goodbyes = new Set<Promise<void>>()

  constructor(config: pg.PoolConfig) {
    super(config)
    this.on('connect', (client) => {
      const gone = new Promise<void>((resolve) => client.once('end', () => resolve()))
      this.#goodbyes.add(gone)
      void gone.then(() => this.#goodbyes.delete(gone))
    })
  }

  override async end(): Promise<void> {
    await super.end()
    await Promise.race([Promise.all(this.#goodbyes), sleep(goodbyeMs, undefined, { ref: false })])
  }
}

/**
 * Connections that act as the role bound by row-level security, from their first statement on: a connection that
 * cannot take the role is never handed out.
 */
export function createPool(url: string, options: PoolOptions = {}): pg.Pool {
  const pool = new PatientPool({
    connectionString: url,
    max: options.max ?? 16,
    application_name: options.name ?? 'minqing',
    statement_timeout: 15_000,
    lock_timeout: 5000,
    idle_in_transaction_session_timeout: 30_000,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 60_000,
    onConnect: async (client) => {
      await client.query(`set role ${appRole}`)
    },
  })
  // A connection that breaks while it is in use fails the query; without a listener it would end the process, too.
  pool.on('connect', (client) => void client.on('error', () => undefined))
  pool.on('error', options.onError ?? (() => undefined))
  return pool
}
