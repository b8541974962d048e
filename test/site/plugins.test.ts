import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { OwnPlugin, TiandituOptions, WatermarkOptions } from '@minqing/plugins'
import type { FakeRecognition } from '@minqing/plugins/dictation/fake'
import type { Mgop } from '@minqing/plugins/zheliban'
import { chromium, type Browser, type Page } from 'playwright-core'
import sharp from 'sharp'
import { elementsVersion } from '../../scripts/build/paths.ts'
import { chromiumArgs, findChromium } from '../support/chromium.ts'
import { startDemoServer, type DemoServer } from '../support/demo-server.ts'
import { allowImages, putHosts, startTiles, type Tiles } from './hosts.ts'
import { complaints, settled } from './support.ts'

/** What the page's composer says of its draft. */
type Composer = HTMLElement & {
  draft: {
    text: string
    place?: { longitude?: number; latitude?: number }
    photos: { id: string; name: string; blob: Blob }[]
  }
  flow?: object
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
let tiles: Tiles

before(async () => {
  tiles = await startTiles()
  server = await startDemoServer({ diaries: 5, issues: 0, envelopes: true })
  browser = await chromium.launch({
    executablePath: await findChromium(),
    // A page that a test answers counts as one from the internet, and may ask nothing of this machine.
    args: [...chromiumArgs, '--disable-features=LocalNetworkAccessChecks'],
  })
  page = await browser.newPage()
  complained = complaints(page)
  await putHosts(page)
  const address = `${server.url}/components/mq-diary-composer/`
  await allowImages(page, address, tiles.url)
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
      const key = () => Uint8Array.from({ length: 16 }, (_, n) => 11 * n)
      const own: Partial<Record<OwnPlugin, object>> = { zheliban: { gateway }, 'sm-crypto': { key } }
      used.stops[plugin] = await module.usePlugin(plugin, own[plugin] ?? given)
    },
    [`/cdn/${elementsVersion()}/plugins.js`, name, options] as const,
  )
const stop = (name: OwnPlugin) =>
  page.evaluate((plugin) => (globalThis as unknown as Used).stops[plugin]!(), name)

/** The diaries written last, as somebody reads them who may see all. */
const latest = (limit: number) =>
  page.evaluate(
    async ({ key, most }) => {
      const { token } = (await (
        await fetch('/v1/demo/token', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': key },
          body: JSON.stringify({ persona: 'auditor' }),
        })
      ).json()) as { token: string }
      const found = await fetch(`/v1/diaries?area=330683&limit=${most}`, {
        headers: { authorization: `Bearer ${token}` },
      })
      return ((await found.json()) as { items: { text: string; photos: { width: number }[] }[] }).items
    },
    { key: crypto.randomUUID(), most: limit },
  )

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
  await usePlugin('tianditu', { tk: 'key', baseUrl: tiles.url, attribution: '天地图 GS(2024)0568号' })
  await composer.locator('.leaflet-tile-loaded').first().waitFor()
  const asked = tiles.asked.map(({ pathname, searchParams: at }) =>
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
    !tiles.asked.some(({ search }) => /LAYER=cia.*TILEMATRIX=17/.test(search)) &&
    Date.now() < from + 5000
  )
    await page.waitForTimeout(20)
  assert.ok(tiles.asked.some(({ search }) => /LAYER=img.*TILEMATRIX=17/.test(search)))
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
  assert.deepEqual(
    (await latest(1)).map((diary) => [diary.text, diary.photos.map(({ width }) => width)]),
    [[text, [60, 1600]]],
  )
  const others = asked.filter((one) => one !== 'POST /v1/envelope' && !/demo|GET \/v1\/diaries/.test(one))
  assert.deepEqual(others, [])
  assert.ok(asked.filter((one) => one === 'POST /v1/envelope').length >= 5, asked.join())
  await stop('zheliban')
})

/** Which of the words stand in any of the page's databases, in a key, a value or a file. */
const foundOnDevice = (words: string[]) =>
  page.evaluate(async (wanted) => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error!)
      })
    const found = new Set<string>()
    const look = async (value: unknown): Promise<void> => {
      if (value instanceof Blob) return look(new Uint8Array(await value.arrayBuffer()))
      if (value instanceof Uint8Array) {
        // by bytes: each is one character, as are those of the words below
        const bytes = value.reduce((text, byte) => text + String.fromCharCode(byte), '')
        for (const word of wanted) {
          const utf8 = String.fromCharCode(...new TextEncoder().encode(word))
          if (bytes.includes(utf8) || bytes.includes(word)) found.add(word)
        }
      } else if (value !== null && typeof value === 'object') {
        for (const one of Object.entries(value).flat()) await look(one)
      } else if (typeof value === 'string') {
        for (const word of wanted) if (value.includes(word)) found.add(word)
      }
    }
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await answer(indexedDB.open(name))
      for (const store of database.objectStoreNames) {
        const rows = database.transaction(store).objectStore(store)
        const [keys, values] = await Promise.all([answer(rows.getAllKeys()), answer(rows.getAll())])
        await look([...keys, ...(values as unknown[])])
      }
      database.close()
    }
    return [...found]
  }, words)

