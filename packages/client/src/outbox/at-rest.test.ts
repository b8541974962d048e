import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClient } from '../client.ts'
import { isMinqingError } from '../errors.ts'
import { newId } from '../internal/id.ts'
import type { OutboxStore, StoredEntry, StoredPair } from './store-contract.ts'
import { memoryStore } from './testing/memory-store.ts'
import type { AtRest } from '../internal/at-rest/types.ts'

const area = '330683100201'
const token = `x.${btoa('{"sub":"author"}')}.y`
const json = { 'content-type': 'application/json' }
const bytesOf = async (blob: Blob) => Buffer.from(await blob.arrayBuffer())

/** A seal by the platform's own AES-GCM: the client asks no more of one than this. */
async function seal() {
  const raw = crypto.getRandomValues(new Uint8Array(16))
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
  const how = (iv: Uint8Array<ArrayBuffer>, boundTo: string) =>
    ({ name: 'AES-GCM', iv, additionalData: Buffer.from(boundTo) }) as const
  const world = { isKeyThere: true }
  const atRest: AtRest = {
    async seal(bytes, boundTo) {
      if (!world.isKeyThere) throw new Error('no key')
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const sealed = await crypto.subtle.encrypt(how(iv, boundTo), key, bytes as Uint8Array<ArrayBuffer>)
      return Uint8Array.from([...iv, ...new Uint8Array(sealed)])
    },
    async open(sealed, boundTo) {
      if (!world.isKeyThere) throw new Error('no key')
      const [iv, rest] = [new Uint8Array(sealed.slice(0, 12)), new Uint8Array(sealed.slice(12))]
      return crypto.subtle.decrypt(how(iv, boundTo), key, rest).then(
        (bytes) => new Uint8Array(bytes),
        () => undefined,
      )
    },
  }
  return { atRest, world }
}

/** A network that a test can cut, and what came to its other end. */
function network() {
  const line = { isCut: true, code: undefined as string | undefined }
  const came: { path: string; body: Record<string, unknown> }[] = []
  const fetcher = async (input: RequestInfo | URL) => {
    if (line.isCut) throw new TypeError('Failed to fetch')
    const request = input as Request
    const body = (await request.json()) as Record<string, unknown>
    came.push({ path: new URL(request.url).pathname, body })
    const { code } = line
    const problem = { code, status: 403, titles: { 'zh-CN': code, en: code } }
    return new Response(JSON.stringify(code ? problem : body), { status: code ? 403 : 201, headers: json })
  }
  return { line, came, fetcher, texts: () => came.map(({ body }) => body['text']) }
}

const tab = (store: OutboxStore, fetcher: typeof fetch, atRest?: AtRest) =>
  createClient({
    baseUrl: 'http://127.0.0.1:1',
    getToken: () => token,
    fetch: fetcher,
    outbox: { store, name: 'one', autoFlush: false },
    ...(atRest && { atRest }),
  })
type Client = ReturnType<typeof tab>

const write = (mq: Client, text: string, photos: Blob[] = []) =>
  mq.outbox.enqueue({ area, kind: 'visit', text, visited: ['王秀英'] }, photos)
const parked = ({ outbox }: Client) => outbox.state.parked.map(({ id, problem }) => [id, problem?.code])
const raw = async (store: OutboxStore): Promise<StoredPair['entry'][]> =>
  (await store.list('author')).map(({ entry }) => entry)
/** Every byte of a record that lies in the store. */
async function everything(entry: StoredEntry): Promise<Buffer> {
  const { sealed, photos, ...rest } = entry
  const blobs = await Promise.all(photos.map(({ blob }) => bytesOf(blob)))
  return Buffer.concat([Buffer.from(JSON.stringify([rest, photos])), Buffer.from(sealed ?? []), ...blobs])
}
const rejectsWith = (promise: Promise<unknown>, code: 'entry_locked' | 'entry_damaged') =>
  assert.rejects(promise, (error) => isMinqingError(error, code))

