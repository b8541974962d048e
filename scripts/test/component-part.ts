import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root, runChild, sourceFlags } from './child.ts'
import type { JobContext, Outcome, Part } from './types.ts'

const CONFIG = 'packages/elements/web-test-runner.config.mjs'
const runner = fileURLToPath(new URL('./component-runner.ts', import.meta.url))

async function run(filters: string[], context: JobContext): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'minqing-component-'))
  const reportFile = join(folder, 'report.json')
  try {
    const args = [...sourceFlags, runner, join(root, CONFIG), reportFile, ...filters]
    const ended = await runChild(process.execPath, args, { ...context, patience: 300_000 })
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

/** Component tests in a real Chromium, by @web/test-runner. */
export const componentPart: Part = {
  name: 'component',
  database: false,
  alone: false,
  jobs: async (filters) => {
    if (!existsSync(join(root, CONFIG))) return []
    return [{ title: 'component tests', run: (context) => run(filters, context) }]
  },
}
