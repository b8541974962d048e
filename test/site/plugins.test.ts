import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { OwnPlugin, WatermarkOptions } from '@minqing/plugins'
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
  stops: Partial<Record<OwnPlugin, () => Promise<void>>>
}

let server: DemoServer
let browser: Browser
let page: Page
let complained: string[]

before(async () => {
  server = await startDemoServer({ diaries: 5, issues: 0 })
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
    Object.assign(globalThis, { dd: answers })
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
      used.stops ??= {}
      used.stops[plugin] = await module.usePlugin(plugin, given)
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

test('nothing of it breaks the strict policy of the page', () => {
  assert.deepEqual(complained, [])
})
