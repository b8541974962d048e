import assert from 'node:assert/strict'
import { after, afterEach, before, describe, mock, test } from 'node:test'
import { createClient, isMinqingError, newId, type Client, type LiveMessage } from '@minqing/client'
import { EnvelopeAnswerSchema, EnvelopeSchema } from '@minqing/core'
import { service, use } from '@minqing/elements/plugins'
import { Ajv } from 'ajv'
import sharp from 'sharp'
import { startTestServer, type TestServer } from '../../../../test/faults/support/server.ts'
import { toEnvelope } from '../internal/envelope.ts'
import { fakeZheliban, type FakeZheliban } from './fake.ts'
import { zheliban } from './zheliban.ts'
import { gatewayTransport } from './transport.ts'

const area = '330683100201'
const ajv = new Ajv({ strict: false })
const isEnvelope = ajv.compile(EnvelopeSchema)
const isAnswer = ajv.compile(EnvelopeAnswerSchema)
const warnings: string[] = []
mock.method(console, 'warn', (sentence: string) => warnings.push(sentence))
let stop: (() => Promise<void>) | undefined
afterEach(async () => {
  await stop?.()
  stop = undefined
  warnings.length = 0
})

describe('requests through the gateway', () => {
  let server: TestServer
  let host: FakeZheliban
  let mq: Client
  before(async () => {
    server = await startTestServer({ envelopes: true })
    host = fakeZheliban({ serverUrl: server.url })
    const gateway = { mgop: host.mgop, api: 'mgop.minqing.envelope', appKey: 'key' }
    const transport = gatewayTransport(gateway)
    // an address that nobody answers at: whatever arrives has gone through the gateway
    mq = createClient({
      baseUrl: 'https://nowhere.invalid/mq',
      getToken: () => server.token(),
      fetch: transport,
    })
  })
  after(async () => {
    await mq?.close()
    await server?.close()
  })
  const fails = (work: Promise<unknown>, code: string) =>
    assert.rejects(work, (error) => isMinqingError(error) && error.code === code)

  test('a diary is written once, read, changed by its version, and removed', async () => {
    const diary = { id: newId(), area, kind: 'visit' as const, text: '走访李大爷家，屋顶漏水。' }
    const idempotencyKey = newId()
    const first = await mq.diaries.create(diary, { idempotencyKey })
    const again = await mq.diaries.create(diary, { idempotencyKey })
    assert.deepEqual(again, first)
    const changed = await mq.diaries.edit({ id: diary.id, text: '已修好。' }, { version: first.version })
    assert.equal(changed.text, '已修好。')
    await fails(
      mq.diaries.edit({ id: diary.id, text: '又改' }, { version: first.version }),
      'version_conflict',
    )
    await mq.diaries.remove({ id: diary.id }, { version: changed.version })
    await fails(mq.diaries.create({ ...diary, id: newId(), area: '33068' }), 'invalid_input')
    assert.ok(host.sent.length >= 6)
    for (const envelope of host.sent) assert.ok(isEnvelope(envelope), JSON.stringify(isEnvelope.errors))
  })

  test('a photo of several chunks arrives as it was', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 90 } as const
    const picture = { width: 1600, height: 1200, channels: 3, background: '#888', noise } as const
    const bytes = await sharp({ create: picture }).jpeg({ quality: 95 }).toBuffer()
    const before = host.sent.length
    const photo = await mq.photos.upload(new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), { area })
    assert.deepEqual([photo.width, photo.height], [1600, 1200])
    const chunks = host.sent.slice(before).filter((one) => (one as { method: string }).method === 'PATCH')
    assert.ok(chunks.length > 1, `${bytes.length} bytes in ${chunks.length} chunk`)
    const html = new Blob(['<!doctype html>'], { type: 'image/jpeg' })
    await fails(mq.photos.upload(html, { area }), 'photo_not_an_image')
  })

  test('events come by asking for them', async () => {
    const heard: LiveMessage<'diary.created'>[] = []
    const opened = new Promise<void>((resolve) => {
      mq.live.onState(({ status }) => status === 'open' && resolve(), { area })
    })
    const told = new Promise<void>((resolve) => {
      mq.live.on(
        'diary.created',
        (event) => {
          heard.push(event)
          resolve()
        },
        { area },
      )
    })
    await opened
    const { id } = await mq.diaries.create({ id: newId(), area, kind: 'visit', text: '轮询' })
    await told
    assert.deepEqual(
      heard.map(({ diary }) => diary?.id),
      [id],
    )
    assert.match(heard[0]!.id, /^\d+-\d+$/)
  })

  test('a gateway that fails is no network, and one that answers nonsense, too', async () => {
    host.refuses.add('mgop')
    await fails(mq.me.get(), 'offline')
    host.refuses.delete('mgop')
    const odd = (data: unknown) =>
      gatewayTransport({ api: '', appKey: '', mgop: ({ onSuccess }) => onSuccess({ data }) })
    await assert.rejects(odd('<html>')('https://x.invalid/v1/me'), TypeError)
    await assert.rejects(odd({ status: 99 })('https://x.invalid/v1/me'), TypeError)
    await assert.rejects(
      gatewayTransport({ api: '', appKey: '', mgop: ({ onSuccess }) => onSuccess('') })(
        'https://x.invalid/v1/me',
      ),
      TypeError,
    )
    const text = odd(JSON.stringify({ status: 204, headers: {} }))
    assert.equal((await text('https://x.invalid/v1/me')).status, 204)
  })

  test('one that never answers can be given up', async () => {
    const end = new AbortController()
    const silent = gatewayTransport({ api: '', appKey: '', mgop: () => undefined })
    const asked = silent('https://x.invalid/v1/me', { signal: end.signal })
    end.abort()
    await assert.rejects(asked, { name: 'AbortError' })
  })

  test('addresses of others never go into an envelope', async () => {
    await assert.rejects(toEnvelope(new Request('https://x.invalid/mq-token')), TypeError)
    const { path, headers } = await toEnvelope(
      new Request('https://x.invalid/a/v1/diaries?area=33', { headers: { 'x-secret': '1', accept: 'a/b' } }),
    )
    assert.deepEqual([path, headers], ['/v1/diaries?area=33', { accept: 'a/b' }])
    assert.ok(isAnswer({ status: 200, headers: {}, body: '' }))
  })
})

