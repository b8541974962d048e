import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClient } from '../client.ts'
import { isMinqingError } from '../errors.ts'
import { createClock } from '../internal/clock.ts'
import { openedInTime } from './store.ts'
import type { OutboxStore, StoredPair } from './store-contract.ts'
import { memoryStore } from './testing/memory-store.ts'

const area = '330683100201'
const token = `x.${btoa('{"sub":"author"}')}.y`

interface Sent {
  text: string
  answer(status: number, code?: string): void
}

/** A network in which each diary waits for its answer. */
function slowNetwork() {
  const sent: Sent[] = []
  const fetcher = async (input: RequestInfo | URL) => {
    const diary = JSON.parse(await (input as Request).text()) as { text: string }
    return new Promise<Response>((resolve) => {
      const answer = (status: number, code?: string) => {
        const body = code ? { code, status, titles: { 'zh-CN': code, en: code } } : diary
        resolve(
          new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }),
        )
      }
      sent.push({ text: diary.text, answer })
    })
  }
  const next = async (count: number): Promise<Sent> => {
    for (let tries = 0; sent.length < count && tries < 500; tries++)
      await new Promise((r) => setTimeout(r, 10))
    return sent[count - 1]!
  }
  return { fetcher, next }
}

const tab = (store: OutboxStore, fetcher: typeof fetch) =>
  createClient({
    baseUrl: 'http://127.0.0.1:1',
    getToken: () => token,
    fetch: fetcher,
    outbox: { store, name: crypto.randomUUID(), autoFlush: false },
  })

for (const [what, status, code] of [
  ['accepted', 201, undefined],
  ['refused', 400, 'invalid_input'],
] as const) {
  test(`what is mended in another tab while its first version is ${what} is not lost with it`, async () => {
    const store = memoryStore()
    const { fetcher, next } = slowNetwork()
    const [one, two] = [tab(store, fetcher), tab(store, fetcher)]
    const { id } = await one.outbox.enqueue({ area, kind: 'visit', text: '第一版' })
    const flushed = one.outbox.flush()
    const first = await next(1)
    await two.outbox.edit(id, { area, kind: 'visit', text: '第二版' })
    first.answer(status, code)
    // the flush goes on with the new content, which waits its turn like any other
    const second = await Promise.race([next(2), flushed.then(() => one.outbox.flush()).then(() => next(2))])
    assert.equal(second.text, '第二版')
    second.answer(201)
    await flushed
    await one.outbox.flush()
    assert.deepEqual(await store.list('author'), [])
    await Promise.all([one.close(), two.close()])
  })
}

test('what this tab is sending cannot be mended', async () => {
  const { fetcher, next } = slowNetwork()
  const mq = tab(memoryStore(), fetcher)
  const { id } = await mq.outbox.enqueue({ area, kind: 'visit', text: '在路上' })
  const flushed = mq.outbox.flush()
  const first = await next(1)
  const edit = mq.outbox.edit(id, { area, kind: 'visit', text: '晚了' })
  await assert.rejects(edit, (error) => isMinqingError(error, 'entry_busy'))
  first.answer(201)
  await flushed
  assert.deepEqual(mq.outbox.state.pending, [])
  await mq.close()
})

test('an outbox closes though the host has not yet given a token', async () => {
  const store = memoryStore()
  const mq = createClient({
    baseUrl: 'http://127.0.0.1:1',
    getToken: () => new Promise(() => undefined),
    outbox: { store, author: 'author', name: crypto.randomUUID() },
  })
  await mq.outbox.enqueue({ area, kind: 'visit', text: '等凭证' })
  await new Promise((resolve) => setTimeout(resolve, 50))
  await mq.close()
  assert.equal((await store.list('author')).length, 1)
})

test('an outbox closes though nobody knows yet who writes, and asks the host nothing more', async () => {
  let asked = 0
  const mq = createClient({
    baseUrl: 'http://127.0.0.1:1',
    getToken: () => {
      asked++
      return new Promise(() => undefined)
    },
    outbox: { store: memoryStore(), name: crypto.randomUUID() },
  })
  const flushed = mq.outbox.flush()
  await new Promise((resolve) => setTimeout(resolve, 50))
  await Promise.all([mq.close(), flushed])
  assert.equal(asked, 1)
})

const json = { 'content-type': 'application/json' }

/** The author's page of last time: tried often, in vain, by a clock that stands still. */
async function leftBehind(fetcher: typeof fetch, now: () => number): Promise<OutboxStore> {
  const store = memoryStore()
  const outbox = { store, now, random: () => 1, name: crypto.randomUUID(), autoFlush: false }
  const mq = createClient({ baseUrl: 'http://127.0.0.1:1', getToken: () => token, fetch: fetcher, outbox })
  await mq.outbox.enqueue({ area, kind: 'visit', text: '早先写的' })
  for (let tries = 0; tries < 8; tries++) await mq.outbox.flush()
  await mq.close()
  return store
}

