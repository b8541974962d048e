import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { photoLimits } from '@minqing/core'
import exifr from 'exifr'
import sharp from 'sharp'
import { camera, giant } from './testing/pictures.ts'
import { startUploader, type Uploader } from './testing/tus.ts'
import { testVillage } from '../testing/tokens.ts'

let up: Uploader
let jpeg: Buffer
before(async () => {
  up = await startUploader()
  jpeg = await camera({ width: 1600, height: 1200 })
})
after(() => up.close())

const rows = async (id: string) =>
  (await up.test.owner.query<Record<string, unknown>>('select * from photo where id = $1', [id])).rows
const keptFile = (id: string, size: string) =>
  join(up.test.dataDir, 'photos', '330683', id.slice(0, 2), `${id}-${size}.webp`)
const leftovers = async (id: string) =>
  (await readdir(join(up.test.dataDir, 'uploads'))).filter((name) => name.startsWith(id))
/** Waits until so many bytes of an upload are on disk. */
async function arrived(id: string, bytes: number): Promise<void> {
  const path = join(up.test.dataDir, 'uploads', id)
  for (const end = Date.now() + 10_000; (await stat(path)).size < bytes; await sleep(5)) {
    assert.ok(Date.now() < end, 'bytes arrive')
  }
}
const somebody = { sub: 'officer-2', name: '李春燕' }

async function nothingWritten(id: string): Promise<void> {
  assert.deepEqual(await rows(id), [])
  assert.deepEqual(await leftovers(id), [])
  await assert.rejects(stat(keptFile(id, 'full')), { code: 'ENOENT' })
}

describe('upload of a photo', () => {
  test('makes a photo of a camera file, without EXIF and GPS', async () => {
    assert.ok((await exifr.gps(jpeg)).latitude > 29)
    const answer = await up.upload(jpeg)
    assert.equal(answer.status, 204)
    assert.equal(answer.headers['upload-offset'], String(jpeg.length))
    const [row] = await rows(answer.id)
    assert.deepEqual(
      [
        row!['area_code'],
        row!['owner_id'],
        row!['diary_id'],
        row!['width'],
        row!['height'],
        row!['sent_bytes'],
      ],
      [testVillage, 'officer-1', null, 1600, 1200, jpeg.length],
    )
    for (const size of ['full', 'thumb']) {
      const bytes = await readFile(keptFile(answer.id, size))
      assert.equal((await sharp(bytes).metadata()).format, 'webp')
      assert.equal(await exifr.parse(bytes, true).catch(() => undefined), undefined)
    }
    assert.deepEqual(await leftovers(answer.id), [], 'the original is gone')
  })

  test('has an address that works behind any proxy', async () => {
    const { id, headers } = await up.create({ length: 10 })
    assert.equal(
      new URL(headers.location!, `${up.url}/prefix/v1/uploads`).pathname,
      `/prefix/v1/uploads/${id}`,
    )
  })

  test('goes on after the connection broke, from the offset that arrived', async () => {
    const { id } = await up.create({ length: jpeg.length })
    const half = Math.floor(jpeg.length / 2)
    const broken = up.send({
      method: 'PATCH',
      path: `/v1/uploads/${id}`,
      headers: {
        'content-type': 'application/offset+octet-stream',
        'upload-offset': '0',
        'content-length': String(jpeg.length),
      },
      body: (async function* () {
        yield jpeg.subarray(0, half)
        await arrived(id, 1)
        yield jpeg.subarray(half, half + 10)
      })(),
      breakAfter: half + 1,
    })
    await assert.rejects(broken)
    const offset = Number((await up.head(id)).headers['upload-offset'])
    assert.ok(offset > 0 && offset <= half + 10, `offset ${offset}`)
    assert.equal((await up.append(id, offset + 1, jpeg.subarray(offset + 1))).code, 'upload_offset_conflict')
    assert.equal((await up.append(id, offset, jpeg.subarray(offset))).status, 204)
    assert.equal((await rows(id)).length, 1)
    assert.deepEqual((await sharp(keptFile(id, 'full')).metadata()).width, 1600)
  })

  test('goes on while a dead connection still holds it', async () => {
    const { id } = await up.create({ length: jpeg.length })
    let release: () => void = () => undefined
    const never = new Promise<void>((resolve) => (release = resolve))
    const stuck = up
      .send({
        method: 'PATCH',
        path: `/v1/uploads/${id}`,
        headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
        body: (async function* () {
          yield jpeg.subarray(0, 1000)
          await never
        })(),
      })
      .catch(() => undefined)
    await arrived(id, 1000)
    const head = await up.head(id)
    assert.equal(head.headers['upload-offset'], '1000')
    assert.equal((await up.append(id, 1000, jpeg.subarray(1000))).status, 204)
    release()
    await stuck
    assert.equal((await rows(id)).length, 1)
  })

  test('is complete for ever: a lost answer is found by asking, and sending all again changes nothing', async () => {
    const { id } = await up.upload(jpeg)
    const written = (await stat(keptFile(id, 'full'))).mtimeMs
    const head = await up.head(id)
    assert.deepEqual([head.status, head.headers['upload-offset']], [200, String(jpeg.length)])
    assert.equal(head.headers['upload-length'], String(jpeg.length))
    assert.equal((await up.upload(jpeg, { id })).status, 204)
    assert.equal((await rows(id)).length, 1)
    assert.equal((await stat(keptFile(id, 'full'))).mtimeMs, written)
    assert.deepEqual(await leftovers(id), [])
  })

  test('can be given up', async () => {
    const { id } = await up.create({ length: 100 })
    assert.equal((await up.send({ method: 'DELETE', path: `/v1/uploads/${id}` })).status, 204)
    assert.equal((await up.head(id)).status, 404)
    await nothingWritten(id)
  })

  test('may begin with its announcement', async () => {
    const id = randomUUID()
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    const answer = await up.send({
      method: 'POST',
      path: '/v1/uploads',
      headers: {
        'upload-length': String(jpeg.length),
        'upload-metadata': `photo ${base64(id)},area ${base64(testVillage)}`,
        'content-type': 'application/offset+octet-stream',
        'content-length': String(jpeg.length),
      },
      body: [jpeg],
    })
    assert.equal(answer.status, 201)
    assert.equal((await rows(id)).length, 1)
  })
})

