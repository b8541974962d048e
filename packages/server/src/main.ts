import { setTimeout as sleep } from 'node:timers/promises'
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
  let closed: Promise<void> | undefined
  const close = async () => {
    const done = new AbortController()
    const cutOff = sleep(graceMs, undefined, { signal: done.signal, ref: false }).then(
      () => app.server.closeAllConnections(),
      () => undefined,
    )
    await app.close()
    done.abort()
    await cutOff
  }
  return { url: urlOf(address), port: address.port, close: () => (closed ??= close()) }
}
