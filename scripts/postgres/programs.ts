import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { dirname } from 'node:path'
import { StartupProblem } from '../problem.ts'
import type { Place } from './place.ts'

/** Our environment without PG* (PGDATA, PGPORT… of another PostgreSQL) and with messages we can recognize. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name))
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' }
}

/** Starts one of PostgreSQL's programs as its account, in a folder that account can enter. */
export function spawnProgram(
  place: Place,
  program: string,
  args: string[],
  options: Pick<SpawnOptions, 'stdio' | 'detached'>,
): ChildProcess {
  const { uid, gid } = place.account ?? {}
  return spawn(program, args, {
    ...options,
    uid,
    gid,
    cwd: dirname(place.store),
    env: environment(),
    windowsHide: true,
  })
}

/** Runs one of PostgreSQL's programs to its end. Answers its exit code and all it said. */
export async function runProgram(
  place: Place,
  program: string,
  args: string[],
): Promise<{ code: number; said: string }> {
  const child = spawnProgram(place, program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, said }))
  })
}

/** What PostgreSQL says when it cannot go on, and what a person can do about it. First match wins. */
const COMPLAINTS: [RegExp, (place: Place, port: number | undefined) => string][] = [
  [
    /No space left on device|ENOSPC|Disk quota exceeded|File too large/i,
    (place) => `The disk that holds ${place.store} is full: free some space, then start again.`,
  ],
  [
    /Read-only file system/i,
    (place) => `${place.store} is on a read-only file system: choose another with MQ_DATA_DIR.`,
  ],
  [
    /could not bind|Address already in use/i,
    (_place, port) => `Port ${port ?? ''} is in use, so PostgreSQL cannot listen there: choose another port.`,
  ],
  [
    /shared memory.*(Cannot allocate|No space|Invalid argument)|out of memory|Cannot allocate memory/is,
    () => 'There is not enough memory to start PostgreSQL: close some programs, then start again.',
  ],
  [
    /Permission denied|invalid permissions|has wrong ownership/i,
    (place) =>
      `PostgreSQL may not use ${place.store}: give it back to the user who made it, or set MQ_DATA_DIR.`,
  ],
]

/** Turns what PostgreSQL said into a problem in one sentence, with its own words as the cause. */
export function problemFrom(said: string, place: Place, port?: number): StartupProblem {
  const cause = new Error(said.trim())
  for (const [pattern, sentence] of COMPLAINTS) {
    if (pattern.test(said)) return new StartupProblem(sentence(place, port), { cause })
  }
  const last = said
    .trim()
    .split('\n')
    .findLast((line) => /FATAL|PANIC|error/i.test(line))
  const detail = last ? ` It said: ${last.replace(/^.*?(FATAL|PANIC|error):\s*/, '')}` : ''
  return new StartupProblem(`PostgreSQL could not start, see ${place.logFile}.${detail}`, { cause })
}
