import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, stat, truncate } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { totalmem } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from './place.ts'
import { problemFrom, spawnProgram } from './programs.ts'
import { readRunning, stopRunning } from './running.ts'

const LOG_LIMIT = 5 * 1024 * 1024

/** How long a start may take. Recovery after a crash replays the log and needs its time. */
const START_PATIENCE = 120_000

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function settings(place: Place, port: number, durable: boolean): string[] {
  const sharedMegabytes = Math.round(Math.min(512, Math.max(64, totalmem() / 2 ** 20 / 16)))
  const values: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    shared_buffers: `${sharedMegabytes}MB`,
    max_connections: '200',
    max_wal_size: '2GB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    jit: 'off',
    // without fsync a crash of the machine loses data, a crash of a process does not: good enough for tests
    ...(durable ? { fsync: 'on', full_page_writes: 'on' } : { fsync: 'off', full_page_writes: 'off' }),
    synchronous_commit: 'on',
  }
  return [
    '-D',
    place.cluster,
    ...Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

/** A file, not a pipe: the server outlives a killed parent and must not write into nowhere then. */
async function openLog(
  place: Place,
): Promise<{ fd: number; close(): Promise<void>; since(): Promise<string> }> {
  const size = await stat(place.logFile).then(
    (found) => found.size,
    () => 0,
  )
  if (size > LOG_LIMIT) await truncate(place.logFile)
  const from = size > LOG_LIMIT ? 0 : size
  const file = await open(place.logFile, 'a', 0o600)
  const since = async () => (await readFile(place.logFile)).subarray(from).toString()
  return { fd: file.fd, close: () => file.close(), since }
}

async function waitUntilReady(place: Place, child: ChildProcess, gone: () => boolean): Promise<boolean> {
  const end = Date.now() + START_PATIENCE
  while (!gone()) {
    const running = await readRunning(place)
    if (running?.pid === child.pid && running?.status === 'ready') return true
    if (Date.now() > end) {
      await stopRunning(place, child.pid as number)
      return false
    }
    await sleep(20)
  }
  return false
}

/**
 * Starts the server on a cluster that nobody uses and waits until it takes connections. It runs in a session
 * of its own: Ctrl-C in a terminal reaches every process of the group, and the database must stop last.
 *
 * @param asked the port to listen on; without one a free port is picked, again if another process snatches it.
 */
export async function launch(
  place: Place,
  asked: number | undefined,
  durable: boolean,
): Promise<{ pid: number; port: number; exited: Promise<unknown> }> {
  for (let attempt = 1; ; attempt++) {
    const port = asked ?? (await freePort())
    const log = await openLog(place)
    const stdio = ['ignore', log.fd, log.fd] as const
    const child = spawnProgram(place, place.binaries.postgres, settings(place, port, durable), {
      stdio: [...stdio],
      detached: process.platform !== 'win32',
    })
    let failure: Error | undefined
    const exited = new Promise((resolve) => {
      child.on('exit', resolve)
      child.on('error', (error) => resolve((failure = error)))
    })
    let gone = false
    void exited.then(() => (gone = true))
    const ready = await waitUntilReady(place, child, () => gone)
    await log.close()
    if (ready) {
      child.unref()
      return { pid: child.pid as number, port, exited }
    }
    const said = failure ? failure.message : await log.since()
    // backends of a server that was killed need a moment to notice and to let go of its shared memory
    const passing =
      /shared memory block .* still in use/.test(said) || (!asked && /could not bind/i.test(said))
    if (!passing || attempt === 20) throw problemFrom(said, place, port)
    await sleep(250)
  }
}