test('what waits can be read by nobody without the key, but for ids and times, and arrives as it was written', async () => {
  const store = memoryStore()
  const { line, came, fetcher, texts } = network()
  const { atRest } = await seal()
  const mq = tab(store, fetcher, atRest)
  const photo = new Blob(['bytes of a photo, more than a few'], { type: 'image/jpeg' })
  const { id } = await write(mq, '老李家的屋顶漏雨', [photo])
  const second = await write(mq, '第二篇')
  const [first] = await raw(store)
  const { key: _, idempotencyKey, enqueuedAt, photos, sealed, ...readable } = first!
  assert.ok(idempotencyKey && enqueuedAt && sealed)
  assert.deepEqual(readable, {
    schema: 3,
    id,
    author: 'author',
    operation: 'diaries.create',
    input: { id, area: '', kind: 'visit', text: '' },
  })
  const kept = await everything(first!)
  for (const part of ['老李家', '王秀英', area, 'bytes of a photo'])
    assert.equal(kept.includes(part), false, part)

  await mq.outbox.flush()
  const { pending } = mq.outbox.state
  assert.deepEqual(
    pending.map(({ input, photos: some }) => [input.text, input.visited, some.map((one) => one.sealed)]),
    [
      ['老李家的屋顶漏雨', ['王秀英'], [true]],
      ['第二篇', ['王秀英'], []],
    ],
  )
  const [opened] = await mq.outbox.photos(id)
  assert.deepEqual([opened!.id, opened!.blob.type], [photos[0]!.id, 'image/jpeg'])
  assert.deepEqual(await bytesOf(opened!.blob), await bytesOf(photo))
  // sealed for this entry: as a photo of another it would be noise
  await assert.rejects(mq.outbox.enqueue({ area, kind: 'visit', text: '借' }, pending[0]!.photos), (error) =>
    isMinqingError(error, 'photo_unreadable'),
  )
  await mq.outbox.edit(second.id, { area, kind: 'visit', text: '第二篇，改过' })
  await mq.outbox.discard(id)
  line.isCut = false
  await mq.outbox.flush()
  assert.deepEqual(texts(), ['第二篇，改过'])
  assert.equal(came[0]!.body['id'], second.id)
  assert.deepEqual(
    (await raw(store)).map((entry) => entry.id),
    [id],
  )
  await mq.close()
})

test('without the key nothing is sent, lost or written in the open; with it all goes on', async () => {
  const store = memoryStore()
  const { line, fetcher, texts } = network()
  const { atRest, world } = await seal()
  const mq = tab(store, fetcher, atRest)
  const { id } = await write(mq, '等密钥')
  const before = await store.list('author')
  line.isCut = false
  world.isKeyThere = false
  // the page starts anew, without network to the key
  const again = tab(store, fetcher, atRest)
  await again.outbox.flush()
  assert.deepEqual(parked(again), [[id, 'entry_locked']])
  assert.equal(again.outbox.state.parked[0]!.input.text, '')
  await rejectsWith(write(again, '没有密钥时写的'), 'entry_locked')
  await rejectsWith(again.outbox.retry(id), 'entry_locked')
  await rejectsWith(again.outbox.photos(id), 'entry_locked')
  await rejectsWith(again.outbox.edit(id, { area, kind: 'visit', text: '改' }), 'entry_locked')
  await again.outbox.discard(id)
  await again.outbox.restore(id)
  assert.deepEqual(texts(), [])
  assert.deepEqual(
    await raw(store),
    before.map(({ entry }) => entry),
  )
  world.isKeyThere = true
  await again.outbox.flush()
  assert.deepEqual(texts(), ['等密钥'])
  await Promise.all([mq.close(), again.close()])
})

test('a tab that has no seal leaves sealed entries alone, and sends its own', async () => {
  const store = memoryStore()
  const { line, fetcher, texts } = network()
  const { atRest } = await seal()
  const [sealing, plain] = [tab(store, fetcher, atRest), tab(store, fetcher)]
  const { id } = await write(sealing, '封好的')
  await write(plain, '没有封的')
  const before = (await store.list('author'))[0]
  line.isCut = false
  await plain.outbox.flush()
  assert.deepEqual(texts(), ['没有封的'])
  assert.deepEqual(parked(plain), [[id, 'entry_locked']])
  assert.deepEqual(await store.list('author'), [before])
  await sealing.outbox.flush()
  assert.deepEqual(texts(), ['没有封的', '封好的'])
  await Promise.all([sealing.close(), plain.close()])
})

for (const [how, change] of [
  ['changed', ([one]) => void (one!.sealed![20]! ^= 1)],
  ['cut short', ([one]) => void (one!.sealed = one!.sealed!.slice(0, -1))],
  ['exchanged for another', ([one, two]) => void (one!.sealed = two!.sealed!)],
  ['put under another id', ([one]) => void (one!.id = newId())],
  ['robbed of its photo', ([one]) => void (one!.photos = [])],
] as [string, (entries: StoredEntry[]) => void][]) {
  test(`an entry that was ${how} is told of, kept and never sent; those behind it go`, async () => {
    const store = memoryStore()
    const { line, fetcher, texts } = network()
    const { atRest } = await seal()
    const mq = tab(store, fetcher, atRest)
    await write(mq, '第一篇', [new Blob(['photo'])])
    await write(mq, '第二篇')
    await mq.close()
    const entries = await raw(store)
    change(entries)
    for (const entry of entries) await store.change(entry.key, () => ({ entry }))
    line.isCut = false
    const again = tab(store, fetcher, atRest)
    await again.outbox.flush()
    const [{ id }] = (await raw(store)) as [StoredEntry]
    assert.deepEqual(texts(), ['第二篇'])
    assert.deepEqual(parked(again), [[id, 'entry_damaged']])
    await rejectsWith(again.outbox.retry(id), 'entry_damaged')
    await again.outbox.discard(id)
    assert.deepEqual(
      again.outbox.state.discarded.map((entry) => entry.id),
      [id],
    )
    await again.close()
  })
}

