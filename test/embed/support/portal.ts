import { createHmac, randomBytes } from 'node:crypto'
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core'
import { version } from '../../../packages/elements/src/version.ts'
import { chromiumArgs, findChromium } from '../../support/chromium.ts'
import { startDemoServer, type DemoServer } from '../../support/demo-server.ts'
import { watchResources } from './resources.ts'

export const tags = [
  'mq-diary-composer',
  'mq-diary-feed',
  'mq-issue-tracker',
  'mq-issue-report',
  'mq-issue-status',
  'mq-inbox',
] as const

/** A page of a portal, and what of it can only be seen from outside. */
export interface Portal {
  readonly page: Page
  /** Everything in the console and every error, in the order in which it came. */
  readonly heard: string[]
  /** Bytes of JavaScript objects, listeners and DOM nodes after a collection of garbage. */
  measure(): Promise<{ heap: number; listeners: number; nodes: number; documents: number }>
  /** What listens on the window and on whatever is in the page, shadow roots too: their types. */
  listening(): Promise<string[]>
  /** Requests that were not answered to their end: live connections are such. */
  readonly underWay: Set<string>
}

export interface Stage {
  readonly cdn: string
  open(body: string): Promise<Portal>
  close(): Promise<void>
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** An officer who may do something in every widget. */
function token(secret: string): string {
  const iat = Math.floor(Date.now() / 1000)
  const grants = [
    { role: 'villageOfficer', area: '330683100201' },
    { role: 'dispatcher', area: '330683' },
    { role: 'resident', area: '330683100201' },
  ]
  const claims = {
    sub: 'chen',
    name: '陈立军',
    title: '驻村干部',
    grants,
    aud: 'minqing',
    iat,
    exp: iat + 900,
  }
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; base-uri 'none'; require-trusted-types-for 'script'; trusted-types lit-html portal"

async function answer(page: Page, { url }: DemoServer, secret: string, body: string): Promise<void> {
  const html = `<!doctype html><html lang="zh-CN" class="portal"><head><meta charset="utf-8"><title>门户</title>
    <link rel="icon" href="data:,"></head><body>${body}<p id="own">门户的文字</p></body></html>`
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }
  await page.route(`${url}/portal`, (route) => route.fulfill({ body: html, headers }))
  await page.route(`${url}/portal-token`, (route) => route.fulfill({ body: token(secret) }))
  // Another version, as a page has that two departments write.
  await page.route(`${url}/cdn/0.0.9/**`, async (route) => {
    const real = await route.fetch({ url: route.request().url().replace('/0.0.9/', `/${version}/`) })
    const text = await real.text()
    await route.fulfill({ response: real, body: text.replaceAll(`"${version}"`, '"0.0.9"') })
  })
}

async function measure(cdp: CDPSession) {
  // The second takes what the first has made free: weak references, finished promises.
  for (let n = 0; n < 2; n++) await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize: heap } = await cdp.send('Runtime.getHeapUsage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  const metric = (name: string) => metrics.find((one) => one.name === name)!.value
  return {
    heap,
    listeners: metric('JSEventListeners'),
    nodes: metric('Nodes'),
    documents: metric('Documents'),
  }
}

async function listening(cdp: CDPSession): Promise<string[]> {
  const types: string[] = []
  for (const expression of ['window', 'document']) {
    const { result } = await cdp.send('Runtime.evaluate', { expression, objectGroup: 'listening' })
    const objectId = result.objectId!
    const { listeners } = await cdp.send('DOMDebugger.getEventListeners', {
      objectId,
      depth: -1,
      pierce: true,
    })
    types.push(...listeners.map(({ type }) => `${expression} ${type}`))
  }
  // a handle on the document would keep what is in it
  await cdp.send('Runtime.releaseObjectGroup', { objectGroup: 'listening' })
  return types.sort()
}

/** Machine code that the engine makes of what runs often is no leak, and would be taken for one. */
const steadyCode =
  '--js-flags=--no-opt --no-sparkplug --no-maglev --no-lazy-feedback-allocation --no-flush-bytecode'

/** The reference server with a demo, and a browser that opens pages with a strict policy on its origin. */
export async function startStage(): Promise<Stage> {
  const secret = randomBytes(32).toString('hex')
  const server = await startDemoServer({ token: { audience: 'minqing', secret } })
  let browser: Browser
  try {
    browser = await chromium.launch({
      executablePath: await findChromium(),
      args: [...chromiumArgs, steadyCode],
    })
  } catch (error) {
    await server.close()
    throw error
  }
  return {
    cdn: `${server.url}/cdn/${version}/`,
    async open(body) {
      const context = await browser.newContext()
      const page = await context.newPage()
      const heard: string[] = []
      const underWay = new Set<string>()
      page.on('console', (message) => heard.push(message.text()))
      page.on('pageerror', (error) => heard.push(String(error)))
      page.on('request', (request) => underWay.add(request.url()))
      page.on('requestfinished', (request) => underWay.delete(request.url()))
      page.on('requestfailed', (request) => underWay.delete(request.url()))
      await answer(page, server, secret, body)
      await page.addInitScript(watchResources)
      const cdp = await context.newCDPSession(page)
      await cdp.send('Performance.enable')
      await page.goto(`${server.url}/portal`)
      return { page, heard, underWay, measure: () => measure(cdp), listening: () => listening(cdp) }
    },
    async close() {
      await browser.close()
      await server.close()
    },
  }
}