describe('zheliban', () => {
  /** The first bytes of a JPEG. */
  const jpeg = '/9j/4AAQSkZJRgABAQ=='

  test('offers what the bridge can, once it is ready', async () => {
    const host = fakeZheliban({ photos: [jpeg, jpeg], uiStyle: 'elder' })
    stop = await use(zheliban, { bridge: host.bridge })
    assert.deepEqual(await service('signIn')!(), { provider: 'zheliban', code: 'ticket-1' })
    const position = { longitude: 120.580232, latitude: 30.001523, system: 'gcj02' }
    assert.deepEqual(await service('locate')!(), position)
    const [photo, ...others] = await service('pickPhotos')!({ max: 1, camera: false })
    assert.deepEqual([photo!.name, photo!.type, others.length], ['photo-1.jpg', 'image/jpeg', 0])
    assert.deepEqual(service('style'), { elder: true })
    assert.equal(service('transport'), undefined)
    await service('close')!()
    assert.equal(host.calls[0], 'onReady')
  })

  test('takes the transport back when it goes', async () => {
    const host = fakeZheliban()
    const gateway = { mgop: host.mgop, api: 'a', appKey: 'k' }
    const end = await use(zheliban, { bridge: host.bridge, gateway })
    assert.equal(service('transport')!.streams, false)
    assert.equal(service('style'), undefined)
    await end()
    assert.equal(service('transport'), undefined)
  })

  test('hands refusals on, and works without what a bridge does not know', async () => {
    const host = fakeZheliban({ ticketId: '' })
    host.refuses.add('getUiStyle').add('getLocation').add('chooseImage')
    stop = await use(zheliban, { bridge: host.bridge })
    assert.match(warnings[0]!, /elder style/)
    await assert.rejects(service('signIn')!(), /no ticket/)
    await assert.rejects(service('locate')!(), /1001/)
    await assert.rejects(service('pickPhotos')!({ max: 9, camera: false }), /1001/)
  })

  test('without a bridge still sends through the gateway', async () => {
    const { mgop } = fakeZheliban()
    stop = await use(zheliban, { gateway: { mgop, api: 'a', appKey: 'k' } })
    assert.match(warnings[0]!, /ZWJSBridge is not on this page/)
    assert.ok(service('transport'))
    assert.equal(service('locate'), undefined)
  })
})
