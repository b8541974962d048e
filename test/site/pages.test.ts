import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { chromium, type Browser } from 'playwright-core'
import { builtAssets } from '../support/assets.ts'
import { chromiumArgs, findChromium } from '../support/chromium.ts'
import { startDemoServer, type DemoServer } from '../support/demo-server.ts'
import { axeViolations, complaints, pagesOf, settled } from './support.ts'

const { siteDir } = await builtAssets()
const pages = await pagesOf(siteDir)
const looks = [
  { name: 'wide and light', width: 1440, dark: false, elder: false },
  { name: 'a phone in the dark', width: 360, dark: true, elder: false },
  { name: 'a phone in elder mode', width: 360, dark: false, elder: true },
]

let server: DemoServer
let browser: Browser

before(async () => {
  server = await startDemoServer()
  browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArgs })
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
    '/components/mq-diary-composer/',
    '/components/mq-diary-feed/',
    '/client/',
    '/tokens/',
    '/rules/',
    '/api/',
    '/embedding/',
  ]) {
    assert.ok(pages.includes(page), `${page} is missing`)
  }
})

for (const path of pages) {
  for (const { name, width, dark, elder } of looks) {
    test(`${path} as ${name}: no complaint of the browser, none of axe, nothing cut off`, async () => {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
      })
      try {
        const page = await context.newPage()
        if (elder) await page.addInitScript(() => localStorage.setItem('mq-site-elder', '1'))
        const complained = complaints(page)
        const answer = await page.goto(server.url + path, { waitUntil: 'load' })
        assert.equal(answer?.status(), 200)
        await settled(page)
        assert.deepEqual(await axeViolations(page), [])
        assert.deepEqual(complained, [])
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        assert.ok(beyond <= 0, `the page is ${beyond} px wider than the window`)
      } finally {
        await context.close()
      }
    })
  }
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
  const page = await browser.newPage()
  const answer = await page.goto(`${server.url}/nowhere/`)
  assert.equal(answer?.status(), 404)
  await page.getByRole('heading', { name: '没有这一页' }).waitFor()
  assert.deepEqual(await axeViolations(page), [])
  await page.close()
})

test('Chinese text of the pages has full-width punctuation', async () => {
  const page = await browser.newPage()
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
    for (const text of texts) if (/\p{Script=Han}[,;:?!]/u.test(text)) found.push(`${path}: ${text.trim()}`)
  }
  await page.close()
  assert.deepEqual(found, [])
})
