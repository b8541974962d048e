import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { startWorld, type World } from '../e2e/support/world.ts'
import { nextVillage } from '../e2e/support/host.ts'
import { ask } from './api.ts'
import { until, type Driver } from './driver.ts'
import { issuesWork } from './issues.ts'
import { reportsWork } from './reports.ts'
import { open, quoted, unique } from './stage.ts'

/** As these tests call what they look at. */
const names = `
  globalThis.composer = part('mq-diary-composer')
  globalThis.feed = part('mq-diary-feed')
  globalThis.card = (text) => withText(feed, 'article', text)
  true`

/** Before it sends a photo the client asks whether it is there; browsers write the No to their console. */
const asked = /status of 404 .*\/v1\/((own-)?photos|uploads)\/[0-9a-f-]{36}\)$/

/** All widgets in a browser: diaries from writing to reading, issues from report to rating. */
export function widgetsWork(name: string, start: () => Promise<Driver>, version: RegExp): void {
  describe(`the widgets in ${name}`, () => {
    let world: World
    let driver: Driver
    before(async () => {
      world = await startWorld({ anonymousReports: true, issues: 0 })
      driver = await start()
      await open({ world, driver }, 'chen')
      await driver.evaluate(names)
      await until(driver, `Boolean(composer.querySelector('.where'))`, 'the composer knows who writes')
      await until(driver, `feed.querySelectorAll('article').length > 0`, 'diaries')
    })
    after(async () => {
      await driver?.close()
      await world.close()
    })

    test('it is that browser', () => {
      assert.match(driver.version, version)
    })

    const mine = unique('老旧浏览器里写的日记 #适配')
    test('a diary with a photo is written, sent and shown', async () => {
      await driver.evaluate(`type(composer.querySelector('textarea'), ${quoted(mine)})`)
      await driver.evaluate(`addPhoto(composer.querySelector('input[type=file]'))`)
      await until(
        driver,
        `Boolean(composer.querySelector('[part~=photos] li[aria-busy=false]'))`,
        'the photo is taken in',
      )
      await driver.evaluate(`composer.querySelector('[part~=publish]').click()`)
      await until(driver, `Boolean(card(${quoted(mine)}))`, 'the diary is in the feed')
      await driver.evaluate(`card(${quoted(mine)}).scrollIntoView()`)
      const image = `card(${quoted(mine)}).querySelector('img[data-photo]')`
      assert.equal(await until(driver, `${image} && ${image}.naturalWidth`, 'the photo shows'), 480)
      const rows = await world.query(
        'select jsonb_array_length(photos) as photos from diary where text = $1',
        [mine],
      )
      assert.deepEqual(rows, [{ photos: 1 }])
      assert.equal(await driver.evaluate(`composer.querySelector('textarea').value`), '')
    })

    test("a colleague's diary comes by itself", async () => {
      const text = unique('同事刚写的')
      await ask(world, 'wang', 'POST /v1/diaries', {
        id: randomUUID(),
        area: nextVillage,
        kind: 'help',
        text,
      })
      const came = `Boolean(card(${quoted(text)})) || !press(feed, '有 1 条新日记')`
      await until(driver, `(${came}) && Boolean(card(${quoted(text)}))`, 'the diary comes')
    })

    test('comments open and can be written', async () => {
      const comment = unique('知道了')
      await driver.evaluate(`press(card(${quoted(mine)}), '评论')`)
      const field = `card(${quoted(mine)}).querySelector('mq-diary-comments textarea')`
      await until(driver, `Boolean(${field})`, 'the comments are there')
      await driver.evaluate(`type(${field}, ${quoted(comment)})`)
      await until(
        driver,
        `press(card(${quoted(mine)}).querySelector('mq-diary-comments'), '发表')`,
        'the button',
      )
      await until(
        driver,
        `[...card(${quoted(mine)}).querySelectorAll('[part~=comment]')].some((one) => one.textContent.includes(${quoted(comment)}))`,
        'the comment shows',
      )
    })

    test('a photo opens in full size and closes again', async () => {
      await driver.evaluate(`card(${quoted(mine)}).querySelector('[part~=photo]').click()`)
      const dialog = `document.querySelector('mq-diary-feed').shadowRoot.querySelector('dialog[open]')`
      const image = `${dialog}.querySelector('img')`
      await until(driver, `${dialog} && ${image} && ${image}.naturalWidth === 900`, 'the viewer shows it')
      await driver.evaluate(`${dialog}.close()`)
      await until(driver, `!${dialog}`, 'the viewer is gone')
    })

    const stage = () => ({ world, driver })
    issuesWork(stage)
    reportsWork(stage)

    test('nothing broke the policy of the page or any script', async () => {
      const heard = () => driver.complaints.filter((line) => !asked.test(line))
      assert.deepEqual(heard(), [])
      await driver.evaluate(`document.body.setAttribute('style', 'color: red'), true`)
      for (let n = 0; n < 40 && !heard().length; n++) await new Promise((resolve) => setTimeout(resolve, 50))
      assert.match(heard().join(), /style-src/, 'a breach would have been heard')
    })
  })
}
