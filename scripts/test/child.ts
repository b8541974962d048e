import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The root of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Flags with which our sources run: packages resolve to source, and the child ends if we are killed. */
export const sourceFlags = [
  '--conditions=minqing-source',
  `--import=${new URL('../on-parent-gone.ts', import.meta.url).href}`,
]

/** How a child process ended. `said` holds its standard output and error, in order. */
export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  said: string
  timedOut: boolean
}

const windows = process.platform === 'win32'

/**
 * Runs a child process to its end. It leads a process group of its own, which is killed as a whole at the end,
 * so that a browser or server which a failing test forgot does not stay behind.
 *
 * @param options.patience milliseconds after which the group is killed
 * @param options.cwd the folder in which it runs; the root unless told
 */
export async function runChild(
  program: string,
  args: string[],
  options: { env: NodeJS.ProcessEnv; signal: AbortSignal; patience: number; cwd?: string },
): Promise<Ended> {
  const child = spawn(program, args, {
    cwd: options.cwd ?? root,
    env: options.env,
    detached: !windows,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const kill = () => {
    try {
      if (windows) child.kill('SIGKILL')
      else process.kill(-(child.pid as number), 'SIGKILL')
    } catch {
      // the group is gone already
    }
  }
  let said = ''
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    kill()
  }, options.patience)
  options.signal.addEventListener('abort', kill, { once: true })
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject)
      // not `close`: that waits for grandchildren which hold the pipes
      child.on('exit', (code, signal) => setImmediate(() => resolve({ code, signal, said, timedOut })))
    })
  } finally {
    clearTimeout(timer)
    options.signal.removeEventListener('abort', kill)
    kill()
  }
}
