import { catalogueLimits, type ErrorCode } from '@minqing/core'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Guard, Transact } from '../../database/scope.ts'
import { UnreadableFile } from '../../internal/decode.ts'
import type { Tx } from '../../internal/handler.ts'
import { renameBelow } from '../full-names.ts'
import { checkAll, type Checked } from './check.ts'
import { areasThere, readKnown, type Known } from './known.ts'
import { finish, listRejected, report, type ImportId } from './progress.ts'
import type { Sheet } from './read.ts'
import { entryOf, type Entry, type Rejection } from './shape.ts'
import { batchSize, fullNamesOf, unitsOf, writeBatch, type Batch } from './write.ts'

/** One import, as its operation has taken it on. */
export interface Task extends ImportId {
  readonly sheet: Sheet
  readonly strict: boolean
  /** Whose rights it works under. */
  readonly guard: Guard
}

/** Ends the work early; the import gets the code. */
class Failed extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode) {
    super(code)
    this.code = code
  }
}

const signOfLife = 20_000

/** Reads all lines. Now and then it says how many there are. */
async function readAll(
  task: Task,
  transact: Transact,
  signal: AbortSignal,
): Promise<{ entries: Entry[]; bad: Rejection[]; total: number }> {
  const entries: Entry[] = []
  const bad: Rejection[] = []
  let total = 0
  for await (const line of task.sheet.lines()) {
    if (++total > catalogueLimits.rows) throw new Failed('body_too_large')
    const entry = entryOf(line, task.county)
    if ('rule' in entry) bad.push(entry)
    else entries.push(entry)
    if (total % signOfLife === 0) {
      signal.throwIfAborted()
      await transact(task.guard, (tx) => report(tx, task, { total, done: 0, taken: 0 }))
    }
  }
  return { entries, bad, total }
}

async function groundOf(task: Task, transact: Transact, entries: readonly Entry[]) {
  const named = new Set(entries.flatMap(({ place }) => (place ? [place.area] : [])))
  return transact(task.guard, async (tx) => {
    const known = await readKnown(tx, task.county)
    const areas = await areasThere(tx, task.county, named)
    return { county: task.county, scope: task.guard.scope, known, areas }
  })
}

/** Writes the lines batch by batch, with the progress after each. */
async function writeAll(
  task: Task,
  transact: Transact,
  signal: AbortSignal,
  { checked, known, total }: { checked: Checked; known: Known; total: number },
): Promise<void> {
  const { good, bad } = checked
  const common = {
    county: task.county,
    fullNameOf: fullNamesOf(checked, known),
    unitOf: unitsOf(checked, known),
  }
  const write = async (tx: Tx, at: number) => {
    signal.throwIfAborted()
    const batch: Batch = { ...common, entries: good.slice(at, at + batchSize) }
    await writeBatch(tx, batch)
    return at + batch.entries.length
  }
  const say = async (tx: Tx, taken: number, done: number) => {
    if (!(await report(tx, task, { total, done, taken }))) throw new Failed('unavailable')
  }
  if (task.strict) {
    await transact(task.guard, async (tx) => {
      for (let at = 0; at < good.length;) {
        at = await write(tx, at)
        // seen by others only from a transaction of its own; nothing is taken before all is
        await transact(task.guard, (other) => say(other, 0, at))
      }
      await renameBelow(tx, task.county, '')
    })
    await transact(task.guard, (tx) => say(tx, total, total))
    return
  }
  for (let at = 0; at < good.length;) {
    at = await transact(task.guard, async (tx) => {
      const next = await write(tx, at)
      await say(tx, next, next + bad.length)
      return next
    })
    await breathe()
  }
  await transact(task.guard, (tx) => renameBelow(tx, task.county, ''))
}

async function work(task: Task, transact: Transact, signal: AbortSignal): Promise<void> {
  const { entries, bad, total } = await readAll(task, transact, signal)
  const ground = await groundOf(task, transact, entries)
  const within = checkAll(entries, ground)
  const checked = { ...within, bad: [...bad, ...within.bad].sort((a, b) => a.line - b.line) }
  const { good } = checked
  await transact(task.guard, async (tx) => {
    await listRejected(tx, task, checked.bad)
    await report(tx, task, { total, done: task.strict ? 0 : checked.bad.length, taken: 0 })
  })
  if (task.strict && checked.bad.length > 0) throw new Failed('csv_invalid')
  if (good.length > 0) await writeAll(task, transact, signal, { checked, known: ground.known, total })
}

const codeOf = (error: unknown): ErrorCode => {
  if (error instanceof Failed) return error.code
  return error instanceof UnreadableFile ? 'csv_unreadable' : 'internal'
}

/**
 * Carries an import out and writes down how it ended.
 *
 * @returns what nobody foresaw, for the log
 */
export async function runImport(task: Task, transact: Transact, signal: AbortSignal): Promise<unknown> {
  const end = (code: ErrorCode | null) => transact(task.guard, (tx) => finish(tx, task, code))
  try {
    await work(task, transact, signal)
    await end(null)
    return undefined
  } catch (error) {
    const code = signal.aborted ? 'unavailable' : codeOf(error)
    // where the database is away its silence will tell
    await end(code).catch(() => undefined)
    return code === 'internal' ? error : undefined
  }
}
