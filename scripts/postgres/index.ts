import { resolve } from 'node:path'
import pg from 'pg'
import { lockDataDir } from '../lock.ts'
import { StartupProblem } from '../problem.ts'
import { postgresAccount } from './account.ts'
import { packagedBinaries } from './binaries.ts'
import { ensureCluster, OWNER } from './cluster.ts'
import { findPlace, type Place } from './place.ts'
import { findLeftover, stopRunning } from './running.ts'
import { launch } from './server.ts'

/** Options of `startPostgres`. */
export interface PostgresOptions {
  /** The folder that holds the data; made if missing. One living process uses it at a time. */
  dataDir: string
  /** Port on 127.0.0.1; without one a free port is picked. */
  port?: number
  /** Takes single lines meant for a person. */
  log(line: string): void
  /** False trades safety against a crash of the machine for speed; a killed process still loses nothing. */
  durable?: boolean
  /** Called if the server ends though nobody asked it to. */
  onLost?(sentence: string): void
}

/** A running PostgreSQL. */
export interface RunningPostgres {
  /** Connection URL of the owner, password included: never print it. */
  url: string
  port: number
  /** The id of the server's main process. */
  pid: number
  /** Whether a server left by a killed run was taken over. */
  adopted: boolean
  /** Fast shutdown; waits until the server is gone and the data folder is free for others. */
  stop(): Promise<void>
}

function urlOf(password: string, port: number, database: string): string {
  return `postgres://${OWNER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function ensureDatabase(password: string, port: number): Promise<void> {
  const maintenance = urlOf(password, port, 'postgres')
  const found = await query(maintenance, `select 1 from pg_database where datname = '${OWNER}'`)
  if (found.length === 0) await query(maintenance, `create database ${OWNER}`)
}

/** Takes over a server left by a killed run if it answers and listens where we want it; else it is stopped. */
async function adopt(
  place: Place,
  password: string,
  port: number | undefined,
): Promise<{ pid: number; port: number } | undefined> {
  const leftover = await findLeftover(place)
  if (!leftover) return undefined
  if (leftover.status === 'ready' && (port === undefined || port === leftover.port)) {
    const answers = await query(urlOf(password, leftover.port, 'postgres'), 'select 1').catch(() => undefined)
    if (answers) return leftover
  }
  await stopRunning(place, leftover.pid)
  return undefined
}

/**
 * Starts the PostgreSQL that lives in `dataDir`, making it at the first start.
 *
 * @throws StartupProblem with one sentence for everything a person can mend: the folder is held by another
 *   living process (named by id), the disk is full, the port is in use, the data are of another version…
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const dataDir = resolve(options.dataDir)
  try {
    return await startLocked(dataDir, options)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    throw new StartupProblem(`The disk that holds ${dataDir} is full: free some space, then start again.`, {
      cause: error,
    })
  }
}

async function startLocked(dataDir: string, options: PostgresOptions): Promise<RunningPostgres> {
  const lock = await lockDataDir(dataDir, 'postgres.lock')
  try {
    const place = await findPlace(dataDir, packagedBinaries(), postgresAccount(), options.log)
    const durable = options.durable ?? true
    const password = await ensureCluster(place, durable)
    const adopted = await adopt(place, password, options.port)
    const launched = adopted ? undefined : await launch(place, options.port, durable)
    const { pid, port } = (adopted ?? launched) as { pid: number; port: number }
    let stopping: Promise<void> | undefined
    const stop = async () => {
      await stopRunning(place, pid)
      await lock.release()
    }
    void launched?.exited.then(() => {
      if (!stopping) options.onLost?.(`PostgreSQL stopped unexpectedly, see ${place.logFile}.`)
    })
    const running = { port, pid, adopted: adopted !== undefined, stop: () => (stopping ??= stop()) }
    try {
      await ensureDatabase(password, port)
    } catch (error) {
      await running.stop()
      throw error
    }
    return { url: urlOf(password, port, OWNER), ...running }
  } catch (error) {
    await lock.release()
    throw error
  }
}
