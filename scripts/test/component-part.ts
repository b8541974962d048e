import { existsSync } from 'node:fs'
import { glob, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root, runChild, sourceFlags } from './child.ts'
import type { JobContext, Outcome, Part } from './types.ts'

const CONFIG = 'packages/elements/web-test-runner.config.mjs'
const runner = fileURLToPath(new URL('./component-runner.ts', import.meta.url))

/** A port that is free: two runners that each look for one find the same. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

async function run(files: string[], context: JobContext): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'minqing-component-'))
  const reportFile = join(folder, 'report.json')
  try {
    const args = [...sourceFlags, runner, join(root, CONFIG), reportFile, ...files]
    const env = { ...context.env, MQ_COMPONENT_PORT: String(await freePort()) }
    const ended = await runChild(process.execPath, args, { ...context, env, patience: 600_000 })
    const text = await readFile(reportFile, 'utf8').catch(() => '')
    const detail = ended.said.trim().slice(-8000)
    if (!text || ended.timedOut) {
      return { passed: 0, failures: [{ title: 'the component tests crashed or did not end', detail }] }
    }
    const outcome = JSON.parse(text) as Outcome
    if (outcome.passed + outcome.failures.length === 0) {
      outcome.failures.push({ title: 'no component test ran', detail })
    }
    return outcome
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Files fewer than this are tested by one browser. */
const few = 6

/** Component tests in a real Chromium, by @web/test-runner; in two, since each mostly waits for its server and its clock. */
export const componentPart: Part = {
  name: 'component',
  database: false,
  alone: false,
  jobs: async (filters) => {
    if (!existsSync(join(root, CONFIG))) return []
    const files: string[] = []
    for await (const file of glob('packages/elements/src/**/*.test.ts', { cwd: root })) files.push(file)
    const kept = files.sort().filter((file) => !filters.length || filters.some((part) => file.includes(part)))
    const runners = kept.length < few ? 1 : 2
    return Array.from({ length: runners }, (_, nth) => kept.filter((_, at) => at % runners === nth))
      .filter((share) => share.length > 0)
      .map((share) => ({ title: 'component tests', run: (context) => run(share, context) }))
  },
}
