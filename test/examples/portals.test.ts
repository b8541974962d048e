import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { createClient, newId } from '@minqing/client'
import pg from 'pg'
import { chromium, type Browser, type Frame, type Page } from 'playwright-core'
import { complaints } from '../site/support.ts'
import { chromiumArgs, findChromium } from '../support/chromium.ts'
import { startDemoServer, type DemoServer } from '../support/demo-server.ts'

const names = ['jquery-portal', 'vue3', 'react19', 'strict-csp', 'iframe', 'webview'] as const
type Name = (typeof names)[number]

const secret = randomBytes(32).toString('hex')
const issueText = '村口路灯不亮'
let server: DemoServer
let browser: Browser
let database: pg.Client
const portals = new Map<Name, { origin: string; frame: string; end(): void }>()

/** Ports that were free a moment ago, all different. */
async function freePorts(count: number): Promise<number[]> {
  const probes = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(probes.map((probe) => once(probe, 'listening')))
  const ports = probes.map((probe) => (probe.address() as { port: number }).port)
  await Promise.all(probes.map((probe) => once(probe.close(), 'close')))
  return ports
}

/** Starts an example as its README says, and waits for the address that it prints. */
async function start(name: Name, port: number, framePort: number): Promise<void> {
  const child = spawn(process.execPath, ['server.mjs'], {
    cwd: new URL(`../../examples/${name}/`, import.meta.url),
    env: {
      ...process.env,
      MQ_TOKEN_SECRET: secret,
      MQ_URL: server.url,
      PORT: String(port),
      FRAME_PORT: String(framePort),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit').then(() => assert.fail(`${name} ended`))
  const [origin] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended])) as [string]
  ended.catch(() => undefined)
  portals.set(name, { origin, frame: `http://127.0.0.1:${framePort}`, end: () => child.kill() })
}

/** An issue of the village, to be seen in the trackers. */
async function reportIssue(): Promise<void> {
  const { origin } = portals.get('vue3')!
  const getToken = async () => ((await (await fetch(`${origin}/mq-token`)).json()) as { token: string }).token
  const mq = createClient({ baseUrl: server.url, getToken })
  await mq.issues.create({ id: newId(), area: '330683100201', text: issueText })
  await mq.close()
}

before(async () => {
  const ports = await freePorts(names.length + 1)
  server = await startDemoServer({
    demo: false,
    diaries: 20,
    issues: 10,
    token: { audience: 'minqing', secret },
    allowedOrigins: ports.map((port) => `http://127.0.0.1:${port}`),
  })
  browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArgs })
  database = new pg.Client({ connectionString: server.databaseUrl })
  await database.connect()
  await Promise.all(names.map((name, at) => start(name, ports[at]!, ports[names.length]!)))
  await reportIssue()
})

after(async () => {
  for (const { end } of portals.values()) end()
  await browser?.close()
  await database?.end()
  await server?.close()
})

interface Visit {
  page: Page
  origin: string
  frame: string
  /** Errors and breaches of the policy so far. */
  complained: string[]
}

/** Opens an example's page; at the end nothing has been complained about. */
async function visit(name: Name, look: (visit: Visit) => Promise<void>, path = '/'): Promise<void> {
  const page = await browser.newPage()
  try {
    const complained = complaints(page)
    const { origin, frame } = portals.get(name)!
    await page.goto(origin + path)
    await look({ page, origin, frame, complained })
    assert.deepEqual(complained, [])
  } finally {
    await page.close()
  }
}

const unique = (text: string) => `${text} ${randomBytes(4).toString('hex')}`

async function write(page: Page | Frame, text: string): Promise<void> {
  // the widget knows who writes
  await page.locator('mq-diary-composer .where').waitFor()
  await page.locator('mq-diary-composer textarea').fill(text)
  await page.locator('mq-diary-composer [part~="publish"]').click()
}

const inFeed = (page: Page, text: string) =>
  page.locator('mq-diary-feed article', { hasText: text }).waitFor()

async function stored(text: string): Promise<Record<string, unknown>> {
  const { rows } = await database.query<Record<string, unknown>>(
    'select author_id, text, tags, visited, area_code from diary where text = $1',
    [text],
  )
  assert.equal(rows.length, 1, `${text} is there once`)
  return rows[0]!
}

