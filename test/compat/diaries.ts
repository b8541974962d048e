import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { nextVillage } from '../e2e/support/host.ts'
import { ask } from './api.ts'
import type { Check } from './check.ts'
import { until } from './driver.ts'
import { open, quoted, unique, type Stage } from './stage.ts'

/** As these checks call what they look at. */
const names = `
  globalThis.composer = part('mq-diary-composer')
  globalThis.feed = part('mq-diary-feed')
  globalThis.card = (text) => withText(feed, 'article', text)
  true`

/** Opens the officer's page with composer and feed, and waits until both know what they need. */
export async function openDiaries(stage: Stage): Promise<void> {
  const { driver } = stage
  await open(stage, 'chen')
  await driver.evaluate(names)
  await until(
    driver,
    `Boolean(composer.querySelector('.where p, .where select'))`,
    'the composer knows who writes',
  )
  await until(driver, `feed.querySelectorAll('article').length > 0`, 'diaries')
}

/** Diaries from writing to reading. */
export function diaryChecks(): Check[] {
  const mine = unique('老旧浏览器里写的日记 #适配')
  const ours = `card(${quoted(mine)})`
  return [
    {
      group: 'photos',
      title: 'a diary with a photo is written, sent and shown',
      async run(stage) {
        const { world, driver } = stage
        await openDiaries(stage)
        await driver.evaluate(`type(composer.querySelector('textarea'), ${quoted(mine)})`)
        await driver.evaluate(`addPhoto(composer.querySelector('input[type=file]'))`)
        const photo = `composer.querySelector('[part~=photos] li[aria-busy=false]')`
        await until(driver, `Boolean(${photo})`, 'the photo is taken in')
        await driver.evaluate(`composer.querySelector('[part~=publish]').click()`)
        await until(driver, `Boolean(${ours})`, 'the diary is in the feed')
        await driver.evaluate(`${ours}.scrollIntoView()`)
        const image = `${ours}.querySelector('img[data-photo]')`
        assert.equal(await until(driver, `${image} && ${image}.naturalWidth`, 'the photo shows'), 480)
        const rows = await world.query(
          'select jsonb_array_length(photos) as photos from diary where text = $1',
          [mine],
        )
        assert.deepEqual(rows, [{ photos: 1 }])
        assert.equal(await driver.evaluate(`composer.querySelector('textarea').value`), '')
      },
    },
    {
      group: 'main act',
      title: "mq-diary-feed: a colleague's diary comes by itself",
      async run({ world, driver }) {
        const text = unique('同事刚写的')
        const diary = { id: randomUUID(), area: nextVillage, kind: 'help', text }
        await ask(world, 'wang', 'POST /v1/diaries', diary)
        const came = `Boolean(card(${quoted(text)})) || !press(feed, '有 1 条新日记')`
        await until(driver, `(${came}) && Boolean(card(${quoted(text)}))`, 'the diary comes')
      },
    },
    {
      group: 'main act',
      title: 'mq-diary-feed: comments open and can be written',
      async run({ driver }) {
        const comment = unique('知道了')
        await driver.evaluate(`press(${ours}, '评论')`)
        const panel = `${ours}.querySelector('mq-diary-comments')`
        const field = `${ours}.querySelector('mq-diary-comments textarea')`
        await until(driver, `Boolean(${field})`, 'the comments are there')
        await driver.evaluate(`type(${field}, ${quoted(comment)})`)
        await until(driver, `press(${panel}, '发表')`, 'the button')
        const shown = `withText(${panel}, '[part~=comment]', ${quoted(comment)})`
        await until(driver, `Boolean(${shown})`, 'the comment shows')
      },
    },
    {
      group: 'dialogs',
      title: 'a photo opens in full size and closes again',
      async run({ driver }) {
        await driver.evaluate(`${ours}.querySelector('[part~=photo]').click()`)
        const dialog = `feed.querySelector('dialog[open]')`
        const image = `${dialog}.querySelector('img')`
        await until(driver, `${dialog} && ${image} && ${image}.naturalWidth === 900`, 'the viewer shows it')
        assert.ok(await driver.evaluate(`isOnTop(${dialog})`), 'the viewer lies above the page')
        await driver.evaluate(`${dialog}.close()`)
        await until(driver, `!${dialog}`, 'the viewer is gone')
      },
    },
  ]
}
