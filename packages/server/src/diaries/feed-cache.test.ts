import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { LoggedEvent } from '../internal/live-bus.ts'
import { FeedCache } from './feed-cache.ts'

let time = 0
let reads = 0
let healthy = true
let listeners: ((event: LoggedEvent) => void)[] = []
const bus = {
  subscribe(listener: (event: LoggedEvent) => void) {
    listeners.push(listener)
    return () => void (listeners = listeners.filter((other) => other !== listener))
  },
  get healthy() {
    return healthy
  },
}
const event = (area: string) => {
  for (const listener of listeners)
    listener({ id: '1-1', type: 'diary.created', area, to: { kind: 'area' }, data: '{}' })
}
let cache: FeedCache
const read = async () => `page ${(reads += 1)}`
const get = async (area: string, size = 50) => (await cache.get(area, size, read)).json.toString()

beforeEach(() => {
  time = 0
  reads = 0
  healthy = true
  listeners = []
  cache = new FeedCache({ bus, now: () => time, maxEntries: 3 })
})

test('a page is read once for everyone, for two seconds', async () => {
  assert.deepEqual(await Promise.all([get('330683'), get('330683')]), ['page 1', 'page 1'])
  time = 1999
  assert.equal(await get('330683'), 'page 1')
  time = 2000
  assert.equal(await get('330683'), 'page 2')
  assert.equal(await get('330683', 20), 'page 3', 'another size is another page')
})

test('an event drops the pages of its area and of all above, and no other', async () => {
  await Promise.all(['330683', '330683100', '330683102'].map((area) => get(area)))
  event('330683100201001')
  assert.equal(await get('330683102'), 'page 3')
  assert.equal(await get('330683'), 'page 4')
  assert.equal(await get('330683100'), 'page 5')
  event('330683')
  assert.equal(await get('330683100'), 'page 5', 'what happens above is not shown below')
})

test('a read that began before a change is not shown to those who ask after it', async () => {
  let finish = (_: string): void => undefined
  const slow = cache.get('330683', 50, () => new Promise((resolve) => (finish = resolve)))
  cache.invalidate('330683100')
  assert.equal(await get('330683'), 'page 1')
  finish('stale')
  assert.equal((await slow).json.toString(), 'stale', 'who asked before may see what was then')
  assert.equal(await get('330683'), 'page 1')
})

test('without the live bus nothing is kept', async () => {
  healthy = false
  assert.equal(await get('330683'), 'page 1')
  assert.equal(await get('330683'), 'page 2')
})

test('a failed read is not kept, and memory is bounded', async () => {
  await assert.rejects(cache.get('330683', 50, () => Promise.reject(new Error('down'))))
  assert.equal(await get('330683'), 'page 1')
  for (const area of ['33', '3306', '330683100']) await get(area)
  assert.equal(await get('330683'), 'page 5', 'the oldest went first')
})

test('what has expired does not stay in memory', async () => {
  await get('330683')
  time = 1000
  await get('330683', 20)
  await get('330683100')
  assert.equal(cache.size, 2)
  time = 2500
  await get('330683102')
  assert.equal(cache.size, 3, 'one page of each is still good')
  time = 5000
  await get('330683102')
  assert.equal(cache.size, 1)
})

test('pages with the same bytes have the same tag; closing ends the subscription', async () => {
  const same = (json: string) => cache.get('33', 50, async () => json)
  const first = (await same('a')).etag
  cache.invalidate('33')
  assert.equal((await same('a')).etag, first)
  cache.close()
  assert.equal(listeners.length, 0)
})