const seesIssues = (page: Page) =>
  page.locator('mq-issue-tracker [part=list] li', { hasText: issueText }).waitFor()

test('jQuery 1.12 with patched built-ins: a diary arrives as it was written, a tracker that comes later works', () =>
  visit('jquery-portal', async ({ page }) => {
    const patched = await page.evaluate(() => [
      JSON.stringify({ names: ['甲'] }),
      Object.keys(Array.prototype).length > 5,
      (globalThis as unknown as { $: { fn: { jquery: string } } }).$.fn.jquery,
    ])
    assert.deepEqual(patched, ['{"names":"[\\"甲\\"]"}', true, '1.12.4'])
    const text = unique('#路灯 "已修好"\n\\ 反斜杠、👵 与 <b>标签</b> #引水渠')
    const composer = page.locator('mq-diary-composer')
    await composer.locator('.where').waitFor()
    await composer.getByRole('button', { name: '走访对象' }).click()
    await composer.locator('#visited').fill('周阿婆、吴 "二"、')
    await write(page, text)
    await page.locator('#sent', { hasText: '今日已记 1 篇' }).waitFor()
    await inFeed(page, '反斜杠')
    assert.deepEqual(await stored(text), {
      author_id: 'jquery-user-1',
      text,
      tags: ['路灯', '引水渠'],
      visited: ['周阿婆', '吴 "二"'],
      area_code: '330683100201',
    })
    await page.locator('#tabs a[href="#issues"]').click()
    await seesIssues(page)
  }))

for (const [name, title] of [
  ['vue3', 'Vue 3'],
  ['react19', 'React 19'],
] as const) {
  test(`${title}: events, properties, slots and methods of the widgets are the framework's own`, () =>
    visit(name, async ({ page }) => {
      await page.locator('h2[slot=heading]', { hasText: '写日记' }).waitFor()
      const text = unique(`${title} 门户里写的`)
      await write(page, text)
      await page.locator('#sent', { hasText: '已发送 1 篇' }).waitFor()
      await inFeed(page, text)
      const articles = page.locator('mq-diary-feed article')
      await page.getByLabel('只看我的').check()
      await page.waitForFunction(
        () => document.querySelector<HTMLElement & { mine: boolean }>('mq-diary-feed')!.mine,
      )
      await page.locator('mq-diary-feed [role=feed][aria-busy=false]').waitFor()
      await articles.nth(1).waitFor({ state: 'detached' })
      await page.getByRole('button', { name: '刷新', exact: true }).click()
      await inFeed(page, text)
      await page.getByRole('button', { name: '事项', exact: true }).click()
      await seesIssues(page)
      assert.equal(await page.locator('mq-diary-feed').count(), 0, 'the feed went with its tab')
    }))
}

test('strict policy with Trusted Types and a pinned loader: four widgets work, nothing is reported', () =>
  visit('strict-csp', async ({ page, origin, complained }) => {
    const text = unique('严格策略下写的')
    await write(page, text)
    await inFeed(page, text)
    await seesIssues(page)
    await page.locator('mq-inbox[count]').waitFor({ state: 'attached' })
    const reports = async () =>
      (await (await fetch(`${origin}/csp-reports`)).json()) as Record<string, string>[]
    assert.deepEqual(await reports(), [])
    assert.deepEqual(complained, [])
    // what breaks the policy would have been reported
    const reported = page.waitForResponse(`${origin}/csp-reports`)
    await page.evaluate(() => document.body.setAttribute('style', 'color: red'))
    await reported
    assert.match((await reports())[0]!['violated-directive']!, /^style-src/)
    complained.length = 0
  }))

