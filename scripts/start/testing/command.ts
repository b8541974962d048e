import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { atEnd } from '../../postgres/testing/help.ts'
import { isGoneWithin } from '../../processes.ts'

const bootstrap = fileURLToPath(new URL('../../run.mjs', import.meta.url))

/** A free port on this machine. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** `npm start` under way. */
export interface StartCommand {
  child: ChildProcess
  /** All it has printed so far. */
  said(): string
  /** Waits until it prints this. Rejects if it ends before. */
  until(pattern: RegExp): Promise<RegExpExecArray>
  /** Waits for its end. */
  ended(): Promise<{ code: number | null; said: string }>
}

/** Runs `npm start` as a person would, without npm itself: run.mjs and everything behind it. */
export function runStart(t: TestContext, args: string[], env: NodeJS.ProcessEnv): StartCommand {
  return follow(t, process.execPath, [bootstrap, 'start', ...args], env)
}

/** Runs it by a shell that waits for it, as npm does. */
export function runStartByShell(t: TestContext, env: NodeJS.ProcessEnv): StartCommand {
  const line = `"${process.execPath}" "${bootstrap}" start; exit $?`
  return follow(t, 'sh', ['-c', line], { npm_lifecycle_event: 'start', ...env })
}

function follow(t: TestContext, program: string, args: string[], env: NodeJS.ProcessEnv): StartCommand {
  const child = spawn(program, args, {
    env: { ...process.env, DATABASE_URL: '', NODE_ENV: '', LOG_LEVEL: '', HOST: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
  let isClosed = false
  void closed.then(() => (isClosed = true))
  const ended = async () => ({ code: await closed, said: text })
  const until = async (pattern: RegExp) => {
    for (;;) {
      const found = pattern.exec(text)
      if (found) return found
      if (isClosed) throw new Error(`npm start ended before it printed ${pattern}:\n${text}`)
      await sleep(20)
    }
  }
  atEnd(t, async () => {
    if (isClosed) return
    child.kill('SIGTERM')
    await isGoneWithin(child.pid as number, 20_000)
  })
  return { child, said: () => text, until, ended }
}

/** The id of the PostgreSQL that uses a data folder, from its own note. */
export async function postgresPid(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8'), 10)
}

/** The id of the process that holds a data folder: the command behind run.mjs. */
export async function holderPid(dataDir: string): Promise<number> {
  const lock = JSON.parse(await readFile(join(dataDir, 'start.lock'), 'utf8')) as { pid: number }
  return lock.pid
}
