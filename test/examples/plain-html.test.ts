import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { chromium } from 'playwright-core'
import { chromiumArgs, findChromium } from '../support/chromium.ts'
import { startDemoServer } from '../support/demo-server.ts'
import { complaints } from '../site/support.ts'

const program = fileURLToPath(new URL('../../examples/plain-html/server.mjs', import.meta.url))

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}

test('a department page on its own origin, with one script tag: write a diary and see it in the feed', async (t) => {
  const secret = randomBytes(32).toString('hex')
  const port = await freePort()
  const server = await startDemoServer({
    demo: false,
    diaries: 20,
    token: { audience: 'minqing', secret },
    allowedOrigins: [`http://127.0.0.1:${port}`],
  })
  t.after(() => server.close())

  const host = spawn(process.execPath, [program], {
    env: { ...process.env, MQ_TOKEN_SECRET: secret, MQ_URL: server.url, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => host.kill())
  const [address] = (await once(createInterface(host.stdout), 'line')) as [string]

  const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArgs })
  t.after(() => browser.close())
  const page = await browser.newPage()
  const complained = complaints(page)
  await page.goto(address)
  const text = `村口路灯已修好 ${randomBytes(4).toString('hex')}`
  await page.locator('mq-diary-composer textarea').fill(text)
  await page.locator('mq-diary-composer [part~="publish"]').click()
  await page.locator('mq-diary-feed article', { hasText: text }).waitFor()
  assert.deepEqual(complained, [])

  const database = new pg.Client({ connectionString: server.databaseUrl })
  await database.connect()
  const { rows } = await database.query('select author_id, area_code from diary where text = $1', [text])
  await database.end()
  assert.deepEqual(rows, [{ author_id: 'site-user-1', area_code: '330683100201' }])
})

test('without a secret the example says what is missing', async () => {
  const { MQ_TOKEN_SECRET: _, ...env } = process.env
  const host = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  host.stderr.on('data', (chunk) => (said += String(chunk)))
  const [code] = (await once(host, 'close')) as [number]
  assert.equal(code, 1)
  assert.match(said, /^Set MQ_TOKEN_SECRET/)
})
