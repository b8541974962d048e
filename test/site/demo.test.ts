import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { chromium, type Browser, type FrameLocator, type Page } from 'playwright-core'
import sharp from 'sharp'
import { chromiumArgs, findChromium } from '../support/chromium.ts'
import { startDemoServer, type DemoServer } from '../support/demo-server.ts'
import { complaints, settled } from './support.ts'

let server: DemoServer
let browser: Browser
let database: pg.Client

before(async () => {
  server = await startDemoServer()
  database = new pg.Client({ connectionString: server.databaseUrl })
  await database.connect()
  browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArgs })
})

after(async () => {
  await browser.close()
  await database.end()
  await server.close()
})

const words = (start: string) => `${start} ${randomBytes(4).toString('hex')}`

const rowsWith = async (text: string): Promise<number> => {
  const { rows } = await database.query<{ n: string }>('select count(*) n from diary where text = $1', [text])
  return Number(rows[0]!.n)
}

async function write(place: Page | FrameLocator, text: string): Promise<void> {
  await place.locator('mq-diary-composer textarea').first().fill(text)
  await place.locator('mq-diary-composer [part~="publish"]').click()
}

/** Two pictures as a camera makes them. */
const photos = () =>
  Promise.all(
    ['#2a7', '#a27'].map(async (background, n) => ({
      name: `${n}.jpg`,
      mimeType: 'image/jpeg',
      buffer: await sharp({ create: { width: 2400, height: 1800, channels: 3, background } })
        .jpeg()
        .toBuffer(),
    })),
  )

/** Collects what the console shows in red: complaints, and requests that failed or were refused. */
function failures(page: Page): string[] {
  const list = complaints(page)
  page.on('requestfailed', (request) =>
    list.push(`${request.method()} ${request.url()}: ${request.failure()?.errorText}`),
  )
  page.on('response', (answer) => {
    if (answer.status() >= 400) list.push(`${answer.status()} ${answer.request().method()} ${answer.url()}`)
  })
  return list
}

async function open(path: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } })
  await page.goto(server.url + path)
  await settled(page)
  return page
}

test('two windows: what one writes appears in the other without reload', async () => {
  const page = await open('/demo/side-by-side/')
  const left = page.frameLocator('#window-a')
  const right = page.frameLocator('#window-b')
  const text = words('左窗写的')
  await write(left, text)
  await right.locator('mq-diary-feed article', { hasText: text }).waitFor()
  assert.equal(await rowsWith(text), 1)
  await page.close()
})

test('two windows: a cut line keeps the diary here, a mended one delivers it exactly once', async () => {
  const page = await open('/demo/side-by-side/')
  const left = page.frameLocator('#window-a')
  const right = page.frameLocator('#window-b')
  await left.getByRole('switch', { name: '断网' }).click()
  const text = words('没有信号时写的')
  await write(left, text)
  await left.locator('mq-diary-composer [part~="waiting-entry"]', { hasText: text }).waitFor()
  // The other window's line is whole: it goes on getting what is new.
  const other = words('右窗照常')
  await write(right, other)
  await right.locator('mq-diary-feed article', { hasText: other }).waitFor()
  assert.equal(await rowsWith(text), 0)
  assert.equal(await left.locator('mq-diary-feed article', { hasText: other }).count(), 0)

  await left.getByRole('switch', { name: '断网' }).click()
  await right.locator('mq-diary-feed article', { hasText: text }).waitFor()
  await left.locator('mq-diary-feed article', { hasText: other }).waitFor()
  assert.equal(await rowsWith(text), 1)
  assert.equal(await left.locator('mq-diary-composer [part~="waiting-entry"]').count(), 0)
  await page.close()
})

test('a diary with photos is published without one failed request', async () => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } })
  const failed = failures(page)
  await page.goto(`${server.url}/demo/`)
  await settled(page)
  const composer = page.locator('mq-diary-composer')
  await composer
    .locator('input[type=file]')
    .first()
    .setInputFiles(await photos())
  await composer.locator('[part~="photos"] canvas').nth(1).waitFor()
  const text = words('带照片的')
  await write(page, text)
  await composer.locator('[part~="status"]', { hasText: '已发布' }).waitFor()
  const card = page.locator('mq-diary-feed article', { hasText: text })
  await card.scrollIntoViewIfNeeded()
  await card.locator('img').nth(1).waitFor()
  await page.waitForFunction((said) => {
    const articles = [...document.querySelector('mq-diary-feed')!.shadowRoot!.querySelectorAll('article')]
    const article = articles.find(({ textContent }) => textContent.includes(said))
    const images = [...(article?.querySelectorAll('img') ?? [])]
    return images.length === 2 && images.every(({ complete, naturalWidth }) => complete && naturalWidth > 0)
  }, text)
  assert.equal(await rowsWith(text), 1)
  assert.deepEqual(failed, [])
  await page.close()
})

test('another person may sit in a window', async () => {
  const page = await open('/demo/side-by-side/')
  await page.locator('#who-b').selectOption('wang-grid')
  const right = page.frameLocator('#window-b')
  await right.locator('[data-me="name"]', { hasText: '王小芳' }).waitFor()
  await page.close()
})

test('the portal shows who is signed in, and another persona starts over', async () => {
  const page = await open('/demo/')
  assert.equal(await page.locator('.me-card [data-me="name"]').textContent(), '陈立军')
  await Promise.all([page.waitForEvent('load'), page.locator('#persona').selectOption('li-village')])
  await page.locator('.me-card [data-me="name"]', { hasText: '李春燕' }).waitFor()
  await settled(page)
  const text = words('李春燕写的')
  await write(page, text)
  await page.locator('mq-diary-feed article', { hasText: text }).waitFor()
  const { rows } = await database.query('select author_name from diary where text = $1', [text])
  assert.deepEqual(rows, [{ author_name: '李春燕' }])
  await page.close()
})

test("the portal's own tiles filter the feed", async () => {
  const page = await open('/demo/')
  const text = words('写给自己看')
  await write(page, text)
  await page.locator('mq-diary-feed article', { hasText: text }).waitFor()
  await page.getByRole('button', { name: '求助问答' }).click()
  await page.locator('mq-diary-feed article', { hasText: text }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '我写的' }).click()
  await page.locator('mq-diary-feed article', { hasText: text }).waitFor()
  assert.equal(await page.getByRole('button', { name: '我写的' }).getAttribute('aria-pressed'), 'true')
  await page.close()
})

test('an auditor reads, and is told that writing is not theirs', async () => {
  const page = await browser.newPage()
  await page.addInitScript(() => sessionStorage.setItem('mq-demo-persona', 'auditor'))
  await page.goto(`${server.url}/demo/`)
  await settled(page)
  await page.locator('mq-diary-composer', { hasText: '您没有写日记的权限' }).waitFor()
  await page.close()
})

test('colors and size are remembered, and the widgets follow', async () => {
  const page = await open('/components/mq-diary-feed/')
  await page.getByRole('button', { name: '长者版' }).click()
  await page.getByRole('button', { name: '深色' }).click()
  await page.reload()
  await settled(page)
  const look = await page.locator('mq-diary-feed').evaluate((feed) => ({
    elder: feed.hasAttribute('elder'),
    theme: feed.getAttribute('theme'),
    root: document.documentElement.dataset['theme'],
  }))
  assert.deepEqual(look, { elder: true, theme: 'dark', root: 'dark' })
  await page.close()
})