describe('[P2] upload that is refused', () => {
  test('200 MB announced: before a byte is read', async () => {
    const { status, code, id } = await up.create({ length: 200 * 1024 * 1024 })
    assert.deepEqual([status, code], [413, 'photo_too_large'])
    await nothingWritten(id)
    assert.equal((await up.create({ length: photoLimits.bytes })).status, 201)
    assert.equal((await up.create({ length: photoLimits.bytes + 1 })).code, 'photo_too_large')
  })

  test('200 MB sent with the announcement: refused while they come', async () => {
    const id = randomUUID()
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    const piece = Buffer.alloc(64 * 1024, 1)
    const answer = await up.send({
      method: 'POST',
      path: '/v1/uploads',
      headers: {
        'upload-length': String(200 * 1024 * 1024),
        'upload-metadata': `photo ${base64(id)},area ${base64(testVillage)}`,
        'content-type': 'application/offset+octet-stream',
      },
      body: Array.from({ length: 3200 }, () => piece),
    })
    assert.deepEqual([answer.status, answer.code], [413, 'photo_too_large'])
    assert.ok(answer.sent < 30 * 1024 * 1024, `${answer.sent} bytes went out`)
    await nothingWritten(id)
  })

  test('200 MB streamed behind a small announcement: cut off where it exceeds it', async () => {
    const { id } = await up.create({ length: 1024 * 1024 })
    const piece = Buffer.alloc(64 * 1024, 1)
    const answer = await up.send({
      method: 'PATCH',
      path: `/v1/uploads/${id}`,
      headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
      body: Array.from({ length: 3200 }, () => piece),
    })
    assert.deepEqual([answer.status, answer.code], [413, 'photo_too_large'])
    assert.ok(answer.sent < 60 * 1024 * 1024, `${answer.sent} bytes went out`)
    assert.deepEqual(await rows(id), [])
    const onDisk = await stat(join(up.test.dataDir, 'uploads', id)).catch(() => ({ size: 0 }))
    assert.ok(onDisk.size <= 1024 * 1024)
  })

  const refused: [string, () => Buffer | Promise<Buffer>, number, string][] = [
    [
      'an HTML file',
      () => Buffer.from('<!doctype html><script>alert(1)</script>'),
      415,
      'photo_not_an_image',
    ],
    ['a 30,000 × 30,000 image', () => giant(30_000, 30_000), 422, 'photo_too_many_pixels'],
    ['a truncated JPEG', () => jpeg.subarray(0, jpeg.length / 2), 415, 'photo_not_an_image'],
    ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 415, 'photo_not_an_image'],
    ['a GIF', () => sharp(jpeg).resize(10).gif().toBuffer(), 415, 'photo_not_an_image'],
  ]
  for (const [name, make, status, code] of refused) {
    test(`${name} called photo.jpg`, async () => {
      const answer = await up.upload(await make())
      assert.deepEqual([answer.status, answer.code], [status, code])
      assert.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8')
      await nothingWritten(answer.id)
    })
  }

  test('an area outside the scope, unknown or malformed', async () => {
    for (const area of ['330683102201', '330604', '330683', `${testVillage}999`]) {
      const { status, code, id } = await up.create({ length: 10, area })
      assert.deepEqual([status, code], [404, 'area_not_found'], area)
      await nothingWritten(id)
    }
    assert.equal((await up.create({ length: 10, area: '../../etc' })).code, 'invalid_input')
  })

  test('an id that is no UUID, no length, no metadata', async () => {
    assert.equal((await up.create({ id: '../../../etc/passwd', length: 10 })).code, 'invalid_input')
    const bare = await up.send({ method: 'POST', path: '/v1/uploads' })
    assert.deepEqual([bare.status, bare.code], [400, 'invalid_input'])
    assert.deepEqual(
      (JSON.parse(bare.body) as { fields: { path: string }[] }).fields.map(({ path }) => path),
      ['/Upload-Length', '/Upload-Metadata/photo', '/Upload-Metadata/area'],
    )
    assert.equal((await up.create({ length: 0 })).code, 'invalid_input')
  })

  test('an address that is no upload', async () => {
    for (const id of ['x', '1', '..%2F..%2Fetc%2Fpasswd', '%00', 'a'.repeat(300), '__proto__']) {
      for (const method of ['HEAD', 'PATCH', 'DELETE']) {
        const answer = await up.send({
          method,
          path: `/v1/uploads/${id}`,
          headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
        })
        assert.equal(answer.status, 404, `${method} ${id}`)
      }
    }
  })

  test('the hundred-and-first that a person begins without any diary, until one is given up', async () => {
    const hoarder = { sub: 'hoarder', name: '囤图人' }
    const ids: string[] = []
    for (let i = 0; i < 100; i++) ids.push((await up.create({ length: 10 }, hoarder)).id)
    const refused = await up.create({ length: 10 }, hoarder)
    assert.deepEqual([refused.status, refused.code], [429, 'rate_limited'])
    assert.equal((await up.create({ length: 10 })).status, 201, 'others are not concerned')
    assert.equal((await up.create({ id: ids[0]!, length: 10 }, hoarder)).status, 201, 'nor one begun before')
    await up.send({ method: 'DELETE', path: `/v1/uploads/${ids[1]}` }, hoarder)
    assert.equal((await up.create({ length: 10 }, hoarder)).status, 201)
  })

  test('nobody, and who may not upload', async () => {
    const none = await up.send({ method: 'POST', path: '/v1/uploads', headers: { authorization: '' } })
    assert.equal(none.status, 401)
    const auditor = { grants: [{ role: 'auditor' as const, area: '330683' }] }
    assert.equal((await up.create({ length: 10 }, auditor)).code, 'forbidden')
  })
})

describe("another person's upload", () => {
  test('cannot be seen, continued, removed nor taken over', async () => {
    const { id } = await up.create({ length: jpeg.length })
    await up.append(id, 0, jpeg.subarray(0, 100))
    assert.equal((await up.head(id, somebody)).status, 404)
    assert.equal((await up.append(id, 100, jpeg.subarray(100), somebody)).code, 'not_found')
    assert.equal((await up.send({ method: 'DELETE', path: `/v1/uploads/${id}` }, somebody)).status, 404)
    assert.equal((await up.create({ id, length: 10 }, somebody)).code, 'id_taken')
    assert.equal((await up.append(id, 100, jpeg.subarray(100))).status, 204)
  })

  test('cannot be written over when it has become a photo', async () => {
    const { id } = await up.upload(jpeg)
    const before = await readFile(keptFile(id, 'full'))
    const attempt = await up.upload(await camera({ width: 50, height: 50 }), { id, as: somebody })
    assert.deepEqual([attempt.status, attempt.code], [409, 'id_taken'])
    assert.deepEqual(await readFile(keptFile(id, 'full')), before)
    assert.equal((await up.head(id, somebody)).status, 404)
  })
})
