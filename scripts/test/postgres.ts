import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { discardPostgres } from '../postgres/discard.ts'
import { startPostgres } from '../postgres/index.ts'
import { isAlive } from '../processes.ts'

/** A PostgreSQL for tests, with data that nobody will miss. */
export interface TestPostgres {
  url: string
  /** Stops it and removes its data. */
  stop(): Promise<void>
  /** The same at once and without waiting, for a process that is about to end; nothing after `stop`. */
  abandon(): void
}

const folder = join(tmpdir(), `minqing-test-${process.getuid?.() ?? 'user'}`)

/** Stops and removes what test runs left that were killed before they could do so themselves. */
async function sweep(): Promise<void> {
  for (const name of await readdir(folder)) {
    if (await isAlive(Number.parseInt(name, 10))) continue
    await discardPostgres(join(folder, name)).then(
      () => rm(join(folder, name), { recursive: true, force: true }),
      () => undefined, // another run is sweeping it up at this moment
    )
  }
}

/** Starts a PostgreSQL in a temporary folder: real in every way, but without fsync. */
export async function startTestPostgres(): Promise<TestPostgres> {
  await mkdir(folder, { recursive: true, mode: 0o755 })
  await sweep()
  const dataDir = join(folder, `${process.pid}-${randomUUID()}`)
  const server = await startPostgres({ dataDir, log: () => undefined, durable: false })
  let over = false
  return {
    url: server.url,
    async stop() {
      over = true
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
    abandon() {
      if (over) return
      try {
        process.kill(server.pid, 'SIGQUIT')
        rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
      } catch {
        // already gone, or the next run sweeps the rest up
      }
    },
  }
}
