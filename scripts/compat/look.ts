import type { Browser } from '../../test/compat/browsers.ts'
import { MissingPower } from '../../test/compat/check.ts'
import { allChecks } from '../../test/compat/checks.ts'
import { setStage, type Stage } from '../../test/compat/stage.ts'
import type { Cell, Column } from './matrix.ts'

/** On one line, and addresses without what they ask. */
const reasonOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error))
    .replace(/\?[\w%&=.-]+/g, '')
    .replace(/\s*\n\s*/g, ' ')
    .slice(0, 600)

async function cellOf(work: () => Promise<void>): Promise<Cell> {
  try {
    await work()
    return { kind: 'works' }
  } catch (error) {
    if (error instanceof MissingPower) return { kind: 'hole', id: error.id }
    return { kind: 'fails', reason: reasonOf(error) }
  }
}

/** Runs all checks in a browser. One that does not start, or is another than it should be, fails all of them. */
export async function look(browser: Browser, progress: (line: string) => void): Promise<Column> {
  const checks = allChecks()
  let stage: Stage
  try {
    stage = await setStage(browser)
  } catch (error) {
    const cells = checks.map((): Cell => ({ kind: 'fails', reason: reasonOf(error) }))
    return { name: browser.name, version: 'did not start', cells }
  }
  const { version } = stage.driver
  try {
    const cells: Cell[] = []
    for (const { title, run } of checks) {
      progress(title)
      cells.push(
        await cellOf(() => {
          if (!browser.version.test(version)) throw new Error(`this is ${version}`)
          return run(stage)
        }),
      )
    }
    return { name: browser.name, version, cells }
  } finally {
    await stage.close()
  }
}