/** A page that starts with what was left, and its first flush by itself. */
async function startsWith(store: OutboxStore, now: () => number): Promise<StoredPair[]> {
  const mq = createClient({
    baseUrl: 'http://127.0.0.1:1',
    getToken: () => token,
    fetch: async (request) => new Response(await (request as Request).text(), { status: 201, headers: json }),
    outbox: { store, now, name: crypto.randomUUID() },
  })
  let began = false
  await new Promise<void>((resolve) => {
    const stop = mq.outbox.subscribe(({ flushing }) => {
      if (began && !flushing) setTimeout(() => (stop(), resolve()))
      began ||= flushing
    })
  })
  const left = await store.list('author')
  await mq.close()
  return left
}

test('a page that starts tries at once what the network held up, however long the page before would have waited', async () => {
  const now = () => 1_000_000
  const store = await leftBehind(() => Promise.reject(new TypeError('Failed to fetch')), now)
  const [pair] = await store.list('author')
  assert.equal(pair!.progress!.nextAt - now(), 128_000)
  assert.deepEqual(await startsWith(store, now), [])
})

test('a page that starts keeps the wait that the server has asked for', async () => {
  const now = () => 1_000_000
  const headers = { 'retry-after': '90' }
  const store = await leftBehind(() => Promise.resolve(new Response('', { status: 503, headers })), now)
  const [pair] = await startsWith(store, now)
  assert.equal(pair?.progress?.attempts, 8)
  assert.equal(pair.progress.nextAt - now(), 90_000)
})

test('where the browser refuses locks and channels, and even to name its database, diaries go out', async (t) => {
  const refuse = () => {
    throw new DOMException('refused', 'SecurityError')
  }
  const before = (['navigator', 'BroadcastChannel', 'indexedDB'] as const).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  )
  t.after(() => {
    for (const [name, property] of before) {
      if (property) Object.defineProperty(globalThis, name, property)
      else Reflect.deleteProperty(globalThis, name)
    }
  })
  const set = (name: string, property: PropertyDescriptor) =>
    Object.defineProperty(globalThis, name, { configurable: true, ...property })
  set('navigator', { value: { onLine: true, locks: { request: refuse } } })
  set('BroadcastChannel', {
    value: class {
      constructor() {
        refuse()
      }
    },
  })
  set('indexedDB', { get: refuse })
  const { fetcher, next } = slowNetwork()
  const mq = tab(memoryStore(), fetcher)
  await mq.outbox.enqueue({ area, kind: 'visit', text: '都不给' })
  const flushed = mq.outbox.flush()
  ;(await next(1)).answer(201)
  await flushed
  assert.deepEqual(mq.outbox.state.pending, [])
  await assert.rejects(mq.notes.enqueue({ issue: 'i', area, note: '记' }), (error) =>
    isMinqingError(error, 'storage_unavailable'),
  )
  await mq.close()
})

test('a database that never opens is given up, and closed when it opens after all', async () => {
  let open: (database: { close(): void }) => void = () => undefined
  const opening = new Promise<{ close(): void }>((resolve) => (open = resolve))
  await assert.rejects(openedInTime(opening, 5), /in time/)
  const closed = new Promise<void>((resolve) => open({ close: resolve }))
  await closed
  const there = { close: () => assert.fail('it is in use') }
  assert.equal(await openedInTime(Promise.resolve(there), 1000), there)
})

for (const [what, ahead] of [
  ['ahead', 1],
  ['behind', -1],
] as const) {
  test(`on a device whose clock is a day ${what} a diary has the time of the server`, async () => {
    const dayMs = 24 * 3_600_000
    const real = Date.now()
    const skews: number[] = []
    const written: string[] = []
    const answering = async (input: RequestInfo | URL) => {
      const body = await (input as Request).text()
      if (body) written.push((JSON.parse(body) as { writtenAt: string }).writtenAt)
      const headers = {
        'content-type': 'application/json',
        date: new Date(real - ahead * dayMs).toUTCString(),
      }
      return new Response(body || '{"id":"author"}', { status: 200, headers })
    }
    const mq = createClient({
      baseUrl: 'http://127.0.0.1:1',
      getToken: () => token,
      fetch: answering,
      onClock: (skew) => skews.push(skew),
      outbox: { store: memoryStore(), name: crypto.randomUUID(), autoFlush: false },
    })
    await mq.me.get()
    await mq.outbox.enqueue({ area, kind: 'visit', text: '几点写的' })
    await mq.outbox.flush()
    assert.equal(skews.length, 1, 'told once')
    assert.ok(Math.abs(skews[0]! + ahead * dayMs) < 5000)
    assert.ok(Math.abs(Date.parse(written[0]!) - (real - ahead * dayMs)) < 5000, written[0])
    await mq.close()
  })
}

test('a clock that is set while a request is under way, or is off by seconds, is left alone', () => {
  let device = 1_700_000_000_000
  const skews: number[] = []
  const clock = createClock(
    () => device,
    (skew) => skews.push(skew),
  )
  const at = (ms: number) => new Date(ms).toUTCString()
  clock.learn(at(device + 20_000), device)
  clock.learn(null, device)
  clock.learn('yesterday', device)
  clock.learn(at(device + 86_400_000), device + 1)
  clock.learn(at(device + 86_400_000), device - 61_000)
  assert.deepEqual([skews, clock.now()], [[], device])
  clock.learn(at(device + 86_400_000), device)
  assert.equal(clock.now(), device + 86_400_000 + 500)
  // set right by its owner
  device += 86_400_000
  clock.learn(at(device), device)
  assert.deepEqual([skews[1], clock.now()], [0, device])
})
