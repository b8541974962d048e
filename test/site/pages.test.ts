import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { chromium, type Browser, type Page } from 'playwright-core'
import { builtAssets } from '../support/assets.ts'
import { chromiumArgs, findChromium } from '../support/chromium.ts'
import { startDemoServer, type DemoServer } from '../support/demo-server.ts'
import { axeViolations, complaints, pagesOf, settled, shiftsOf, watchShifts, widgets } from './support.ts'

const { siteDir } = await builtAssets()
const pages = await pagesOf(siteDir)
let server: DemoServer
let browser: Browser
/** One page for all: what Chromium has compiled for one address, axe itself foremost, serves at the next. */
let page: Page

before(async () => {
  server = await startDemoServer()
  browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArgs })
  page = await browser.newPage({ reducedMotion: 'reduce' })
  await watchShifts(page)
})

after(async () => {
  await browser.close()
  await server.close()
})

test('the site has the pages that it promises', () => {
  for (const page of [
    '/',
    '/en/',
    '/demo/',
    '/demo/side-by-side/',
    '/demo/issues/',
    '/components/mq-diary-composer/',
    '/components/mq-diary-feed/',
    '/components/mq-issue-tracker/',
    '/components/mq-issue-report/',
    '/components/mq-issue-status/',
    '/components/mq-inbox/',
    '/client/',
    '/tokens/',
    '/life-cycle/',
    '/rules/',
    '/api/',
    '/embedding/',
    '/plugins/',
    '/plugins/zheliban/',
  ]) {
    assert.ok(pages.includes(page), `${page} is missing`)
  }
})

/** The same page as different people see it, from the widest to the narrowest. */
const looks: { name: string; turn(page: Page): Promise<unknown> }[] = [
  {
    name: 'wide and light',
    turn: async (page) => {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.emulateMedia({ colorScheme: 'light' })
    },
  },
  {
    name: 'a phone in the dark',
    turn: async (page) => {
      await page.setViewportSize({ width: 360, height: 800 })
      await page.emulateMedia({ colorScheme: 'dark' })
    },
  },
  {
    name: 'a phone in elder mode',
    turn: async (page) => {
      await page.emulateMedia({ colorScheme: 'light' })
      await page.evaluate((names) => {
        document.documentElement.dataset['elder'] = ''
        for (const widget of document.querySelectorAll(names.join())) widget.setAttribute('elder', '')
      }, widgets)
    },
  },
]

for (const path of pages) {
  test(`${path}: no complaint of the browser, none of axe, nothing cut off, nothing jumps`, async () => {
    const complained = complaints(page)
    await looks[0]!.turn(page)
    const answer = await page.goto(server.url + path, { waitUntil: 'load' })
    assert.equal(answer?.status(), 200)
    const nothingJumped = async () => {
      const shifts = await shiftsOf(page)
      const sum = shifts.reduce((total, { value }) => total + value, 0)
      assert.ok(sum < 0.01, `things jump by ${sum}: ${JSON.stringify(shifts, undefined, 1)}`)
    }
    for (const { name, turn } of looks) {
      await turn(page)
      await settled(page)
      if (name === looks[0]!.name) await nothingJumped()
      assert.deepEqual(await axeViolations(page), [], name)
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      assert.ok(beyond <= 0, `${name}: the page is ${beyond} px wider than the window`)
    }
    assert.deepEqual(complained, [])
  })
}

test('every link and file that a page names is there', async () => {
  const wanted = new Map<string, string>()
  const anchors = new Map<string, Set<string>>()
  for (const path of pages) {
    const html = await (await fetch(server.url + path)).text()
    anchors.set(path, new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!)))
    for (const [, link] of html.matchAll(/\s(?:href|src)="([^"]+)"/g)) {
      const url = new URL(link!.replaceAll('&amp;', '&'), server.url + path)
      if (url.origin === server.url) wanted.set(url.pathname + url.search + url.hash, path)
    }
  }
  const broken: string[] = []
  for (const [link, from] of wanted) {
    const url = new URL(link, server.url)
    const answer = await fetch(url)
    await answer.arrayBuffer()
    if (!answer.ok) broken.push(`${from} → ${link}: ${answer.status}`)
    const id = decodeURIComponent(url.hash.slice(1))
    if (id && anchors.has(url.pathname) && !anchors.get(url.pathname)!.has(id)) {
      broken.push(`${from} → ${link}: no such place`)
    }
  }
  assert.deepEqual(broken, [])
})

test('an address that is not there answers with our page, in the colors of the site', async () => {
  const answer = await page.goto(`${server.url}/nowhere/`)
  assert.equal(answer?.status(), 404)
  await page.getByRole('heading', { name: '没有这一页' }).waitFor()
  assert.deepEqual(await axeViolations(page), [])
})

test('Chinese text of the pages has full-width punctuation', async () => {
  const found: string[] = []
  for (const path of pages) {
    await page.goto(server.url + path, { waitUntil: 'domcontentloaded' })
    const texts = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      const list: string[] = []
      while (walker.nextNode()) {
        if (!walker.currentNode.parentElement?.closest('code, pre, script'))
          list.push(walker.currentNode.nodeValue!)
      }
      return list
    })
    for (const text of texts)
      if (/\p{Script=Han}[,;:?!](?! )/u.test(text)) found.push(`${path}: ${text.trim()}`)
  }
  assert.deepEqual(found, [])
})