/** Whether a draft with the photo is kept. */
const isDraftOnDevice = (photo: string) =>
  new Promise<boolean>((resolve) => {
    indexedDB.open('mq-drafts').onsuccess = ({ target }) => {
      const database = (target as IDBOpenDBRequest).result
      const reading = database.transaction('photos').objectStore('photos').getAllKeys()
      reading.onsuccess = () => {
        database.close()
        resolve((reading.result as [string, string][]).some(([, id]) => id === photo))
      }
    }
  })

test('what is kept on the device is sealed with SM4 in its databases, and arrives whole', async () => {
  const composer = page.locator('mq-diary-composer').first()
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  const blank = { width: 640, height: 480, channels: 3, background: '#385', noise } as const
  /** Writes into the form; answers some bytes from the middle of the photo as it is kept, each as a character. */
  const write = async (text: string): Promise<string> => {
    const buffer = await sharp({ create: blank }).jpeg().toBuffer()
    const file = { name: `${text}.jpg`, mimeType: 'image/jpeg', buffer }
    await composer.locator('textarea').first().fill(text)
    await composer.locator('input[type=file]').first().setInputFiles(file)
    await composer.getByRole('img', { name: file.name }).waitFor()
    let id: string | undefined
    while (!id) id = await composer.evaluate((element) => (element as Composer).draft.photos[0]?.id)
    // not waitForFunction, to which a promise is as good as its value
    while (!(await page.evaluate(isDraftOnDevice, id))) await page.waitForTimeout(50)
    return composer.evaluate(async (element) => {
      const { blob } = (element as Composer).draft.photos[0]!
      const bytes = new Uint8Array(await blob.slice(blob.size / 2, blob.size / 2 + 16).arrayBuffer())
      return String.fromCharCode(...bytes)
    })
  }
  const publish = async (text: string) => {
    await composer.locator('[part~="publish"]').click()
    await composer.locator('[role=status]', { hasText: '已保存在本机，联网后自动发送' }).waitFor()
    assert.equal(await composer.locator('[part~="waiting-entry"]', { hasText: text }).count(), 1)
  }
  const before = complained.length
  const run = Date.now()
  const [open, sealed] = [`没有封存 ${run}`, `老李家漏雨 ${run}`]
  await usePlugin('sm-crypto')
  await stop('sm-crypto')
  // who writes is known, and kept in the open again
  await page.waitForFunction(() => !!document.querySelector<Composer>('mq-diary-composer')!.flow)
  await page.context().setOffline(true)
  const ofOpen = await write(open)
  assert.deepEqual((await foundOnDevice([open, ofOpen])).sort(), [open, ofOpen].sort(), 'it looks well')
  await publish(open)
  await usePlugin('sm-crypto')
  await composer.locator('[part~="waiting-entry"]', { hasText: open }).waitFor()
  const photo = await write(sealed)
  assert.deepEqual(await foundOnDevice([sealed, photo]), [], 'the draft')
  await publish(sealed)
  assert.deepEqual(await foundOnDevice([sealed, photo]), [], 'the outbox')
  await page.context().setOffline(false)
  let found = await latest(2)
  while (found[0]?.text !== sealed) {
    await page.waitForTimeout(100)
    found = await latest(2)
  }
  assert.deepEqual(
    found.map(({ text, photos }) => [text, photos.map(({ width }) => width)]),
    [
      [sealed, [640]],
      [open, [640]],
    ],
  )
  // what has arrived goes from here
  while ((await foundOnDevice([open, sealed, photo])).length) await page.waitForTimeout(100)
  await composer.locator('[part~="waiting-entry"]').first().waitFor({ state: 'detached' })
  await stop('sm-crypto')
  // Nobody complains of the line that was cut, nor that the server did not have the photo yet.
  const others = complained.splice(before).filter((line) => !line.startsWith('Failed to load resource'))
  complained.push(...others)
})

test('nothing of it breaks the strict policy of the page', () => {
  assert.deepEqual(complained, [])
})
