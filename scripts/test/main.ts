// npm test [-- part … [path …]]: runs the parts named, or all, and ends with one line `N passed, N failed`.
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { root } from './child.ts'
import { watchLifetime } from '../lifetime.ts'
import { failWith, StartupProblem } from '../problem.ts'
import { runLanes, type PartOutcome, type Planned } from './lanes.ts'
import { PARTS } from './parts.ts'
import { startTestPostgres, type TestPostgres } from './postgres.ts'
import type { Part } from './types.ts'

/** Leading words name parts; what follows narrows their files. */
function readArguments(args: string[]): { parts: Part[]; filters: string[] } {
  const named: Part[] = []
  const rest = [...args]
  for (let part = find(rest[0]); part; part = find(rest[0])) {
    named.push(part)
    rest.shift()
  }
  const unknown = rest.find((word) => word.startsWith('-') || (named.length === 0 && !word.includes('/')))
  if (unknown !== undefined) {
    const names = PARTS.map(({ name }) => name).join(', ')
    throw new StartupProblem(
      `There is no test part ${unknown}: npm test -- [part …] [path …], with the parts ${names}.`,
    )
  }
  return { parts: named.length > 0 ? named : PARTS, filters: rest.map((path) => path.replace(/^\.\//, '')) }
}

const find = (name: string | undefined) => PARTS.find((part) => part.name === name)

function printPart({ name, passed, failures, ms }: PartOutcome): void {
  const count = failures.length > 0 ? `${passed} passed, ${failures.length} FAILED` : `${passed} passed`
  console.log(`${name.padEnd(10)} ${count.padEnd(28)} ${(ms / 1000).toFixed(1).padStart(6)} s`)
  for (const { title, detail } of failures) console.log(`\n✖ ${title}\n${detail.replace(/^/gm, '  ')}\n`)
}

async function main(): Promise<number> {
  const { parts, filters } = readArguments(process.argv.slice(2))
  const lifetime = watchLifetime(() => process.exit(130))
  const plan: Planned[] = []
  for (const part of parts) {
    // tools look at everything: they have no files to narrow
    const jobs = await part.jobs(filters)
    if (jobs.length > 0) plan.push({ part, jobs })
  }
  if (plan.length === 0) throw new StartupProblem('No test file matches.')
  let postgres: TestPostgres | undefined
  const abandon = () => postgres?.abandon()
  process.once('exit', abandon)
  try {
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      FORCE_COLOR: '0',
      // a hundred processes load the same sources: what Node has compiled once, with the types taken out, it keeps here
      NODE_COMPILE_CACHE: join(root, '.cache', 'compile'),
    }
    if (plan.some(({ part }) => part.database)) {
      postgres = await startTestPostgres()
      env['MQ_TEST_DATABASE_URL'] = postgres.url
    }
    const context = { env, signal: lifetime.signal }
    const outcomes = await runLanes(
      plan,
      // One more than there are processors: tests wait for clocks, browsers and disks. More only slows them all, until
      // some take longer than they may.
      Math.max(2, Math.min(4, availableParallelism() + 1)),
      context,
      printPart,
    )
    if (lifetime.signal.aborted) {
      console.log('Interrupted.')
      return 130
    }
    const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0)
    const failed = outcomes.reduce((sum, outcome) => sum + outcome.failures.length, 0)
    console.log(`${passed} passed, ${failed} failed`)
    return failed === 0 && passed > 0 ? 0 : 1
  } finally {
    await postgres?.stop()
    lifetime.dispose()
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  failWith(error)
}
