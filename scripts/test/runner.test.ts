import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import test, { after, before } from 'node:test'
import { isGoneWithin } from '../processes.ts'
import { root } from './child.ts'
import { runLanes } from './lanes.ts'
import { nodePart } from './node-part.ts'
import type { Job, Outcome, Part } from './types.ts'

const context = { env: process.env, signal: new AbortController().signal }
let folder: string

before(async () => {
  await mkdir(join(root, '.cache'), { recursive: true })
  folder = await mkdtemp(join(root, '.cache', 'runner-test-'))
})
after(() => rm(folder, { recursive: true }))

/** Runs these files in one process, as a part does with files that may share one. */
async function outcomeTogether(texts: Record<string, string>): Promise<Outcome> {
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text)
  const together = Object.keys(texts).map((name) => `${relative(root, folder)}/${name}`)
  const jobs = await nodePart({ name: 'sample', patterns: [], together, seconds: 10 }).jobs([])
  assert.equal(jobs.length, 1)
  return (jobs[0] as Job).run(context)
}

/** Runs one file with this text as a part would. */
async function outcomeOf(name: string, text: string, seconds = 10): Promise<Outcome> {
  await writeFile(join(folder, name), text)
  const pattern = `${relative(root, folder)}/${name}`
  const [job] = await nodePart({ name: 'sample', patterns: [pattern], seconds }).jobs([])
  return (job as Job).run(context)
}

const titles = ({ failures }: Outcome) => failures.map(({ title }) => title.replace(/^\S+\//, ''))

test('leaf tests are counted, suites and parents are not', async () => {
  const outcome = await outcomeOf(
    'leaves.test.ts',
    `import test, { describe, it } from 'node:test'
     describe('suite', () => { it('one', () => {}); describe('inner', () => { it('two', () => {}) }) })
     test('parent', async (t) => { await t.test('three', () => {}); await t.test('four', () => {}) })
     test('five', () => {})`,
  )
  assert.deepEqual(outcome, { passed: 5, failures: [] })
})

test('a failing test is told with its path, its difference and what the file printed', async () => {
  const outcome = await outcomeOf(
    'fails.test.ts',
    `import { describe, it } from 'node:test'
     import assert from 'node:assert'
     describe('sum', () => {
       it('adds', () => { console.log('a hint'); assert.deepEqual({ sum: 3 }, { sum: 4 }) })
       it('holds', () => {})
     })`,
  )
  assert.equal(outcome.passed, 1)
  assert.deepEqual(titles(outcome), ['fails.test.ts › sum › adds'])
  assert.match(outcome.failures[0]?.detail ?? '', /sum: 3[\s\S]*sum: 4[\s\S]*printed:[\s\S]*a hint/)
})

test('a parent that fails by itself, and a hook that fails, count', async () => {
  const parent = await outcomeOf(
    'parent.test.ts',
    `import test from 'node:test'
     test('parent', async (t) => { await t.test('child', () => {}); throw new Error('afterwards') })`,
  )
  assert.deepEqual([parent.passed, titles(parent)], [1, ['parent.test.ts › parent']])
  const hook = await outcomeOf(
    'hook.test.ts',
    `import { before, describe, it } from 'node:test'
     describe('suite', () => { before(() => { throw new Error('no') }); it('one', () => {}) })`,
  )
  assert.equal(hook.passed, 0)
  assert.notEqual(hook.failures.length, 0)
})

test('a skipped or postponed test counts as failed', async () => {
  const outcome = await outcomeOf(
    'skips.test.ts',
    `import { it } from 'node:test'
     it.skip('later', () => {}); it.todo('some day'); it('now', () => {})`,
  )
  assert.deepEqual(
    [outcome.passed, titles(outcome)],
    [1, ['skips.test.ts › later', 'skips.test.ts › some day']],
  )
})

test('a crash, no test at all, and an end after passing tests count as failed', async () => {
  const thrown = await outcomeOf('throws.test.ts', `throw new Error('boom')`)
  assert.deepEqual(titles(thrown), ['throws.test.ts'])
  assert.match(thrown.failures[0]!.detail, /boom/)
  assert.deepEqual(titles(await outcomeOf('crash.test.ts', `process.exit(4)`)), [
    'crash.test.ts crashed (exit code 4)',
  ])
  assert.deepEqual(titles(await outcomeOf('empty.test.ts', `console.log('nothing here')`)), [
    'empty.test.ts ran no test',
  ])
  const late = await outcomeOf(
    'late.test.ts',
    `import test from 'node:test'
     test('fine', () => {})
     process.on('exit', () => { process.exitCode = 3 })`,
  )
  assert.deepEqual([late.passed, titles(late)], [1, ['late.test.ts crashed (exit code 3)']])
})

test('files that share a process keep their hooks to themselves, and each is told by its name', async () => {
  const file = (own: string, tests: string) =>
    `import test, { afterEach, before } from 'node:test'
     import assert from 'node:assert'
     globalThis.hooks ??= []
     before(() => { globalThis.hooks.push('before ${own}') })
     afterEach(() => { globalThis.hooks.push('after ${own}') })
     ${tests}`
  const outcome = await outcomeTogether({
    'first.test.ts': file('first', `test('one', () => {}); test('two', () => { throw new Error('no') })`),
    'second.test.ts': file(
      'second',
      `test('hooks', () => assert.deepEqual(globalThis.hooks,
         ['before first', 'after first', 'after first', 'before second']))`,
    ),
    'third.test.ts': `import 'nothing-of-this-name'`,
    'fourth.test.ts': `console.log('nothing here')`,
  })
  assert.deepEqual(
    [outcome.passed, titles(outcome)],
    [2, ['first.test.ts › two', 'third.test.ts', 'fourth.test.ts ran no test']],
  )
})

test('a file that never ends is killed with all it started', async () => {
  const outcome = await outcomeOf(
    'hangs.test.ts',
    `import test from 'node:test'
     import { spawn } from 'node:child_process'
     test('fine', () => {
       const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
       console.log('child ' + child.pid)
     })`,
    0.6,
  )
  assert.equal(outcome.passed, 1)
  assert.deepEqual(titles(outcome), ['hangs.test.ts did not end in time'])
  const pid = Number(/child (\d+)/.exec(outcome.failures[0]?.detail ?? '')?.[1])
  assert.equal(await isGoneWithin(pid, 5000), true)
})

test('lanes share the jobs; a part that wants to be alone comes last, and a job that throws is a failure', async () => {
  let running = 0
  let most = 0
  const order: string[] = []
  const job = (title: string, error?: Error): Job => ({
    title,
    run: async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 20))
      running--
      order.push(title)
      if (error) throw error
      return { passed: 1, failures: [] }
    },
  })
  const part = (name: string, alone: boolean): Part => ({
    name,
    alone,
    database: false,
    jobs: async () => [],
  })
  const plan = [
    { part: part('measure', true), jobs: [job('m1'), job('m2')] },
    { part: part('many', false), jobs: [job('a'), job('b'), job('c'), job('d', new Error('broken'))] },
  ]
  const done: string[] = []
  const outcomes = await runLanes(plan, 2, context, ({ name }) => done.push(name))
  assert.equal(most, 2)
  assert.deepEqual(order.slice(4), ['m1', 'm2'])
  assert.deepEqual(done, ['many', 'measure'])
  assert.deepEqual(
    outcomes.map(({ name, passed, failures }) => [name, passed, failures.length]),
    [
      ['measure', 2, 0],
      ['many', 3, 1],
    ],
  )
})
