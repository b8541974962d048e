// Runs the component tests and writes their outcome as JSON: node component-runner.ts <config> <report> [filter…]
import { writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { glob } from 'node:fs/promises'
import { startTestRunner, type TestRunnerConfig } from '@web/test-runner'
import { findChromium } from '../../test/support/chromium.ts'
import type { Failure, Outcome } from './types.ts'

/** The parts of @web/test-runner's results that are read here. */
interface SuiteResult {
  name: string
  suites: SuiteResult[]
  tests: { name: string; passed: boolean; skipped: boolean; error?: ErrorResult }[]
}
interface ErrorResult {
  message: string
  stack?: string
  expected?: string
  actual?: string
}

const describeError = ({ message, stack, expected, actual }: ErrorResult) =>
  [message, stack, expected && `expected: ${expected}`, actual && `actual: ${actual}`]
    .filter(Boolean)
    .join('\n')

function collect(suite: SuiteResult, path: string[], outcome: Outcome): void {
  for (const test of suite.tests) {
    const title = [...path, test.name].join(' › ')
    const fail = (detail: string) => outcome.failures.push({ title, detail })
    if (test.skipped) fail('Skipped: a test either runs or is deleted.')
    else if (test.passed) outcome.passed++
    else fail(test.error ? describeError(test.error) : 'failed')
  }
  for (const inner of suite.suites) collect(inner, [...path, inner.name], outcome)
}

const [configFile = '', reportFile = '', ...filters] = process.argv.slice(2)
process.chdir(dirname(configFile))
process.env['CHROME_PATH'] = await findChromium()

const outcome: Outcome = { passed: 0, failures: [] }
const overrides: Partial<TestRunnerConfig> = {
  watch: false,
  reporters: [
    {
      reportTestFileResults({ sessionsForTestFile, testFile }) {
        for (const session of sessionsForTestFile) {
          const before = outcome.passed + outcome.failures.length
          if (session.testResults) collect(session.testResults, [testFile], outcome)
          const own = session.errors.map((error): Failure => ({
            title: testFile,
            detail: describeError(error),
          }))
          outcome.failures.push(...own)
          if (outcome.passed + outcome.failures.length === before) {
            outcome.failures.push({ title: testFile, detail: 'ran no test' })
          }
        }
      },
    },
  ],
}
if (filters.length > 0) {
  const files: string[] = []
  for await (const file of glob('src/**/*.test.ts')) {
    if (filters.some((filter) => `packages/elements/${file}`.includes(filter))) files.push(file)
  }
  if (files.length > 0) process.env['MQ_COMPONENT_FILES'] = files.join('\n')
}

const started = await startTestRunner({
  config: overrides,
  configName: 'web-test-runner.config',
  readCliArgs: false,
  autoExitProcess: false,
  argv: [],
})
if (!started) throw new Error('The component test runner did not start.')
started.on('stopped', (passed) => {
  if (!passed && outcome.failures.length === 0) {
    outcome.failures.push({ title: 'component tests', detail: 'The runner failed without saying why.' })
  }
  void writeFile(reportFile, JSON.stringify(outcome)).then(() => process.exit(0))
})
