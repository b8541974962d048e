import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { startTestPostgres } from '../test/postgres.ts'
import type { Project } from './projects.ts'
import type { Report } from './report.ts'

/** The server of the node project, at work. */
export interface PackedServer {
  readonly url: string
  close(): Promise<void>
}

/** Starts the packed server on a PostgreSQL of its own, as the node project's start.js says. */
export async function startPacked(
  { folder }: Project,
  origins: readonly string[],
  report: Report,
): Promise<PackedServer | undefined> {
  const postgres = await startTestPostgres()
  process.once('exit', () => postgres.abandon())
  const dataDir = join(folder, 'data')
  await mkdir(dataDir, { recursive: true })
  const child = spawn(process.execPath, ['start.js'], {
    cwd: folder,
    env: { ...report.context.env, DATABASE_URL: postgres.url, DATA_DIR: dataDir, ORIGINS: origins.join(' ') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = once(child, 'exit').then(() => undefined)
  const lines = createInterface(child.stdout)
  lines.on('line', (line) => (said += `${line}\n`))
  const isReady = (line: string) => line.startsWith('{"url"')
  const ready = new Promise<string>((resolve) => {
    lines.on('line', (line) => isReady(line) && resolve(line))
  })
  const line = await Promise.race([ready, ended])
  const title = 'the server starts in an empty Node project, with every entry imported'
  if (line === undefined) {
    report.tell(title, [said.trim()])
    await postgres.stop()
    return undefined
  }
  const { url, entries } = JSON.parse(line) as { url: string; entries: string[] }
  report.tell(title, [], `${entries.length} entries`)
  return {
    url,
    async close() {
      child.kill('SIGTERM')
      await ended
      await postgres.stop()
      const noise = said.split('\n').filter((one) => one !== '' && !isReady(one))
      report.tell('the server warned of nothing', noise)
    },
  }
}
