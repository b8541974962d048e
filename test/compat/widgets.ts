import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { holes } from '../../docs/lib/browsers.ts'
import type { Browser } from './browsers.ts'
import { MissingPower } from './check.ts'
import { allChecks } from './checks.ts'
import { setStage, type Stage } from './stage.ts'

/** The checks of the matrix as tests of one browser, without those that cost more than they add to the others. */
export function widgetsWork(browser: Browser): void {
  describe(`the widgets in ${browser.name}`, () => {
    let stage: Stage
    before(async () => {
      stage = await setStage(browser)
    })
    after(() => stage?.close())

    test('it is that browser', () => {
      assert.match(stage.driver.version, browser.version)
    })
    for (const { group, title, matrixOnly, run } of allChecks()) {
      if (matrixOnly) continue
      test(`${group}: ${title}`, async () => {
        try {
          await run(stage)
        } catch (error) {
          if (!(error instanceof MissingPower)) throw error
          assert.ok(holes[error.id]?.browsers.includes(browser.name), `the docs explain ${error.id}`)
        }
      })
    }
  })
}
