import assert from 'node:assert/strict'
import { createServer, request as ask } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { startTestServer, type TestServer } from '../../../../test/faults/support/server.ts'
import { createClient, isMinqingError, newId, type Client } from '../index.ts'

const area = '330683100201'
let server: TestServer
let mq: Client
/** Noise, so that it does not compress to less than a few chunks. */
let jpeg: Blob

before(async () => {
  server = await startTestServer()
  mq = createClient({ baseUrl: server.url, getToken: () => server.token() })
  const noise = { create: { width: 1600, height: 1200, channels: 3, background: '#888' } } as const
  const bytes = await sharp({
    ...noise,
    create: { ...noise.create, noise: { type: 'gaussian', mean: 128, sigma: 90 } },
  })
    .jpeg({ quality: 95 })
    .toBuffer()
  jpeg = new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' })
})
after(async () => {
  await mq?.close()
  await server?.close()
})

test('a photo arrives, tells its progress, and is shown by an address with a ticket', async () => {
  const id = newId()
  const seen: number[] = []
  const photo = await mq.photos.upload(jpeg, { area, id, onProgress: (sent) => seen.push(sent) })
  assert.deepEqual(photo, { id, width: 1600, height: 1200 })
  assert.ok(seen.length > 2 && seen.at(-1) === jpeg.size)
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => a - b),
  )

  const url = await mq.photos.url(id, 'thumb')
  const answer = await fetch(url)
  assert.equal(answer.headers.get('content-type'), 'image/webp')
  assert.equal(await mq.photos.url(id, 'thumb'), url, 'stays the same, so that browsers cache it')
  assert.deepEqual(
    await mq.photos.upload(jpeg, { area, id }),
    photo,
    'a repeated upload of the same id is done at once',
  )
})

/** A network that breaks: passes requests on to the server, and cuts the first PATCHes in the middle. */
async function breakingNetwork(cuts: number) {
  const patched: string[] = []
  const proxy = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming
    const target = ask(server.url + url!, { method: method!, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(outgoing)
    })
    target.on('error', () => outgoing.destroy())
    if (method === 'PATCH') patched.push(String(headers['upload-offset']))
    if (method !== 'PATCH' || patched.length > cuts + 1 || patched.length === 1)
      return void incoming.pipe(target)
    incoming.once('data', (chunk: Buffer) => {
      target.write(chunk.subarray(0, 1000), () => {
        target.destroy()
        incoming.destroy()
      })
    })
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const close = () => {
    proxy.closeAllConnections()
    proxy.close()
  }
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, patched, close }
}

test('an upload goes on where the connection broke', async () => {
  const network = await breakingNetwork(2)
  const other = createClient({ baseUrl: network.url, getToken: () => server.token() })
  const photo = await other.photos.upload(jpeg, { area })
  assert.equal(photo.width, 1600)
  assert.equal(network.patched[0], '0')
  assert.equal(network.patched.filter((offset) => offset === '0').length, 1, 'nothing begins anew')
  await other.close()
  network.close()
})

const rejectsWith = (work: Promise<unknown>, code: string) =>
  assert.rejects(work, (error) => {
    assert.ok(isMinqingError(error), String(error))
    assert.equal(error.code, code)
    return true
  })

test('what the server refuses is told by its code', async () => {
  const html = new Blob(['<!doctype html><script>alert(1)</script>'], { type: 'image/jpeg' })
  await rejectsWith(mq.photos.upload(html, { area }), 'photo_not_an_image')
  await rejectsWith(
    mq.photos.upload(new Blob([new Uint8Array(21 * 1024 * 1024)]), { area }),
    'photo_too_large',
  )
  await rejectsWith(mq.photos.upload(jpeg, { area: '330683100202' }), 'area_not_found')
})

test('an upload ends when its signal says so, or when there is no server', async () => {
  const controller = new AbortController()
  const upload = mq.photos.upload(jpeg, {
    area,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  })
  await rejectsWith(upload, 'aborted')
  const nowhere = createClient({ baseUrl: 'http://127.0.0.1:9', getToken: () => server.token() })
  await rejectsWith(nowhere.photos.upload(jpeg, { area }), 'offline')
  await nowhere.close()
})
