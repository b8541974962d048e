import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestServer, type TestServer } from '../../../test/faults/support/server.ts'
import {
  createClient,
  isMinqingError,
  newId,
  type Client,
  type LiveMessage,
  type LiveReset,
} from './index.ts'

const village = '330683100201'
let server: TestServer
let mq: Client

before(async () => {
  server = await startTestServer()
  mq = createClient({ baseUrl: server.url, getToken: () => server.token() })
})
after(async () => {
  await mq?.close()
  await server?.close()
})

const write = (text: string, client = mq) =>
  client.diaries.create({ id: newId(), area: village, kind: 'visit', text })

async function until(what: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 200 && !what(); attempt++) await new Promise((r) => setTimeout(r, 50))
  assert.ok(what(), 'in 10 s')
}

test('a diary is written, read in pages, edited against its version and removed', async () => {
  for (const text of ['一 #甲', '二 #甲', '三 #甲']) await write(text)
  const texts: string[] = []
  for await (const diary of mq.diaries.list({ area: village, tag: '甲', limit: 2 })) texts.push(diary.text)
  assert.deepEqual(texts, ['三 #甲', '二 #甲', '一 #甲'])

  const first = await mq.diaries.list({ area: village, tag: '甲', limit: 2 }).page()
  const second = await mq.diaries.list({ area: village, tag: '甲', limit: 2 }).page(first.next!)
  assert.equal(second.items.length, 1)
  assert.equal(second.next, null)

  const [{ id, version }] = second.items as [(typeof second.items)[0]]
  const edited = await mq.diaries.edit({ id, text: '一改' }, { version })
  assert.equal(edited.version, version + 1)
  const stale = mq.diaries.edit({ id, text: '又改' }, { version })
  await assert.rejects(stale, (error) => isMinqingError(error, 'version_conflict') && error.status === 412)
  assert.equal(await mq.diaries.remove({ id }, { version: edited.version }), undefined)
  await assert.rejects(mq.diaries.get({ id }), (error) => isMinqingError(error, 'not_found'))
})

test('bad input comes back with its fields', async () => {
  const bad = mq.diaries.create({ id: newId(), area: village, kind: 'visit', text: '长'.repeat(5001) })
  await assert.rejects(bad, (error) => {
    assert.ok(isMinqingError(error, 'invalid_input'))
    assert.deepEqual(error.fields, [{ path: '/text', rule: 'maxLength', limit: 5000 }])
    return true
  })
})

test('a token that has expired meanwhile is replaced once', async () => {
  const asked: boolean[] = []
  const other = createClient({
    baseUrl: server.url,
    getToken: ({ refresh }) => {
      asked.push(refresh)
      return server.token(refresh ? {} : { issuedIn: -1200, lifeSeconds: 600 })
    },
  })
  const me = await other.me.get()
  assert.equal(me.id, 'officer-1')
  assert.deepEqual(asked, [false, true])
  await other.close()
})

test('live events arrive, share a connection, and go on after the server was away', async () => {
  const events: (LiveMessage | LiveReset)[] = []
  const created: string[] = []
  const states: string[] = []
  const stopState = mq.live.onState(({ status }) => states.push(status), { area: village })
  const stopAll = mq.live.on('*', (event) => events.push(event), { area: village })
  const stopCreated = mq.live.on('diary.created', ({ diary }) => created.push(diary!.text), { area: village })
  await until(() => states.includes('open'))
  assert.deepEqual(states, ['idle', 'connecting', 'open'])

  await write('直播一')
  await until(() => created.length === 1)
  await server.stop()
  await until(() => states.at(-1) === 'waiting')
  await server.start()
  // Written before the listener is back: it must hear of it by resuming.
  const other = createClient({ baseUrl: server.url, getToken: () => server.token() })
  await write('直播二', other)
  await until(() => created.length === 2)
  assert.deepEqual(created, ['直播一', '直播二'])
  assert.ok(!events.some(({ type }) => type === 'reset'))

  stopAll()
  stopCreated()
  await until(() => states.at(-1) === 'idle')
  await write('无人听', other)
  stopState()
  await other.close()
  assert.deepEqual(created, ['直播一', '直播二'])
})

test('listening without an area takes the first that the caller may read; a forbidden one fails for good', async () => {
  const heard: string[] = []
  const stop = mq.live.on('diary.created', ({ diary }) => heard.push(diary!.text))
  const opened: string[] = []
  const stopState = mq.live.onState(({ status }) => opened.push(status))
  await until(() => opened.includes('open'))
  await write('默认区域')
  await until(() => heard.includes('默认区域'))
  stop()
  stopState()

  let code: string | undefined
  const stopForbidden = mq.live.onState((state) => (code = state.error?.code), { area: '3302' })
  const stopListening = mq.live.on('reset', () => undefined, { area: '3302' })
  await until(() => code === 'area_not_found')
  stopListening()
  stopForbidden()
})

test('listening without an area begins once the server can be reached', async () => {
  await server.stop()
  const other = createClient({ baseUrl: server.url, getToken: () => server.token() })
  const heard: string[] = []
  const states: string[] = []
  other.live.on('diary.created', ({ diary }) => heard.push(diary!.text))
  other.live.onState(({ status, error }) => states.push(error ? `${status} ${error.code}` : status))
  try {
    await until(() => states.includes('waiting offline'))
  } finally {
    await server.start()
  }
  await until(() => states.includes('open'))
  await write('后来')
  await until(() => heard.includes('后来'))
  assert.ok(!states.some((state) => state.startsWith('failed')))
  await other.close()
})

test('an id that the server no longer knows means: read the lists again', async () => {
  const resets: string[] = []
  const stop = mq.live.on('reset', ({ area }) => resets.push(area), {
    area: village,
    lastEventId: '999999999-1',
  })
  await until(() => resets.length === 1)
  assert.deepEqual(resets, [village])
  stop()
})