test('a photo that was exchanged parks its diary before anything of it is sent', async () => {
  const store = memoryStore()
  const { line, came, fetcher } = network()
  const { atRest } = await seal()
  const mq = tab(store, fetcher, atRest)
  const { id } = await write(mq, '照片被换', [new Blob(['one']), new Blob(['two'])])
  const [entry] = await raw(store)
  const [one, two] = entry!.photos as [{ id: string; blob: Blob }, { id: string; blob: Blob }]
  const photos = [
    { id: one.id, blob: two.blob },
    { id: two.id, blob: one.blob },
  ]
  await store.change(entry!.key, () => ({ entry: { ...entry!, photos } }))
  line.isCut = false
  await mq.outbox.flush()
  assert.deepEqual(parked(mq), [[id, 'entry_damaged']])
  assert.deepEqual(came, [])
  await mq.close()
})

test('what was written before is sealed at the start, whatever became of it', async () => {
  const store = memoryStore()
  const { line, fetcher, texts } = network()
  const plain = tab(store, fetcher)
  await write(plain, '早先写的', [new Blob(['photo of before'])])
  const gone = await write(plain, '放弃了的')
  await plain.outbox.discard(gone.id)
  await plain.close()
  assert.ok((await everything((await raw(store))[0]!)).includes('photo of before'))
  const { atRest } = await seal()
  const mq = tab(store, fetcher, atRest)
  await mq.outbox.flush()
  for (let tries = 0; tries < 200 && (await raw(store)).some(({ sealed }) => !sealed); tries++)
    await new Promise((resolve) => setTimeout(resolve, 5))
  for (const entry of await raw(store)) {
    const kept = await everything(entry)
    for (const part of ['早先写的', '放弃了的', 'photo of before']) assert.equal(kept.includes(part), false)
  }
  const { pending, discarded } = mq.outbox.state
  assert.deepEqual(
    [...pending, ...discarded].map(({ input }) => input.text),
    ['早先写的', '放弃了的'],
  )
  const [photo] = await mq.outbox.photos(pending[0]!.id)
  assert.equal(await photo!.blob.text(), 'photo of before')
  await mq.outbox.discard(pending[0]!.id)
  await mq.outbox.restore(gone.id)
  line.isCut = false
  await mq.outbox.flush()
  assert.deepEqual(texts(), ['放弃了的'])
  await mq.close()
})

test('a wish to forward and what has arrived are sealed too, and outlive the page', async () => {
  const store = memoryStore()
  const { line, came, fetcher } = network()
  const { atRest } = await seal()
  const dying = tab(store, fetcher, atRest)
  const issueId = newId()
  line.isCut = false
  await dying.outbox.enqueue({ area, kind: 'visit', text: '路灯不亮' }, [], {
    forward: { issueId, solved: '已换灯泡' },
  })
  dying.outbox.onSent(() => (line.isCut = true))
  await dying.outbox.flush()
  await dying.close()
  const [entry] = await raw(store)
  assert.equal((await everything(entry!)).includes('路灯不亮'), false)
  assert.equal((await everything(entry!)).includes(issueId), false)
  line.isCut = false
  const mq = tab(store, fetcher, atRest)
  await mq.outbox.flush()
  assert.deepEqual(
    came.map(({ path }) => path),
    ['/v1/diaries', '/v1/issues'],
  )
  assert.deepEqual(came[1]!.body['solved'], '已换灯泡')
  assert.deepEqual(await raw(store), [])
  await mq.close()
})

test('a refused entry can be tried again with the photos that it has', async () => {
  const store = memoryStore()
  const { line, fetcher } = network()
  const { atRest } = await seal()
  const mq = tab(store, fetcher, atRest)
  const { id } = await write(mq, '被拒绝的')
  line.isCut = false
  line.code = 'forbidden'
  await mq.outbox.flush()
  assert.deepEqual(parked(mq), [[id, 'forbidden']])
  const sealedBefore = (await raw(store))[0]!.sealed
  await mq.outbox.retry(id)
  const sealedAfter = (await raw(store))[0]!.sealed
  // the same content, under another IV
  assert.notDeepEqual(sealedAfter, sealedBefore)
  line.code = undefined
  await mq.outbox.flush()
  assert.deepEqual(await raw(store), [])
  await mq.close()
})
