import { runChild } from '../test/child.ts'
import type { JobContext, Outcome } from '../test/types.ts'

/** What has been checked so far, told line by line. */
export interface Report {
  readonly context: JobContext
  /** Tells how a check ended; `note` is a figure worth seeing also when all is well. */
  print(title: string, outcome: Outcome, note?: string): void
  /** Sentences of what is wrong; none when all is well. */
  tell(title: string, wrong: readonly string[], note?: string): void
  /** Runs a program whose exit code is the check. Answers whether it is good. */
  run(title: string, program: string, args: string[]): Promise<boolean>
  /** Ends with `N passed, N failed` and answers the exit code. */
  end(): number
}

export function createReport(signal: AbortSignal): Report {
  const context = { env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' }, signal }
  let passed = 0
  let failed = 0
  const print: Report['print'] = (title, { passed: good, failures }, note) => {
    passed += good
    failed += failures.length
    console.log(`${failures.length > 0 ? '✖' : '✔'} ${title}${note === undefined ? '' : `: ${note}`}`)
    for (const { detail } of failures) console.log(detail.replace(/^/gm, '  '))
  }
  return {
    context,
    print,
    tell(title, wrong, note) {
      print(
        title,
        { passed: wrong.length > 0 ? 0 : 1, failures: wrong.map((detail) => ({ title, detail })) },
        note,
      )
    },
    async run(title, program, args) {
      const { code, said } = await runChild(program, args, { ...context, patience: 300_000 })
      const good = code === 0
      print(
        title,
        good ? { passed: 1, failures: [] } : { passed: 0, failures: [{ title, detail: said.trim() }] },
      )
      return good
    },
    end() {
      console.log(`${passed} passed, ${failed} failed`)
      return failed > 0 ? 1 : 0
    },
  }
}
