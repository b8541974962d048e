import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClient } from '../client.ts'
import { isMinqingError } from '../errors.ts'
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
