import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { makeProfile, startBrowser, type RunningBrowser } from '../../../../test/faults/support/browser.ts'
import { startPortal } from '../../../../test/faults/support/portal.ts'
import { startTestServer, type TestServer } from '../../../../test/faults/support/server.ts'
import { createClient, isMinqingError, type Client } from '../index.ts'

declare global {
  interface Window {
    mq: Client
    sent: string[]
    token: string
  }
}

const area = '330683100201'
const foreignArea = '330683101201'
let portal: Awaited<ReturnType<typeof startPortal>>
let server: TestServer
let profile: Awaited<ReturnType<typeof makeProfile>>
let browser: RunningBrowser
let insecure: string

before(async () => {
  portal = await startPortal()
  insecure = `http://portal.test:${portal.port}`
  server = await startTestServer({ origins: [portal.origin, insecure, `http://localhost:${portal.port}`] })
  profile = await makeProfile()
  browser = await startBrowser(profile.path, ['--host-resolver-rules=MAP portal.test 127.0.0.1'])
})
after(async () => {
  await browser?.close()
  await profile?.remove()
  await server?.close()
  await portal?.close()
})

afterEach(() => browser.context.setOffline(false))

interface OpenOptions {
  name: string
  sub?: string
  token?: string
  baseUrl?: string
  origin?: string
}

/** A page of the host with a client in `window.mq`. Outboxes of one name are one, whoever opens them. */
async function open(options: OpenOptions): Promise<Page> {
  const page = await browser.open(options.origin ?? portal.origin)
  await start(page, options)
  // what a page loads ahead has come: from now on it can do without a network
  await page.waitForLoadState('networkidle')
  return page
}

async function start(
  page: Page,
  { name, sub = 'officer-1', token, baseUrl = server.url }: OpenOptions,
): Promise<void> {
  const given = token ?? (await server.token({ sub }))
  await page.evaluate(
    ([url, jwt, outbox]) => {
      window.token = jwt
      window.sent = []
      window.mq = window.mqKit.createClient({
        baseUrl: url,
        getToken: () => window.token,
        outbox: { name: outbox },
      })
      window.mq.outbox.onSent(({ diary }) => window.sent.push(diary.text))
    },
    [baseUrl, given, name] as const,
  )
}

const enqueue = (page: Page, text: string, where = area) =>
  page.evaluate(([said, code]) => window.mq.outbox.enqueue({ area: code, kind: 'visit', text: said }), [
    text,
    where,
  ] as const)

const stateOf = (page: Page) =>
  page.evaluate(() => {
    const { pending, parked, discarded, lastError } = window.mq.outbox.state
    const short = (entries: typeof pending) =>
      entries.map(({ input, problem }) => [input.text, problem?.code])
    return {
      pending: short(pending),
      parked: short(parked),
      discarded: short(discarded),
      error: lastError?.code,
    }
  })

const textsOf = async (like: string) =>
  (
    await server.query<{ text: string }>(
      'select text from diary where text like $1 order by created_at, text',
      [like],
    )
  ).map(({ text }) => text)

/** Waits until every waiting entry of the page has arrived. */
const drained = (page: Page) =>
  page.waitForFunction(
    () => window.mq.outbox.state.pending.length === 0 && window.sent.length > 0,
    undefined,
    {
      polling: 50,
    },
  )

test('what is written without network survives the page and arrives once, in order', async () => {
  const page = await open({ name: 'offline' })
  await browser.context.setOffline(true)
  for (const text of ['离线一', '离线二', '离线三']) await enqueue(page, text)
  await page.evaluate(() => window.mq.outbox.flush())
  const waiting = await stateOf(page)
  assert.deepEqual(waiting.pending, [
    ['离线一', 'offline'],
    ['离线二', undefined],
    ['离线三', undefined],
  ])
  assert.equal(waiting.error, 'offline')
  assert.deepEqual(await textsOf('离线%'), [])

  await page.evaluate(() => window.mq.close())
  await browser.context.setOffline(false)
  await page.reload()
  await start(page, { name: 'offline' })
  await drained(page)
  assert.deepEqual(await textsOf('离线%'), ['离线一', '离线二', '离线三'])
  assert.deepEqual(await page.evaluate(() => window.sent), ['离线一', '离线二', '离线三'])
  assert.deepEqual(await stateOf(page), { pending: [], parked: [], discarded: [], error: undefined })
  await page.close()
})

