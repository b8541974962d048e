import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { makeProfile, startBrowser, type RunningBrowser } from '../../../../test/faults/support/browser.ts'
import { startPortal } from '../../../../test/faults/support/portal.ts'
import { startTestServer, type TestServer } from '../../../../test/faults/support/server.ts'
import { createClient, type AtRest, type Client } from '../index.ts'

const area = '330683100201'
const county = '330683'
let portal: Awaited<ReturnType<typeof startPortal>>
let server: TestServer
let profile: Awaited<ReturnType<typeof makeProfile>>
let browser: RunningBrowser
/** Who hands the issues over, and who works on them. */
let center: Client
let officer: Client

const handler = {
  sub: 'xu',
  name: '徐伟',
  grants: [{ role: 'handler' as const, area: county, unit: 'zhujian' }],
}

before(async () => {
  portal = await startPortal()
  server = await startTestServer({ origins: [portal.origin] })
  await server.query(
    `insert into unit (county, id, name, kind, area_code, active) values ('${county}', 'zhujian', '住建局', 'department', '${county}', true)`,
  )
  await server.query(
    `insert into category (county, code, name, full_name, kind, days, words, active) values ('${county}', '01', '路灯', '路灯', 'complaint', 5, '{路灯}', true)`,
  )
  const as = (sub: string, role: 'dispatcher' | 'villageOfficer', where: string) =>
    createClient({
      baseUrl: server.url,
      getToken: () => server.token({ sub, name: sub, grants: [{ role, area: where }] }),
    })
  center = as('he', 'dispatcher', county)
  officer = as('chen', 'villageOfficer', area)
  profile = await makeProfile()
  browser = await startBrowser(profile.path)
})
after(async () => {
  await center?.close()
  await officer?.close()
  await browser?.close()
  await profile?.remove()
  await server?.close()
  await portal?.close()
})
afterEach(() => browser.context.setOffline(false))

/** An issue that the handler's unit has. */
async function dispatched(): Promise<string> {
  const { id, version } = await officer.issues.create({ id: randomUUID(), area, text: '路灯坏了' })
  const triaged = await center.issues.triage({ id, category: '01' }, { version })
  await center.issues.dispatch({ id, lead: { unit: 'zhujian' } }, { version: triaged.version })
  return id
}
const notesOf = async (id: string): Promise<unknown[]> => {
  const { items } = await center.issues.timeline({ id })
  return items.filter(({ action }) => action === 'addProgress').map(({ data }) => data['note'])
}

/**
 * A page of the host with the handler's client in `window.mq`, whose notes are listened to.
 *
 * @param key hex of 16 bytes, when the page seals what it keeps
 */
async function open(name: string, key = ''): Promise<Page> {
  const page = await browser.open(portal.origin)
  const token = await server.token(handler)
  await page.evaluate(
    async ([url, jwt, outbox, hex]) => {
      const raw = Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16))
      const aes = hex && (await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']))
      const how = (iv: BufferSource, boundTo: string) =>
        ({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(boundTo) }) as const
      const atRest: AtRest | undefined = aes
        ? {
            async seal(bytes, boundTo) {
              const iv = crypto.getRandomValues(new Uint8Array(12))
              const sealed = await crypto.subtle.encrypt(how(iv, boundTo), aes, new Uint8Array(bytes))
              return new Uint8Array(await new Blob([iv, sealed]).arrayBuffer())
            },
            async open(sealed, boundTo) {
              const [iv, rest] = [new Uint8Array(sealed.slice(0, 12)), new Uint8Array(sealed.slice(12))]
              return new Uint8Array(await crypto.subtle.decrypt(how(iv, boundTo), aes, rest))
            },
          }
        : undefined
      window.mq = window.mqKit.createClient({
        baseUrl: url,
        getToken: () => jwt,
        outbox: { name: outbox },
        ...(atRest && { atRest }),
      })
      window.mq.notes.subscribe(() => undefined)
    },
    [server.url, token, name, key] as const,
  )
  // what a page loads ahead has come: from now on it can do without a network
  await page.waitForLoadState('networkidle')
  return page
}
const write = (page: Page, issue: string, note: string) =>
  page.evaluate(([id, where, text]) => window.mq.notes.enqueue({ issue: id, area: where, note: text }), [
    issue,
    area,
    note,
  ] as const)
const waiting = (page: Page) =>
  page.evaluate(() =>
    window.mq.notes.waiting.map(({ input, state, problem }) => [input.note, state, problem?.code]),
  )
const empty = (page: Page) => page.waitForFunction(() => window.mq.notes.waiting.length === 0)

