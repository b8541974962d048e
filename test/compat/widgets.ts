import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { startWorld, type World } from '../e2e/support/world.ts'
import { nextVillage, people } from '../e2e/support/host.ts'
import { until, type Driver } from './driver.ts'

/** Runs in the page, once it is there: what a person does with their hands. */
const hands = `
  globalThis.composer = document.querySelector('mq-diary-composer').shadowRoot
  globalThis.feed = document.querySelector('mq-diary-feed').shadowRoot
  globalThis.type = (field, text) => {
    field.value = text
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
  }
  globalThis.card = (text) => [...feed.querySelectorAll('article')].find((one) => one.textContent.includes(text))
  globalThis.press = (root, name) => {
    const found = [...root.querySelectorAll('button')].find((one) => one.textContent.trim().startsWith(name))
    if (found) found.click()
    return Boolean(found)
  }
  globalThis.addPhoto = async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 900, height: 600 })
    const context = canvas.getContext('2d')
    context.fillStyle = '#277'
    context.fillRect(0, 0, 900, 600)
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg'))
    const files = new DataTransfer()
    files.items.add(new File([blob], 'photo.jpg', { type: 'image/jpeg' }))
    const input = composer.querySelector('input[type=file]')
    input.files = files.files
    input.dispatchEvent(new Event('change'))
  }
  true`

/** Before it sends a photo the client asks whether it is there; browsers write the No to their console. */
const asked = /status of 404 .*\/v1\/(photos|uploads)\/[0-9a-f-]{36}\)$/

const unique = (text: string) => `${text} ${randomBytes(4).toString('hex')}`
const quoted = JSON.stringify

/** The two widgets in a browser, from writing to reading. */
export function widgetsWork(name: string, start: () => Promise<Driver>, version: RegExp): void {
  describe(`the two widgets in ${name}`, () => {
    let world: World
    let driver: Driver
    before(async () => {
      world = await startWorld()
      driver = await start()
      await driver.goto(world.host.page('chen'))
      await until(
        driver,
        `!document.querySelector('mq-diary-composer:not(:defined), mq-diary-feed:not(:defined)')`,
        'widgets',
      )
      await driver.evaluate(hands)
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
      await driver.evaluate('addPhoto()')
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
      const { token } = (await (await fetch(`${world.host.origin}/mq-token?as=wang`)).json()) as {
        token: string
      }
      const answer = await fetch(`${world.server.url}/v1/diaries`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
        body: JSON.stringify({ id: randomUUID(), area: nextVillage, kind: 'help', text }),
      })
      assert.equal(answer.status, 201)
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

    test('issues are listed and opened, and acted on by a form', async () => {
      const text = unique('老旧浏览器里看的事项')
      const { token } = (await (await fetch(`${world.host.origin}/mq-token?as=chen`)).json()) as {
        token: string
      }
      const answer = await fetch(`${world.server.url}/v1/issues`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
        body: JSON.stringify({ id: randomUUID(), area: people.chen.grants[0]!.area, text }),
      })
      assert.equal(answer.status, 201, await answer.text())
      await driver.evaluate(`(() => {
        const tracker = document.createElement('mq-issue-tracker')
        document.body.prepend(tracker)
        globalThis.tracker = () => tracker.shadowRoot
        return true
      })()`)
      const row = `[...tracker().querySelectorAll('.item')].find((one) => one.textContent.includes(${quoted(text)}))`
      await until(driver, `Boolean(tracker() && ${row})`, 'the issue is in the list')
      await driver.evaluate(`${row}.querySelector('.open').click()`)
      const withdraw = `tracker().querySelector('[data-deed=withdraw]')`
      await until(driver, `Boolean(${withdraw})`, 'the detail offers what may be done')
      await driver.evaluate(`${withdraw}.click()`)
      await until(driver, `Boolean(tracker().querySelector('dialog[open] textarea'))`, 'the form opens')
      await driver.evaluate(`tracker().querySelector('dialog[open] [type=submit]').click()`)
      await until(
        driver,
        `tracker().querySelector('.detail .badge').textContent.includes('已办结')`,
        'the issue is withdrawn',
      )
    })

    test('nothing broke the policy of the page or any script', () => {
      assert.deepEqual(
        driver.complaints.filter((line) => !asked.test(line)),
        [],
      )
    })
  })
}
