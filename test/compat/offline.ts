import assert from 'node:assert/strict'
import type { Check } from './check.ts'
import { openDiaries } from './diaries.ts'
import { until } from './driver.ts'
import { quoted, unique } from './stage.ts'

/** Whether nothing has been fetched for a second: panels that may be needed offline come after the first paint. */
const settled = `(() => {
  const fetched = performance.getEntriesByType('resource').length
  const { seen } = globalThis
  if (!seen || seen.fetched !== fetched) globalThis.seen = { fetched, since: performance.now() }
  return performance.now() - globalThis.seen.since > 1000
})()`

/** Without a line to the server a diary waits on the device, also when its page is left, and arrives once. */
export function offlineChecks(): Check[] {
  const text = unique('没有信号时写的')
  const waiting = `withText(composer, '[part~=waiting-entry]', ${quoted(text)})`
  return [
    {
      group: 'offline',
      title: 'a diary with a photo is kept on the device',
      matrixOnly: true,
      async run(stage) {
        const { driver } = stage
        await openDiaries(stage)
        await until(driver, settled, 'what is loaded ahead is there')
        stage.cut()
        await driver.evaluate(`type(composer.querySelector('textarea'), ${quoted(text)})`)
        await driver.evaluate(`addPhoto(composer.querySelector('input[type=file]'))`)
        const photo = `composer.querySelector('[part~=photos] li[aria-busy=false]')`
        await until(driver, `Boolean(${photo})`, 'the photo is taken in')
        await driver.evaluate(`composer.querySelector('[part~=publish]').click()`)
        await until(driver, `${waiting} && ${waiting}.textContent.includes('1 张照片')`, 'it waits')
        await until(driver, `Boolean(withText(composer, '.reason', '联网后自动发送'))`, 'it says so')
        assert.equal(await driver.evaluate(`composer.querySelector('textarea').value`), '')
      },
    },
    {
      group: 'offline',
      title: 'it is sent once, by the page that is opened next',
      matrixOnly: true,
      async run(stage) {
        const { world, driver } = stage
        const rows = () =>
          world.query('select jsonb_array_length(photos) as photos from diary where text = $1', [text])
        await driver.goto('about:blank')
        assert.deepEqual(await rows(), [], 'the line was cut')
        await stage.mend()
        await openDiaries(stage)
        await until(driver, `Boolean(card(${quoted(text)}))`, 'the diary is in the feed')
        await until(driver, `!${waiting}`, 'nothing waits any more')
        assert.deepEqual(await rows(), [{ photos: 1 }], 'it arrived once')
      },
    },
  ]
}
