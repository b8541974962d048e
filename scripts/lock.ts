import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StartupProblem } from './problem.ts'
import { isAlive, startMarkOf } from './processes.ts'

/** Who holds a lock: the process id and the mark of when that process started. */
interface Holder {
  pid: number
  mark: string
}

/** The outcome of `takeLock`: the lock, or the id of the living process that has it. */
export type LockOutcome = { release(): Promise<void> } | { heldBy: number }

function parse(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('mark' in value))
      return undefined
    return { pid: Number(value.pid), mark: String(value.mark) }
  } catch {
    return undefined
  }
}

async function isHeld(holder: Holder | undefined): Promise<boolean> {
  if (!holder || !(await isAlive(holder.pid))) return false
  return holder.mark === '' || holder.mark === (await startMarkOf(holder.pid))
}

/** Removes a lock whose holder is dead, unless another process has just replaced it by its own. */
async function clearStale(file: string, seen: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`
  try {
    await rename(file, aside)
  } catch {
    return
  }
  const moved = await readFile(aside, 'utf8')
  if (moved !== seen) await link(aside, file).catch(() => undefined)
  await rm(aside, { force: true })
}

/**
 * Takes a lock file that lasts as long as this process lives: a lock left by a dead process, even one whose id
 * was given to another process since, is taken over. The file appears whole or not at all (hard link).
 */
export async function takeLock(file: string): Promise<LockOutcome> {
  await mkdir(dirname(file), { recursive: true })
  const mine = JSON.stringify({ pid: process.pid, mark: await startMarkOf(process.pid) })
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, mine, { flag: 'wx' })
  try {
    for (;;) {
      try {
        await link(draft, file)
        return { release: () => releaseLock(file, mine) }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const seen = await readFile(file, 'utf8').catch(() => undefined)
      if (seen === undefined) continue
      const holder = parse(seen)
      if (holder && (await isHeld(holder))) return { heldBy: holder.pid }
      await clearStale(file, seen)
    }
  } finally {
    await rm(draft, { force: true })
  }
}

async function releaseLock(file: string, mine: string): Promise<void> {
  const seen = await readFile(file, 'utf8').catch(() => '')
  if (seen === mine) await rm(file, { force: true })
}

/**
 * Takes a lock in a data folder.
 *
 * @throws StartupProblem naming the process that has it.
 */
export async function lockDataDir(dataDir: string, name: string): Promise<{ release(): Promise<void> }> {
  const lock = await takeLock(join(dataDir, name))
  if (!('heldBy' in lock)) return lock
  throw new StartupProblem(
    `The data folder ${dataDir} is in use by process ${lock.heldBy}: ` +
      'stop that one, or set MQ_DATA_DIR to another folder.',
  )
}