test('a frame of another origin is as high as its content, and heeds nobody else', () =>
  visit('iframe', async ({ page, frame: frameOrigin }) => {
    const element = page.locator('iframe')
    const frame = page.frame({ url: `${frameOrigin}/` })!
    const height = () => element.evaluate((one) => one.clientHeight)
    const fits = async () => {
      const wanted = await frame.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height))
      return Math.abs(wanted - (await height())) < 1
    }
    const settle = async (holds: () => Promise<boolean>, what: string) => {
      for (let n = 0; n < 100; n++) {
        if (await holds()) return
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      assert.fail(what)
    }
    await frame.locator('mq-diary-composer .where').waitFor()
    await settle(fits, 'the frame is as high as its page')
    const before = await height()
    const text = unique('跨源框架里\n\n\n\n\n\n\n\n\n\n\n\n写的')
    await frame.locator('mq-diary-composer textarea').fill(text)
    await settle(async () => (await height()) > before && (await fits()), 'it grows with the text')
    const grown = await height()

    // to the host: right shape from the wrong window, wrong shapes from the right one
    await page.evaluate(() => postMessage({ mark: 'minqing-frame', type: 'height', height: 9000 }, '*'))
    await frame.evaluate(() => {
      const mark = 'minqing-frame'
      for (const height of ['9000', 9000.5, -1, 0, Infinity, 1e9, null]) {
        parent.postMessage({ mark, type: 'height', height }, '*')
      }
      parent.postMessage({ type: 'height', height: 9000 }, '*')
      parent.postMessage([{ mark, type: 'height', height: 9000 }], '*')
      parent.postMessage('9000', '*')
      parent.postMessage(null, '*')
    })
    // to the frame: it answers its host's question, and that of nobody else
    const answers = (from: 'host' | 'frame', message: unknown) =>
      page.evaluate(
        async ([origin, from, message]) => {
          let count = 0
          const hear = ({ data }: MessageEvent<{ type?: string } | null>) =>
            void (count += data?.type === 'height' ? 1 : 0)
          addEventListener('message', hear)
          const { contentWindow } = document.querySelector('iframe')!
          if (from === 'host') contentWindow!.postMessage(message, origin)
          await new Promise((resolve) => setTimeout(resolve, 150))
          removeEventListener('message', hear)
          return count
        },
        [frameOrigin, from, message] as const,
      )
    // what the frame says by itself, of the text that has just come, is no answer
    await settle(async () => (await answers('frame', '')) === 0, 'the frame has said all it had to say')
    assert.equal(await answers('host', { mark: 'minqing-frame', type: 'ask-height' }), 1)
    assert.equal(await answers('host', { mark: 'minqing-frame', type: 'ask' }), 0)
    assert.equal(await answers('host', 'ask-height'), 0)
    const waiting = answers('frame', '')
    await frame.evaluate(() => postMessage({ mark: 'minqing-frame', type: 'ask-height' }, '*'))
    assert.equal(await waiting, 0)
    assert.equal(await height(), grown)

    await frame.locator('mq-diary-composer [part~="publish"]').click()
    await settle(async () => (await height()) < grown && (await fits()), 'it shrinks when the text is gone')
    await frame.locator('mq-diary-composer [part~="status"]', { hasText: '已' }).waitFor()
    const sent = async () =>
      (await database.query('select 1 from diary where text = $1', [text])).rowCount === 1
    await settle(sent, 'the diary has arrived')
    assert.equal((await stored(text))['author_id'], 'frame-user-1')
  }))

test("a WebView: the app's code becomes a token, its location chooses the village", () =>
  visit(
    'webview',
    async ({ page }) => {
      await page.locator('#where', { hasText: '大竹溪村附近' }).waitFor()
      const text = unique('工作台里写的')
      await write(page, text)
      await inFeed(page, text)
      assert.equal((await stored(text))['author_id'], 'webview-user-1')
      const calls = await page.evaluate(() => (globalThis as unknown as { dd: { calls: string[] } }).dd.calls)
      assert.ok(calls.includes('getAuthCode 196729') && calls.includes('getLocation'), calls.join())
      assert.equal(await page.locator('mq-diary-feed').getAttribute('area'), '330683100201')
      assert.equal(await page.locator('mq-diary-composer').getAttribute('elder'), '')
    },
    '/?elder',
  ))

test('without a secret an example says what is missing', async () => {
  const { MQ_TOKEN_SECRET: _, ...env } = process.env
  const child = spawn(process.execPath, ['server.mjs'], {
    cwd: new URL('../../examples/webview/', import.meta.url),
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk) => (said += String(chunk)))
  const [code] = (await once(child, 'close')) as [number]
  assert.equal(code, 1)
  assert.match(said, /^Set MQ_TOKEN_SECRET/)
})
