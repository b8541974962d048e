import { glob, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { root, runChild, sourceFlags, type Ended } from './child.ts'
import type { ReportLine } from './report.ts'
import type { Failure, Job, JobContext, Outcome, Part } from './types.ts'

/** How a part made of node:test files runs. */
interface NodePartOptions {
  name: string
  patterns: string[]
  database?: boolean
  alone?: boolean
  /** Seconds one test may take; a whole file gets five times that. */
  seconds: number
}

function crashOf(file: string, ended: Ended, ran: number, failed: number): Failure[] {
  const detail = ended.said.trim().slice(-8000)
  if (ended.timedOut) return [{ title: `${file} did not end in time`, detail }]
  if (ended.code !== 0 && failed === 0) {
    return [{ title: `${file} crashed (${ended.signal ?? `exit code ${ended.code}`})`, detail }]
  }
  if (ran === 0) return [{ title: `${file} ran no test`, detail }]
  return []
}

/** Runs one file in a process of its own and counts its leaf tests. */
async function runFile(file: string, seconds: number, context: JobContext): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'minqing-report-'))
  const reportFile = join(folder, 'report.jsonl')
  try {
    // set by `node --test`, it would turn the report into that runner's own wire format
    const env = { ...context.env, NODE_TEST_CONTEXT: undefined }
    const args = [
      ...sourceFlags,
      `--test-timeout=${seconds * 1000}`,
      `--test-reporter=${new URL('./report.ts', import.meta.url).href}`,
      `--test-reporter-destination=${reportFile}`,
      file,
    ]
    const ended = await runChild(process.execPath, args, { ...context, env, patience: seconds * 5000 })
    const text = await readFile(reportFile, 'utf8').catch(() => '')
    const lines = text.split('\n').filter(Boolean)
    const parsed = lines.map((line) => JSON.parse(line) as ReportLine)
    const failures = parsed.flatMap((line) => ('failure' in line ? [line.failure] : []))
    const named = failures.map(({ title, detail }) => ({ title: `${file} › ${title}`, detail }))
    const output = ended.said.trim()
    const last = named.at(-1)
    if (last && output) last.detail += `\n\n${file} printed:\n${output.slice(-4000)}`
    const crash = crashOf(file, ended, parsed.length, failures.length)
    return { passed: parsed.length - failures.length, failures: [...named, ...crash] }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function filesOf(pattern: string): Promise<string[]> {
  const files: string[] = []
  for await (const file of glob(pattern, { cwd: root, exclude: (name) => name === 'node_modules' })) {
    files.push(file.split(sep).join('/'))
  }
  return files.sort()
}

/** A part whose checks are node:test files. */
export function nodePart(options: NodePartOptions): Part {
  return {
    name: options.name,
    database: options.database ?? true,
    alone: options.alone ?? false,
    async jobs(filters: string[]): Promise<Job[]> {
      // each pattern's files after those of the one before: what takes long is named first
      const files = new Set<string>()
      for (const pattern of options.patterns) for (const file of await filesOf(pattern)) files.add(file)
      const kept = [...files].filter(
        (file) => filters.length === 0 || filters.some((part) => file.includes(part)),
      )
      return kept.map((file) => ({
        title: file,
        run: (context) => runFile(file, options.seconds, context),
      }))
    },
  }
}
