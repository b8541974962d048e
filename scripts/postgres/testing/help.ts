import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { isAlive } from '../../processes.ts'
import { discardPostgres } from '../discard.ts'
import { startPostgres, type PostgresOptions, type RunningPostgres } from '../index.ts'

const endings = new WeakMap<TestContext, (() => unknown)[]>()

/** Like `t.after`, but last registered, first run: servers stop before their folder is removed. */
export function atEnd(t: TestContext, work: () => unknown): void {
  const known = endings.get(t)
  if (known) {
    known.unshift(work)
    return
  }
  const works = [work]
  endings.set(t, works)
  t.after(async () => {
    for (const each of works) await each()
  })
}

/** A data folder that is thrown away after the test, along with a PostgreSQL that may still run in it. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'minqing-postgres-'))
  await chmod(folder, 0o755)
  atEnd(t, async () => {
    await discardPostgres(join(folder, 'data'))
    await rm(folder, { recursive: true, force: true })
  })
  return join(folder, 'data')
}

/** Starts PostgreSQL with the lines it logs kept, and stops it after the test. */
export async function start(
  t: TestContext,
  options: Omit<PostgresOptions, 'log'>,
): Promise<RunningPostgres & { lines: string[] }> {
  const lines: string[] = []
  const server = await startPostgres({ ...options, log: (line) => lines.push(line) })
  atEnd(t, () => server.stop())
  return { ...server, lines }
}

/** Runs statements over one connection. Answers the rows of the last. */
export async function ask(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    let rows: Record<string, unknown>[] = []
    for (const statement of statements) rows = (await client.query<Record<string, unknown>>(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

/** Starts PostgreSQL from another process, as `npm start` would. */
export async function holdInOtherProcess(
  t: TestContext,
  dataDir: string,
): Promise<{ holder: ChildProcess; pid: number; port: number; adopted: boolean }> {
  const script = fileURLToPath(new URL('./hold.ts', import.meta.url))
  const holder = spawn(process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  atEnd(t, async () => {
    if (await isAlive(holder.pid as number)) await killOutright(holder)
  })
  const [line] = (await once(holder.stdout, 'data')) as [Buffer]
  return { holder, ...(JSON.parse(line.toString()) as { pid: number; port: number; adopted: boolean }) }
}

/** Kills a process outright, as the system does under memory pressure, and waits until it is gone. */
export async function killOutright(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}
