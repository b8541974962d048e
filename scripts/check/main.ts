// npm run check [-- part …]: everything that can be told of the sources, and of the packages as they are published;
// ended by `N passed, N failed`.
import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPackages } from '../build/packages.ts'
import { root } from '../test/child.ts'
import { PARTS } from '../test/parts.ts'
import { failWith, StartupProblem } from '../problem.ts'
import { useProjects } from './strangers.ts'
import { inspectPacked, packAll } from './packed.ts'
import { createReport, type Report } from './report.ts'

const known = ['lint', 'types', 'knip', 'packed', 'projects'] as const
type Name = (typeof known)[number]

function wantedOf(words: readonly string[]): readonly Name[] {
  const unknown = words.find((word) => !known.includes(word as Name))
  if (unknown !== undefined)
    throw new StartupProblem(`There is no check ${unknown}: npm run check -- [${known.join(' | ')}] …`)
  return words.length > 0 ? (words as Name[]) : known
}

/** Builds and packs every package once, for all that looks at them. */
async function checkPackages(wanted: readonly Name[], report: Report): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'minqing-check-'))
  // also when this process is told to end
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  try {
    await buildPackages()
    const tarballs = await packAll(folder, report)
    if (tarballs.size === 0) return
    if (wanted.includes('packed')) await inspectPacked(tarballs, report)
    if (wanted.includes('projects')) await useProjects(folder, tarballs, report)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function check(wanted: readonly Name[]): Promise<number> {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      stopping.abort()
      process.exit(130)
    })
  }
  const report = createReport(stopping.signal)
  for (const part of PARTS.filter(({ name }) => wanted.some((one) => one === name))) {
    for (const job of await part.jobs([])) report.print(job.title, await job.run(report.context))
  }
  if (wanted.includes('knip')) {
    const script = join(root, 'node_modules/knip/bin/knip.js')
    await report.run('knip', process.execPath, [script, '--no-progress', '--no-config-hints'])
  }
  if (wanted.includes('packed') || wanted.includes('projects')) await checkPackages(wanted, report)
  return report.end()
}

try {
  process.exitCode = await check(wantedOf(process.argv.slice(2)))
} catch (error) {
  failWith(error)
}
