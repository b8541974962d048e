import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { OwnPlugin, TiandituOptions, WatermarkOptions } from '@minqing/plugins'
import { fakeRecognition, type FakeRecognition } from '@minqing/plugins/dictation/fake'
import type { Mgop, MgopCall } from '@minqing/plugins/zheliban'
import { chromium, type Browser, type Page } from 'playwright-core'
import sharp from 'sharp'
import { elementsVersion } from '../../scripts/build/paths.ts'
import { chromiumArgs, findChromium } from '../support/chromium.ts'
import { startDemoServer, type DemoServer } from '../support/demo-server.ts'
import { complaints, settled } from './support.ts'

/** What the page's composer says of its draft. */
type Composer = HTMLElement & {
  draft: { text: string; place?: { longitude?: number; latitude?: number }; photos: { name: string }[] }
}
/** The module of the CDN folder, and the ways to stop what was used. */
interface Used {
  mgop: Mgop
  stops: Partial<Record<OwnPlugin, () => Promise<void>>>
  speech: FakeRecognition
}

let server: DemoServer
let browser: Browser
let page: Page
let complained: string[]
let tiles: Server
/** What the server of tiles was asked for. */
const tilesAsked: URL[] = []

/** Answers every tile with a picture, as a county's own mirror of 天地图 does. */
async function serveTiles(): Promise<Server> {
  const picture = sharp({ create: { width: 256, height: 256, channels: 3, background: '#dde' } })
  const png = await picture.png().toBuffer()
  const tileServer = createServer(({ url }, answer) => {
    tilesAsked.push(new URL(url!, 'http://tiles'))
    answer.setHeader('content-type', 'image/png').end(png)
  }).listen(0, '127.0.0.1')
  await once(tileServer, 'listening')
  return tileServer
}
const tilesUrl = () => `http://127.0.0.1:${(tiles.address() as AddressInfo).port}`

before(async () => {
  tiles = await serveTiles()
  server = await startDemoServer({ diaries: 5, issues: 0, envelopes: true })
  browser = await chromium.launch({
    executablePath: await findChromium(),
    // A page that a test answers counts as one from the internet, and may ask nothing of this machine.
    args: [...chromiumArgs, '--disable-features=LocalNetworkAccessChecks'],
  })
  page = await browser.newPage()
  complained = complaints(page)
  const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#a27' } })
    .jpeg()
    .toBuffer()
  // a phone with 浙政钉, as far as a page can see it
  await page.addInitScript((base64) => {
    const answers = {
      ready: (told: () => void) => setTimeout(told),
      getGeolocation: () => Promise.resolve({ longitude: 120.584311, latitude: 29.998887, accuracy: 30 }),
      chooseLocalImage: () => Promise.resolve({ apFilePaths: ['https://resource/1.image'] }),
      readImageToBase64: () => Promise.resolve({ base64 }),
    }
    // and the gateway of 浙里办, which posts what it is given
    const mgop = ({ data, onSuccess, onFail }: MgopCall) => {
      fetch('/v1/envelope', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(data),
      })
        .then(async (answer) => onSuccess({ data: (await answer.json()) as unknown }))
        .catch(onFail)
    }
    Object.assign(globalThis, { dd: answers, mgop })
  }, picture.toString('base64'))
  // an engine of the browser's own, and the address of the map in the policy, as the portal has to name it
  await page.addInitScript({
    content: `speech = (${String(fakeRecognition)})(); webkitSpeechRecognition = SpeechRecognition = speech.recognition`,
  })
  const address = `${server.url}/components/mq-diary-composer/`
  await page.route(address, async (route) => {
    const response = await route.fetch()
    const policy = response.headers()['content-security-policy']!
    const named = policy.replace("img-src 'self'", `img-src 'self' ${tilesUrl()}`)
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': named } })
  })
  await page.goto(address)
  await settled(page)
})
after(async () => {
  tiles?.close()
  await browser?.close()
  await server?.close()
})

/** Uses a plugin as a page does that has only the CDN folder, under the strict policy of the site. */
const usePlugin = (name: OwnPlugin, options?: WatermarkOptions | TiandituOptions) =>
  page.evaluate(
    async ([address, plugin, given]) => {
      const module = (await import(address)) as {
        usePlugin(name: string, options: unknown): Promise<() => Promise<void>>
      }
      const used = globalThis as unknown as Used
      const gateway = { mgop: used.mgop, api: 'mgop.minqing', appKey: 'key' }
      used.stops ??= {}
      used.stops[plugin] = await module.usePlugin(plugin, plugin === 'zheliban' ? { gateway } : given)
    },
    [`/cdn/${elementsVersion()}/plugins.js`, name, options] as const,
  )
