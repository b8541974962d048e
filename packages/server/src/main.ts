import { setTimeout as sleep } from 'node:timers/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from './app.ts'
import type { AppInput } from './config.ts'

export type StartOptions = AppInput & {
  /** Address to listen on: `127.0.0.1` for this machine only. */
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
}

export interface RunningServer {
  /** Address by which this machine reaches the server. */
  readonly url: string
  readonly port: number
  /** Ends event streams, lets requests under way finish, then closes the database connections. */
  close(): Promise<void>
}

/** Requests that are still not over by then are cut off. */
const graceMs = 5000

const unspecified = new Set(['0.0.0.0', '::'])

function urlOf({ address, family, port }: AddressInfo): string {
  const reachable = unspecified.has(address) ? '127.0.0.1' : family === 'IPv6' ? `[${address}]` : address
  return `http://${reachable}:${port}`
}

/** Counts the requests under way. Answers a function that waits until there is none. */
function whenQuiet(server: Server): () => Promise<void> {
  let underWay = 0
  let told: (() => void) | undefined
  server.on('request', (_request, response) => {
    underWay++
    response.once('close', () => {
      underWay--
      if (underWay === 0) told?.()
    })
  })
  return () => new Promise((resolve) => (underWay === 0 ? resolve() : (told = resolve)))
}

/**
 * Starts the server. The database has to be migrated.
 *
 * @throws ConfigProblem or DatabaseProblem with a `sentence`; the error of `listen` (`EADDRINUSE`) as it is
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { host, port, ...rest } = options
  const app = await createApp(rest)
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    throw error
  }
  const address = app.server.address() as AddressInfo
  const quiet = whenQuiet(app.server)
  let closed: Promise<void> | undefined
  const close = async () => {
    const done = app.close()
    await Promise.race([quiet(), sleep(graceMs, undefined, { ref: false })])
    // what is left says nothing: kept-alive connections, and those that never asked
    app.server.closeAllConnections()
    await done
  }
  return { url: urlOf(address), port: address.port, close: () => (closed ??= close()) }
}
