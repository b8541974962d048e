import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { chromium, type Browser, type Page } from 'playwright-core'
import { themePage } from '../../docs/lib/theme.ts'
import { elementsVersion } from '../../scripts/build/paths.ts'
import { builtAssets } from '../support/assets.ts'
import { chromiumArgs, findChromium } from '../support/chromium.ts'
import { startDemoServer, type DemoServer } from '../support/demo-server.ts'
import { lookTests } from './looks.ts'
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
    '/theme/',
    '/plugins/',
    '/plugins/zheliban/',
  ]) {
    assert.ok(pages.includes(page), `${page} is missing`)
  }
})

/** Texts outside of code in which Chinese is followed by a mark of half the width. */
const halfWidth = (page: Page) =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    while (walker.nextNode()) {
      const text = walker.currentNode.nodeValue!
      if (!/\p{Script=Han}[,;:?!](?! )/u.test(text)) continue
      if (!walker.currentNode.parentElement?.closest('code, pre, script')) found.push(text.trim())
    }
    return found
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
    assert.deepEqual(await halfWidth(page), [], 'Chinese has full-width punctuation')
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

  // the portal has all widgets, and is there already
  if (path !== '/demo/') continue
  test('/demo/: every text of a widget can be read in every theme', async () => {
    // alone, it has not been walked before
    if (page.url() !== server.url + path) {
      await page.goto(server.url + path)
      await settled(page)
    }
    const told: string[] = []
    for (const file of ['blue', 'red', 'high-contrast']) {
      await page.evaluate(async (href) => {
        const link = document.createElement('link')
        const loaded = new Promise((resolve, reject) => {
          link.addEventListener('load', resolve)
          link.addEventListener('error', reject)
        })
        Object.assign(link, { rel: 'stylesheet', href })
        document.head.append(link)
        await loaded
      }, `/cdn/${elementsVersion()}/themes/${file}.css`)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const found = await axeViolations(page, { rules: ['color-contrast'], within: widgets })
        told.push(...found.map((violation) => `${file}, ${colorScheme}: ${violation}`))
      }
    }
    assert.deepEqual(told, [])
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

test('the theme page: what is chosen shows at once, stays in the address, and is what the copied CSS does', async () => {
  const fresh = await browser.newPage({ colorScheme: 'light', reducedMotion: 'reduce' })
  const complained = complaints(fresh)
  // as where the page has no https: no clipboard
  await fresh.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  await fresh.goto(`${server.url}/theme/?from=blue&radius=900`)
  await settled(fresh)
  const said = (id: string) => fresh.locator(`#${id}`).innerText()
  assert.match(await said('said'), /radius/)
  const looksOf = (theme: string) =>
    fresh.evaluate((value) => {
      const composer = document.querySelector('mq-diary-composer')!
      composer.setAttribute('theme', value)
      const of = (selector: string) => getComputedStyle(composer.shadowRoot!.querySelector(selector)!)
      return [of('.publish').backgroundColor, of('.card').backgroundColor, of('.card').borderRadius]
    }, theme)
  assert.deepEqual(await looksOf('light'), ['rgb(20, 89, 166)', 'rgb(255, 255, 255)', '8px'])
  await fresh.locator('#accent').fill('#7a8')
  assert.match(await said('said'), /六位/)
  await fresh.locator('#accent').fill('77aa88')
  assert.match(await said('contrast-said'), /^浅色有 4 处对比度不够/)
  assert.match(await fresh.locator('[data-front=on-accent] .warn').innerText(), /低于 4.5 : 1/)
  await fresh.locator('[value=dark]').check()
  await fresh.locator('#surface').fill('#102030')
  await fresh.locator('#radius').fill('2')
  await fresh.locator('#font').fill('SimSun} * {color: red')
  assert.match(await said('said'), /字体/)
  await fresh.locator('#font').fill('SimSun, serif')
  const light = ['rgb(119, 170, 136)', 'rgb(255, 255, 255)', '2px']
  const dark = ['rgb(142, 188, 242)', 'rgb(16, 32, 48)', '2px']
  assert.deepEqual([await looksOf('light'), await looksOf('dark')], [light, dark])
  const { search } = new URL(fresh.url())
  assert.equal(search, '?from=blue&look=dark&surface=-102030&accent=77aa88-&radius=2&font=SimSun%2C+serif')

  await fresh.locator('#copy').click()
  const css = await fresh.evaluate(() => getSelection()!.toString())
  assert.match(await said('copied'), /Ctrl\+C/)
  await fresh.getByRole('button', { name: '恢复' }).click()
  assert.equal(new URL(fresh.url()).search, '?from=blue&look=dark')
  assert.deepEqual(await looksOf('dark'), ['rgb(142, 188, 242)', 'rgb(24, 33, 43)', '8px'])
  await fresh.getByRole('button', { name: '撤销' }).click()
  assert.equal(new URL(fresh.url()).search, search)
  assert.deepEqual(await looksOf('dark'), dark)

  // pasted into the style sheet of a page that knows nothing of this one
  await fresh.goto(`${server.url}/components/mq-diary-composer/`)
  await settled(fresh)
  await fresh.evaluate((text) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    document.adoptedStyleSheets = [sheet]
  }, css)
  assert.deepEqual([await looksOf('light'), await looksOf('dark')], [light, dark])
  // and what was in the address is there again
  await fresh.goto(`${server.url}/theme/${search}`)
  await settled(fresh)
  assert.deepEqual([await looksOf('light'), await looksOf('dark')], [light, dark])
  assert.deepEqual(complained, [])
  await fresh.close()
})

lookTests(() => ({ page, url: server.url }))

/** Every pair of the theme page, in every theme; high contrast is by WCAG's AAA. */
test('the colors of the themes differ as they have to', () => {
  const luminance = (color: string) => {
    const parts = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    const [red, green, blue] = parts.map((part) =>
      part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
  }
  const [plain] = themePage.themes
  const poor: string[] = []
  for (const theme of themePage.themes) {
    for (const scheme of ['light', 'dark'] as const) {
      const colors = { ...plain![scheme], ...theme[scheme] }
      for (const { front, back, least } of themePage.pairs) {
        const [dim, bright] = [front, back].map((name) => luminance(colors[name]!)).sort((a, b) => a - b)
        const ratio = (bright! + 0.05) / (dim! + 0.05)
        const wanted = theme.id === 'high-contrast' ? 7 : least
        if (ratio < wanted) poor.push(`${theme.id} ${scheme}: ${front} on ${back} is ${ratio.toFixed(2)}`)
      }
    }
  }
  assert.deepEqual(poor, [])
})
