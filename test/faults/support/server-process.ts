import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { RunningServer, StartOptions } from '@minqing/server'

const script = new URL('./server-main.ts', import.meta.url).pathname

/** Starts the server as a process of its own. */
export async function startServerProcess(
  options: StartOptions,
): Promise<RunningServer & { kill(): Promise<void> }> {
  const child = spawn(process.execPath, ['--conditions=minqing-source', script], {
    env: { ...process.env, MQ_TEST_SERVER: JSON.stringify(options) },
    // Its standard input ends with us, and it then ends itself: no orphan, whatever happens to the tests.
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([once(lines, 'line'), ended.then(() => undefined)])
  if (!first) throw new Error(`The server process ended with ${child.exitCode}`)
  const { url, port } = JSON.parse(String(first[0])) as { url: string; port: number }
  const end = (signal: NodeJS.Signals) => async () => {
    child.kill(signal)
    await ended
  }
  return { url, port, close: end('SIGTERM'), kill: end('SIGKILL') }
}