const stop = (name: OwnPlugin) =>
  page.evaluate((plugin) => (globalThis as unknown as Used).stops[plugin]!(), name)

test('a host that is used by its name serves the widgets of the page', async () => {
  await usePlugin('zhezhengding')
  const composer = page.locator('mq-diary-composer').first()
  await composer.getByRole('button', { name: '地点', exact: true }).click()
  await composer.getByRole('button', { name: '定位', exact: true }).click()
  await composer.getByText('已定位').waitFor()
  const place = await composer.evaluate((element) => (element as Composer).draft.place!)
  assert.ok(Math.abs(place.longitude! - 120.580232) < 0.00002, JSON.stringify(place))
  assert.ok(Math.abs(place.latitude! - 30.001523) < 0.00002, JSON.stringify(place))
  await composer.getByRole('button', { name: '照片', exact: true }).click()
  await composer.getByRole('img', { name: '照片 1：photo-1.jpg' }).waitFor()
  await stop('zhezhengding')
  const chooser = page.waitForEvent('filechooser')
  await composer.getByRole('button', { name: '照片', exact: true }).click()
  await chooser
})

test('a watermark lies over the page, in nobody’s way, and leaves no trace', async () => {
  const children = () => page.evaluate(() => document.body.childElementCount)
  const before = await children()
  await usePlugin('watermark', { text: '陈立军 3071' })
  const canvas = page.locator('body > canvas')
  const { inked, covers } = await canvas.evaluate((element) => {
    const own = element as HTMLCanvasElement
    const { data } = own.getContext('2d')!.getImageData(0, 0, own.width, own.height)
    return {
      inked: data.filter((value, n) => n % 4 === 3 && value > 0).length,
      covers: [own.clientWidth === innerWidth, own.clientHeight === innerHeight],
    }
  })
  assert.ok(inked > 1000, `${inked} pixels`)
  assert.deepEqual(covers, [true, true])
  assert.equal(await canvas.getAttribute('aria-hidden'), 'true')
  // a press goes through to what lies below
  await page.locator('mq-diary-composer textarea').first().click()
  await page.setViewportSize({ width: 500, height: 700 })
  await page.waitForFunction(() => document.querySelector('body > canvas')!.clientWidth === 500)
  await canvas.evaluate((element) => element.remove())
  await canvas.waitFor({ state: 'attached' })
  await stop('watermark')
  assert.equal(await canvas.count(), 0)
  assert.equal(await children(), before)
})

test('a map shows the place, which is corrected by hand, by pressing and by keys', async () => {
  const composer = page.locator('mq-diary-composer').first()
  const placeOf = () => composer.evaluate((element) => (element as Composer).draft.place!)
  const before = await placeOf()
  const pin = composer.getByRole('button', { name: '位置标记，用方向键移动' })
  assert.equal(await composer.locator('.map').count(), 0, 'without the plugin there is none')
  await usePlugin('tianditu', { tk: 'key', baseUrl: tilesUrl(), attribution: '天地图 GS(2024)0568号' })
  await composer.locator('.leaflet-tile-loaded').first().waitFor()
  const asked = tilesAsked.map(({ pathname, searchParams: at }) =>
    [
      pathname,
      at.get('LAYER'),
      at.get('TILEMATRIX'),
      at.get('TILECOL'),
      at.get('TILEROW'),
      at.get('tk'),
    ].join(' '),
  )
  assert.ok(asked.includes('/vec_w/wmts vec 16 54718 27038 key'), asked.join())
  assert.ok(asked.includes('/cva_w/wmts cva 16 54718 27038 key'), asked.join())
  assert.equal(await composer.locator('.map-credit').textContent(), '天地图 GS(2024)0568号')

  // by hand: 60 pixels to the west are as many times 2.39 m at this latitude, less by its cosine
  const { x, y } = (await pin.boundingBox())!
  await page.mouse.move(x + 20, y + 20)
  await page.mouse.down()
  await page.mouse.move(x - 10, y + 20)
  await page.mouse.move(x - 40, y + 20)
  await page.mouse.up()
  await composer.getByText('已改正位置').waitFor()
  const pixel = 360 / (256 * 2 ** 16)
  const dragged = await placeOf()
  assert.ok(Math.abs(dragged.longitude! - before.longitude! + 60 * pixel) < pixel, JSON.stringify(dragged))
  assert.ok(Math.abs(dragged.latitude! - before.latitude!) < pixel, JSON.stringify(dragged))
  // by keys, and the map stays where it is
  await pin.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+ArrowUp')
  const moved = await placeOf()
  assert.ok(Math.abs(moved.longitude! - dragged.longitude! - 10 * pixel) < pixel / 9, JSON.stringify(moved))
  assert.ok(moved.latitude! > dragged.latitude!)
  // by a press
  const { x: left, y: top } = (await composer.locator('.map-canvas').boundingBox())!
  await page.mouse.click(left + 30, top + 30)
  await composer.getByText(`东经 ${(await placeOf()).longitude!.toFixed(5)}°`).waitFor()
  assert.ok((await placeOf()).longitude! < moved.longitude! - 20 * pixel)
  await composer.getByRole('button', { name: '回到原处' }).click()
  assert.deepEqual(await placeOf(), before)

  await composer.getByRole('button', { name: '影像' }).click()
  await composer.getByRole('button', { name: '放大' }).click()
  const from = Date.now()
  while (
    !tilesAsked.some(({ search }) => /LAYER=cia.*TILEMATRIX=17/.test(search)) &&
    Date.now() < from + 5000
  )
    await page.waitForTimeout(20)
  assert.ok(tilesAsked.some(({ search }) => /LAYER=img.*TILEMATRIX=17/.test(search)))
})

