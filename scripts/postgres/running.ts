import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StartupProblem } from '../problem.ts'
import { commandOf, isAlive, isGoneWithin } from '../processes.ts'
import type { Place } from './place.ts'
import { runProgram } from './programs.ts'

/** What postmaster.pid says of the server that uses, or used, a cluster. */
export interface Running {
  pid: number
  port: number
  /** `starting`, `stopping`, `ready` or `standby`. */
  status: string
}

/** Reads postmaster.pid, undefined where there is none. */
export async function readRunning(place: Place): Promise<Running | undefined> {
  const text = await readFile(join(place.cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  return { pid, port: Number(lines[3]), status: (lines[7] ?? '').trim() }
}

/** Ends a server: fast shutdown (sessions are cut, data flushed), then immediate, then by force. */
export async function stopRunning(place: Place, pid: number): Promise<void> {
  if (process.platform === 'win32') {
    await runProgram(place, place.binaries.pgCtl, ['stop', '-D', place.cluster, '-m', 'fast', '-w'])
    return
  }
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5_000],
  ]
  for (const [signal, patience] of steps) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return
      throw error
    }
    if (await isGoneWithin(pid, patience)) return
  }
  throw new StartupProblem(`PostgreSQL (process ${pid}) does not stop: end it by hand, then start again.`)
}

/**
 * Looks for a PostgreSQL which a killed run left behind. A postmaster.pid whose process is gone, or is another
 * program by now, is removed: PostgreSQL itself would refuse to start while that process lives.
 */
export async function findLeftover(place: Place): Promise<Running | undefined> {
  const running = await readRunning(place)
  if (!running) return undefined
  if (await isAlive(running.pid)) {
    const command = await commandOf(running.pid)
    if (/postgres/i.test(command) && (process.platform === 'win32' || command.includes(place.cluster)))
      return running
  }
  await rm(join(place.cluster, 'postmaster.pid'), { force: true })
  return undefined
}
