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

/**
 * Connections that act as the role bound by row-level security, from their first statement on: a connection that
 * cannot take the role is never handed out.
 */
export function createPool(url: string, options: PoolOptions = {}): pg.Pool {
  const pool = new pg.Pool({
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
  pool.on('error', options.onError ?? (() => undefined))
  return pool
}
