import { glob, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root, runChild, sourceFlags, type Ended } from './child.ts'
import type { ReportLine } from './report.ts'
import type { Failure, Job, JobContext, Outcome, Part } from './types.ts'

/** How a part made of node:test files runs. */
interface NodePartOptions {
  name: string
  patterns: string[]
  /** Patterns of files that share a process with a few others; files of `patterns` have one each, and come first. */
  together?: string[]
  database?: boolean
  alone?: boolean
  after?: string
  /** Seconds one test may take; a whole file gets five times that. */
  seconds: number
}

/** Files that share a process: enough to save most of what a start costs, few enough that the lanes end together. */
const TOGETHER = 6
const batch = fileURLToPath(new URL('./batch.ts', import.meta.url))

function crashOf(title: string, ended: Ended, failed: number): Failure[] {
  const detail = ended.said.trim().slice(-8000)
  if (ended.timedOut) return [{ title: `${title} did not end in time`, detail }]
  if (ended.code !== 0 && failed === 0) {
    return [{ title: `${title} crashed (${ended.signal ?? `exit code ${ended.code}`})`, detail }]
  }
  return []
}

const nameOf = (line: ReportLine) => ('passed' in line ? line.passed : line.failure.title)

/** Runs files in one process and counts their leaf tests. */
async function runFiles(files: string[], seconds: number, context: JobContext): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'minqing-report-'))
  const reportFile = join(folder, 'report.jsonl')
  const title = files.join(', ')
  try {
    // set by `node --test`, it would turn the report into that runner's own wire format
    const env = { ...context.env, NODE_TEST_CONTEXT: undefined }
    const args = [
      ...sourceFlags,
      `--test-timeout=${seconds * 1000}`,
      `--test-reporter=${new URL('./report.ts', import.meta.url).href}`,
      `--test-reporter-destination=${reportFile}`,
      batch,
      ...files,
    ]
    const patience = files.length * seconds * 5000
    const ended = await runChild(process.execPath, args, { ...context, env, patience })
    const text = await readFile(reportFile, 'utf8').catch(() => '')
    const lines = text.split('\n').filter(Boolean)
    const parsed = lines.map((line) => JSON.parse(line) as ReportLine)
    const failures = parsed.flatMap((line) => ('failure' in line ? [line.failure] : []))
    const passed = parsed.length - failures.length
    const output = ended.said.trim()
    const last = failures.at(-1)
    if (last && output) last.detail += `\n\n${title} printed:\n${output.slice(-4000)}`
    const crash = crashOf(title, ended, failures.length)
    const silent = files.filter((file) => !parsed.some((line) => nameOf(line).startsWith(file)))
    // after a crash it is no news that files ran no test
    const empty =
      crash.length > 0 ? [] : silent.map((file) => ({ title: `${file} ran no test`, detail: output }))
    return { passed, failures: [...failures, ...crash, ...empty] }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The files of each pattern after those of the one before: what takes long is named first. */
async function filesOf(patterns: string[], filters: string[]): Promise<string[]> {
  const files = new Set<string>()
  for (const pattern of patterns) {
    const found: string[] = []
    for await (const file of glob(pattern, { cwd: root, exclude: (name) => name === 'node_modules' })) {
      found.push(file.split(sep).join('/'))
    }
    for (const file of found.sort()) files.add(file)
  }
  return [...files].filter((file) => filters.length === 0 || filters.some((part) => file.includes(part)))
}

/** A part whose checks are node:test files. */
export function nodePart(options: NodePartOptions): Part {
  return {
    name: options.name,
    database: options.database ?? true,
    alone: options.alone ?? false,
    ...(options.after && { after: options.after }),
    async jobs(filters: string[]): Promise<Job[]> {
      const alone = await filesOf(options.patterns, filters)
      const shared = (await filesOf(options.together ?? [], filters)).filter((file) => !alone.includes(file))
      const groups = alone.map((file) => [file])
      for (let at = 0; at < shared.length; at += TOGETHER) groups.push(shared.slice(at, at + TOGETHER))
      return groups.map((files) => ({
        title: files.join(', '),
        run: (context) => runFiles(files, options.seconds, context),
      }))
    },
  }
}
