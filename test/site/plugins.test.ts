import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { OwnPlugin, WatermarkOptions } from '@minqing/plugins'
import type { Mgop, MgopCall } from '@minqing/plugins/zheliban'
import { chromium, type Browser, type Page } from 'playwright-core'
import sharp from 'sharp'
import { elementsVersion } from '../../scripts/build/paths.ts'
import { chromiumArgs, findChromium } from '../support/chromium.ts'
import { startDemoServer, type DemoServer } from '../support/demo-server.ts'
import { complaints, settled } from './support.ts'

/** What the page's composer says of its draft. */
type Composer = HTMLElement & {
  draft: { place?: { longitude?: number; latitude?: number }; photos: { name: string }[] }
}
/** The module of the CDN folder, and the ways to stop what was used. */
interface Used {
  mgop: Mgop
  stops: Partial<Record<OwnPlugin, () => Promise<void>>>
}

let server: DemoServer
let browser: Browser
let page: Page
let complained: string[]

before(async () => {
  server = await startDemoServer({ diaries: 5, issues: 0, envelopes: true })
  browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArgs })
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
  await page.goto(`${server.url}/components/mq-diary-composer/`)
  await settled(page)
})
after(async () => {
  await browser?.close()
  await server?.close()
})

/** Uses a plugin as a page does that has only the CDN folder, under the strict policy of the site. */
const usePlugin = (name: OwnPlugin, options?: WatermarkOptions) =>
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