test('what is spoken is written at the caret, where the page has named the plugin', async () => {
  const composer = page.locator('mq-diary-composer').first()
  const button = composer.getByRole('button', { name: '口述' })
  const says = (words: string, isFinal: boolean) =>
    page.evaluate(([text, last]) => (globalThis as unknown as Used).speech.speaks(text, last), [
      words,
      isFinal,
    ] as const)
  assert.equal(await button.count(), 0)
  await usePlugin('dictation')
  await composer.locator('textarea').fill('上午。下午。')
  await composer.locator('textarea').evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(3, 3))
  await button.click()
  assert.equal(await button.getAttribute('aria-pressed'), 'true')
  await says('走访了', false)
  await composer.getByText('走访了').waitFor()
  await says('走访了三户，', true)
  const text = () => composer.evaluate((element) => (element as Composer).draft.text)
  assert.equal(await text(), '上午。走访了三户，下午。')
  await button.click()
  assert.equal(await button.getAttribute('aria-pressed'), 'false')
  await page.keyboard.press('Control+z')
  assert.equal(await text(), '上午。下午。', 'the caret was in the text all the time')
  await composer.locator('textarea').fill('')
})

test('map and speech go with their plugins, and nothing is left of them', async () => {
  const composer = page.locator('mq-diary-composer').first()
  await stop('dictation')
  await composer.getByRole('button', { name: '口述' }).waitFor({ state: 'detached' })
  await stop('tianditu')
  await composer.locator('.map').waitFor({ state: 'detached' })
  assert.deepEqual(
    await page.evaluate(() => [
      'L' in globalThis,
      document.body.className,
      document.documentElement.style.length,
    ]),
    [false, '', 0],
  )
})

test('through the gateway of a host a diary with a photo arrives, and nothing goes another way', async () => {
  await usePlugin('zheliban')
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/v1/')) asked.push(`${request.method()} ${pathname}`)
  })
  const composer = page.locator('mq-diary-composer').first()
  const text = `经网关发布 ${Date.now()}`
  await composer
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: '网关.jpg',
      mimeType: 'image/jpeg',
      // more than one chunk
      buffer: await sharp({
        create: {
          width: 1600,
          height: 1200,
          channels: 3,
          background: '#888',
          noise: { type: 'gaussian', mean: 128, sigma: 90 },
        },
      })
        .jpeg({ quality: 95 })
        .toBuffer(),
    })
  await composer.getByRole('img', { name: '网关.jpg' }).waitFor()
  await composer.locator('textarea').first().fill(text)
  await composer.locator('[part~="publish"]').click()
  await composer.getByText('已发布').waitFor()
  const { body } = await page.evaluate(
    async (query) => {
      const { token } = (await (
        await fetch('/v1/demo/token', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': query.key },
          body: JSON.stringify({ persona: 'auditor' }),
        })
      ).json()) as { token: string }
      const found = await fetch('/v1/diaries?area=330683&limit=1', {
        headers: { authorization: `Bearer ${token}` },
      })
      return { body: (await found.json()) as { items: { text: string; photos: { width: number }[] }[] } }
    },
    { key: crypto.randomUUID() },
  )
  assert.deepEqual(
    body.items.map((diary) => [diary.text, diary.photos.map(({ width }) => width)]),
    [[text, [60, 1600]]],
  )
  const others = asked.filter((one) => one !== 'POST /v1/envelope' && !/demo|GET \/v1\/diaries/.test(one))
  assert.deepEqual(others, [])
  assert.ok(asked.filter((one) => one === 'POST /v1/envelope').length >= 5, asked.join())
  await stop('zheliban')
})

test('nothing of it breaks the strict policy of the page', () => {
  assert.deepEqual(complained, [])
})