test('a note written without network arrives once when it is back, after others have changed the issue', async () => {
  const id = await dispatched()
  const page = await open('once')
  await browser.context.setOffline(true)
  await write(page, id, '山里没有信号')
  await write(page, id, '第二条')
  assert.deepEqual(
    (await waiting(page)).map(([note, state]) => [note, state]),
    [
      ['山里没有信号', 'pending'],
      ['第二条', 'pending'],
    ],
  )
  const { version } = await center.issues.get({ id })
  await center.issues.remind({ id }, { version })
  await browser.context.setOffline(false)
  await empty(page)
  assert.deepEqual(await notesOf(id), ['山里没有信号', '第二条'])
  await page.close()
})

test('a note survives its page, and another page sends it', async () => {
  const id = await dispatched()
  const first = await open('survives')
  await browser.context.setOffline(true)
  await write(first, id, '页面关了')
  await first.close()
  await browser.context.setOffline(false)
  const second = await open('survives')
  await second.evaluate(() => window.mq.notes.flush())
  await empty(second)
  assert.deepEqual(await notesOf(id), ['页面关了'])
  await second.close()
})

test('a note that is refused is parked with the reason and holds up nobody; its text is given back', async () => {
  const [lost, kept] = [await dispatched(), await dispatched()]
  const page = await open('parked')
  await browser.context.setOffline(true)
  await write(page, lost, '已被撤回')
  await write(page, randomUUID(), '没有这件事')
  await write(page, kept, '仍在办理')
  const { version } = await center.issues.get({ id: lost })
  await center.issues.recall({ id: lost, reason: '改派' }, { version })
  await browser.context.setOffline(false)
  await page.waitForFunction(() => window.mq.notes.waiting.length === 2)
  await page.waitForFunction(() => window.mq.notes.waiting.every(({ state }) => state === 'parked'))
  assert.deepEqual(await waiting(page), [
    ['已被撤回', 'parked', 'action_unavailable'],
    ['没有这件事', 'parked', 'forbidden'],
  ])
  assert.deepEqual(await notesOf(kept), ['仍在办理'])
  const back = await page.evaluate(async () => {
    const [one] = window.mq.notes.waiting
    return (await window.mq.notes.discard(one!.id))?.input.note
  })
  assert.equal(back, '已被撤回')
  assert.equal((await waiting(page)).length, 1)
  await page.close()
})

test('two tabs send each note once', async () => {
  const id = await dispatched()
  const [one, two] = [await open('tabs'), await open('tabs')]
  await browser.context.setOffline(true)
  for (const [page, at] of [
    [one, 1],
    [two, 2],
    [one, 3],
  ] as const)
    await write(page, id, `第${at}条`)
  await browser.context.setOffline(false)
  await Promise.all([one, two].map((page) => page.evaluate(() => window.mq.notes.flush())))
  await empty(one)
  await empty(two)
  assert.deepEqual(await notesOf(id), ['第1条', '第2条', '第3条'])
  await Promise.all([one.close(), two.close()])
})

test('a sealed note is in its database without its words, waits for a page with the key, and arrives', async () => {
  const id = await dispatched()
  const key = '000102030405060708090a0b0c0d0e0f'
  const page = await open('sealed', key)
  await browser.context.setOffline(true)
  await write(page, id, '老李家已经修好')
  const photo = await page.evaluate(
    async ([issue, where]) => {
      const file = new Blob(['bytes of a photo'], { type: 'image/jpeg' })
      const note = await window.mq.notes.enqueue({ issue, area: where, note: '带照片' }, [file])
      const [back] = await window.mq.notes.photos(note.id)
      await window.mq.notes.discard(note.id)
      return back!.blob.text()
    },
    [id, area] as const,
  )
  assert.equal(photo, 'bytes of a photo')
  const records = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        indexedDB.open('sealed:notes').onsuccess = ({ target }) => {
          const database = (target as IDBOpenDBRequest).result
          const all = database.transaction('entries').objectStore('entries').getAll()
          all.onsuccess = () => {
            database.close()
            resolve(JSON.stringify(all.result))
          }
        }
      }),
  )
  assert.ok(records.includes(id) && !records.includes('老李家') && !records.includes(area), records)
  await page.close()
  await browser.context.setOffline(false)
  const without = await open('sealed')
  await without.evaluate(() => window.mq.notes.flush())
  assert.deepEqual(await waiting(without), [['', 'parked', 'entry_locked']])
  assert.deepEqual(await notesOf(id), [])
  await without.close()
  const again = await open('sealed', key)
  await again.evaluate(() => window.mq.notes.flush())
  await empty(again)
  assert.deepEqual(await notesOf(id), ['老李家已经修好'])
  await again.close()
})