test('a page that is shown again tries at once what did not reach the server, though no event told of a network', async () => {
  const page = await open({ name: 'unused' })
  await page.evaluate(
    async ([baseUrl, token, code]) => {
      let reached = false
      window.sent = []
      window.mq = window.mqKit.createClient({
        baseUrl,
        getToken: () => token,
        fetch: (input, init) =>
          reached ? fetch(input, init) : Promise.reject(new TypeError('Failed to fetch')),
        outbox: { name: 'shown', random: () => 1 },
      })
      window.mq.outbox.onSent(({ diary }) => window.sent.push(diary.text))
      await window.mq.outbox.enqueue({ area: code, kind: 'visit', text: '又见页面' })
      for (let tries = 0; tries < 8; tries++) await window.mq.outbox.flush()
      const { nextAt } = window.mq.outbox.state.pending[0]!
      if (nextAt - Date.now() < 60_000) throw new Error('It would be tried soon anyway')
      reached = true
      document.dispatchEvent(new Event('visibilitychange'))
    },
    [server.url, await server.token({ sub: 'officer-1' }), area] as const,
  )
  await drained(page)
  assert.deepEqual(await textsOf('又见页面'), ['又见页面'])
  await page.close()
})

test('photos wait with their diary, go first, and tell their progress', async () => {
  const page = await open({ name: 'photos' })
  const blank = { create: { width: 640, height: 480, channels: 3, background: '#2a7' } } as const
  const jpeg = (await sharp(blank).jpeg().toBuffer()).toString('base64')
  const progress = await page.evaluate(
    async ([base64, code]) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      const photos = [1, 2].map(() => new Blob([bytes], { type: 'image/jpeg' }))
      const seen = new Set<number>()
      window.mq.outbox.subscribe(({ pending }) => pending.forEach((one) => seen.add(one.progress ?? -1)))
      await window.mq.outbox.enqueue({ area: code, kind: 'visit', text: '带照片' }, photos)
      await window.mq.outbox.flush()
      return [...seen]
    },
    [jpeg, area] as const,
  )
  await drained(page)
  const [row] = await server.query<{ photos: { width: number }[] }>(
    "select photos from diary where text = '带照片'",
  )
  assert.deepEqual(
    row!.photos.map(({ width }) => width),
    [640, 640],
  )
  assert.ok(progress.includes(0.5) && progress.includes(1), String(progress))
  await page.close()
})

test('a refused entry is parked with its reason and holds up nobody; it can be mended, discarded and restored', async () => {
  const page = await open({ name: 'parked' })
  await browser.context.setOffline(true)
  const bad = await enqueue(page, '停放一', foreignArea)
  const other = await enqueue(page, '停放二', foreignArea)
  await enqueue(page, '停放三')
  await browser.context.setOffline(false)
  await drained(page)
  assert.deepEqual(await textsOf('停放%'), ['停放三'])
  const parked = [
    ['停放一', 'area_not_found'],
    ['停放二', 'area_not_found'],
  ]
  assert.deepEqual((await stateOf(page)).parked, parked)

  await page.evaluate((id) => window.mq.outbox.discard(id), other.id)
  assert.deepEqual((await stateOf(page)).discarded, [['停放二', 'area_not_found']])
  await page.evaluate((id) => window.mq.outbox.restore(id), other.id)
  assert.deepEqual((await stateOf(page)).parked, parked)
  await page.evaluate(
    async ([id, code]) => {
      await window.mq.outbox.edit(id, { area: code, kind: 'idea', text: '停放一(改)' })
      await window.mq.outbox.flush()
    },
    [bad.id, area] as const,
  )
  assert.deepEqual(await textsOf('停放%'), ['停放三', '停放一(改)'])
  await page.close()
})

test('an id that something else has is parked; mending gives it a new one', async () => {
  const page = await open({ name: 'taken' })
  const id = await page.evaluate(async (code) => {
    const diary = await window.mq.diaries.create({
      id: window.mqKit.newId(),
      area: code,
      kind: 'visit',
      text: '占用',
    })
    await window.mq.outbox.enqueue({ id: diary.id, area: code, kind: 'visit', text: '占用之后' })
    await window.mq.outbox.flush()
    return diary.id
  }, area)
  assert.deepEqual((await stateOf(page)).parked, [['占用之后', 'id_taken']])
  const mended = await page.evaluate(
    async ([taken, code]) => {
      const entry = await window.mq.outbox.edit(taken, { area: code, kind: 'visit', text: '占用之后' })
      await window.mq.outbox.flush()
      return entry.id
    },
    [id, area] as const,
  )
  assert.notEqual(mended, id)
  assert.deepEqual(await textsOf('占用%'), ['占用', '占用之后'])
  await page.close()
})

test("another person on the same device neither sees nor sends somebody's entries", async () => {
  const first = await open({ name: 'shared', sub: 'officer-a' })
  await browser.context.setOffline(true)
  await enqueue(first, '甲写的')
  await first.evaluate(() => window.mq.close())
  await first.close()
  await browser.context.setOffline(false)
  const second = await open({ name: 'shared', sub: 'officer-b' })
  await enqueue(second, '乙写的')
  await drained(second)
  await second.evaluate(() => window.mq.outbox.flush())
  assert.deepEqual(await textsOf('_写的'), ['乙写的'])
  await second.evaluate(() => window.mq.close())
  await start(second, { name: 'shared', sub: 'officer-a' })
  await drained(second)
  const rows = await server.query<{ author_id: string }>("select author_id from diary where text = '甲写的'")
  assert.deepEqual(rows, [{ author_id: 'officer-a' }])
  await second.close()
})

