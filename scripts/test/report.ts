import type { TestEvent } from 'node:test/reporters'
import { inspect } from 'node:util'
import type { Failure } from './types.ts'

/** One line of what a test file reports: a test that passed, or one that failed and how. */
export type ReportLine = { passed: string } | { failure: Failure }

function textOf(error: Error & { cause?: unknown }): string {
  const cause = error.cause instanceof Error ? error.cause : error
  return inspect(cause, { depth: 6, maxStringLength: 4000 })
}

/**
 * The reporter that `npm test` gives to node:test: a JSON line for every leaf test. Suites and tests that only
 * hold subtests are not counted, unless they fail on their own account (a hook, a timeout).
 */
export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const path: string[] = []
  // whether a finished test has been seen below each level: children are reported before their parent
  const hasChildren: boolean[] = []
  for await (const event of source) {
    if (event.type === 'test:start') {
      path.length = event.data.nesting
      path.push(event.data.name)
    }
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue
    const { data } = event
    const name = [...path.slice(0, data.nesting), data.name].join(' › ')
    const isLeaf = data.details.type !== 'suite' && !hasChildren[data.nesting + 1]
    hasChildren.length = data.nesting + 1
    hasChildren[data.nesting] = true
    const line = lineOf(event, name, isLeaf)
    if (line) yield `${JSON.stringify(line)}\n`
  }
}

function lineOf(
  event: Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>,
  name: string,
  isLeaf: boolean,
): ReportLine | undefined {
  if (event.type === 'test:fail') {
    const { error } = event.data.details
    const onlyChildren = 'failureType' in error && error.failureType === 'subtestsFailed'
    return onlyChildren && !isLeaf ? undefined : { failure: { title: name, detail: textOf(error) } }
  }
  const { skip, todo } = event.data
  if (skip !== undefined || todo !== undefined) {
    return { failure: { title: name, detail: 'Skipped: a test either runs or is deleted.' } }
  }
  return isLeaf ? { passed: name } : undefined
}
