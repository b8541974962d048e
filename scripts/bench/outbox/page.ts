import { createClient } from '@minqing/client'
import { openDB } from 'idb'

/** One kind of entry, measured in turns with its peer. */
export interface Round {
  enqueuePerSecond: number
  rawPerSecond: number
}

const text = '今天走访了村东头的几户人家,香榧长势好,水渠有一段淤塞,已记下来和村里商量。'.repeat(5)
const makeInput = () => ({
  area: '330683105001',
  kind: 'visit' as const,
  text,
  visited: ['王大爷', '李阿姨'],
})

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Opens a store like the outbox's own: same key, same index. */
const openPeer = (name: string) =>
  openDB(name, 1, {
    upgrade(database) {
      const store = database.createObjectStore('entries', { keyPath: 'key', autoIncrement: true })
      store.createIndex('author', 'author')
    },
  })

async function measure(round: number, count: number, photoBytes: number): Promise<Round> {
  const photos =
    photoBytes > 0 ? [new Blob([Uint8Array.from({ length: photoBytes }, () => Math.random() * 256)])] : []
  const mq = createClient({
    // Nobody listens there: the outbox does what it does without a network, tries included.
    baseUrl: 'http://127.0.0.1:9',
    getToken: () => `x.${btoa('{"sub":"bench"}')}.y`,
    outbox: { name: `enqueue-${round}-${photoBytes}` },
  })
  const raw = await openPeer(`raw-${round}-${photoBytes}`)
  const {
    id,
    author,
    operation,
    input,
    photos: kept,
    idempotencyKey,
    enqueuedAt,
  } = await mq.outbox.enqueue(makeInput(), photos)
  const stored = { schema: 1, id, author, operation, input, photos: kept, idempotencyKey, enqueuedAt }
  const write = async () => {
    const { store, done } = raw.transaction('entries', 'readwrite', { durability: 'strict' })
    await Promise.all([store.add({ ...stored }), done])
  }
  await write()
  const enqueue = () => mq.outbox.enqueue(makeInput(), photos)
  let mine = 0
  let peer = 0
  // One by one in turns, so that whatever else the machine does falls on both alike.
  for (let index = 0; index < count; index++) {
    if (index % 2 === 0) mine += await timed(enqueue)
    peer += await timed(write)
    if (index % 2 === 1) mine += await timed(enqueue)
  }
  await mq.close()
  raw.close()
  return { enqueuePerSecond: (count * 1000) / mine, rawPerSecond: (count * 1000) / peer }
}

declare global {
  interface Window {
    measure: typeof measure
  }
}
window.measure = measure