test('without a good token the queue pauses; nothing is parked, and it goes on after signing in', async () => {
  const good = await server.token()
  const page = await open({ name: 'paused', token: `${good.slice(0, -4)}AAAA` })
  await enqueue(page, '凭证')
  await page.evaluate(() => window.mq.outbox.flush())
  assert.deepEqual(await stateOf(page), {
    pending: [['凭证', undefined]],
    parked: [],
    discarded: [],
    error: 'token_invalid',
  })
  await page.evaluate((token) => {
    window.token = token
    return window.mq.outbox.flush()
  }, good)
  assert.deepEqual(await textsOf('凭证'), ['凭证'])
  await page.close()
})

test('two tabs write and send at the same time: every diary arrives once, both tabs know', async () => {
  const [one, two] = [await open({ name: 'tabs' }), await open({ name: 'tabs' })]
  const write = (page: Page, tab: string) =>
    page.evaluate(
      async ([name, code]) => {
        for (let index = 0; index < 10; index++) {
          await window.mq.outbox.enqueue({ area: code, kind: 'visit', text: `标签页${name}${index}` })
        }
      },
      [tab, area] as const,
    )
  await Promise.all([write(one, '甲'), write(two, '乙')])
  for (const page of [one, two]) {
    await page.waitForFunction(() => window.mq.outbox.state.pending.length === 0, undefined, { polling: 50 })
  }
  const texts = await textsOf('标签页%')
  assert.equal(texts.length, 20)
  for (const tab of ['甲', '乙']) {
    const own = texts.filter((text) => text.includes(tab))
    assert.deepEqual(own, own.toSorted(), 'in the order of writing')
  }
  await one.close()
  await two.close()
})

test('on a plain http page without Web Locks a lease takes their place', async () => {
  const page = await open({ name: 'lease', origin: insecure })
  assert.equal(await page.evaluate(() => 'locks' in navigator), false)
  await enqueue(page, '明文页面')
  await drained(page)
  assert.deepEqual(await textsOf('明文页面'), ['明文页面'])
  await page.close()
})

test('a full disk is said; nothing is dropped', async () => {
  // An origin of its own, bounded before anything of it is open: Chromium remembers for half a minute how much room
  // there was.
  const origin = `http://localhost:${portal.port}`
  const aside = await browser.context.newPage()
  const devtools = await browser.context.newCDPSession(aside)
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 2_000_000 })
  const page = await open({ name: 'quota', origin })
  await browser.context.setOffline(true)
  await enqueue(page, '写满之前')
  const code = await page.evaluate(async (where) => {
    const photo = new Blob([Uint8Array.from({ length: 8_000_000 }, () => Math.random() * 256)])
    try {
      await window.mq.outbox.enqueue({ area: where, kind: 'visit', text: '写满' }, [photo])
      return 'stored'
    } catch (error) {
      return window.mqKit.isMinqingError(error) ? error.code : String(error)
    }
  }, area)
  assert.equal(code, 'quota_full')
  await enqueue(page, '写满之后')
  await browser.context.setOffline(false)
  await drained(page)
  assert.deepEqual(await textsOf('写满%'), ['写满之前', '写满之后'])
  await page.close()
  await aside.close()
})

test('an entry of a newer version of the page is shown and never touched', async () => {
  const page = await open({ name: 'newer' })
  await enqueue(page, '旧版')
  await drained(page)
  await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('newer')
      opening.onsuccess = () => resolve(opening.result)
    })
    const tx = database.transaction('entries', 'readwrite')
    tx.objectStore('entries').add({
      schema: 3,
      id: 'new',
      author: 'officer-1',
      input: { text: '新版' },
      photos: [],
    })
    await new Promise((resolve) => (tx.oncomplete = resolve))
    database.close()
    await window.mq.outbox.flush()
  })
  assert.deepEqual((await stateOf(page)).parked, [['新版', 'entry_unknown']])
  const code = await page.evaluate(() =>
    window.mq.outbox.retry('new').catch((error: { code: string }) => error.code),
  )
  assert.equal(code, 'entry_unknown')
  await page.close()
})

test('where there is no storage, writing says so', async () => {
  const mq = createClient({ baseUrl: server.url, getToken: () => server.token() })
  await assert.rejects(mq.outbox.enqueue({ area, kind: 'visit', text: '无' }), (error) =>
    isMinqingError(error, 'storage_unavailable'),
  )
  await mq.close()
})
