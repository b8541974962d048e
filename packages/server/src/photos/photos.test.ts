import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile, rm, utimes, writeFile, stat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import sharp from 'sharp'
import { createApp } from '../app.ts'
import { createPool } from '../database/pool.ts'
import { transactions, type Transact } from '../database/scope.ts'
import { claimPhotos, releasePhotos } from '../internal/photos.ts'
import { testAudience, testVillage, type TokenInput } from '../testing/tokens.ts'
import { storePhoto } from './service.ts'
import { camera } from './testing/pictures.ts'
import { isProblem } from './testing/problems.ts'
import { startUploader, type Uploader } from './testing/tus.ts'

const county = '330683'
const owner = 'officer-1'
const otherVillage: TokenInput = { sub: 'li', grants: [{ role: 'villageOfficer', area: '330683102201' }] }
const otherCounty: TokenInput = { sub: 'far', grants: [{ role: 'leader', area: '330604' }] }
/** Reads the town 崇仁镇 and nothing of 甘霖镇. */
const otherTown: TokenInput = { sub: 'grid', grants: [{ role: 'gridWorker', area: '330683102201001' }] }

let up: Uploader
let transact: Transact
let jpeg: Buffer
let endPool: () => Promise<void>
before(async () => {
  up = await startUploader()
  jpeg = await camera({ width: 640, height: 480 })
  const pool = createPool(up.test.databaseUrl, { max: 3 })
  transact = transactions(pool)
  endPool = () => pool.end()
})
after(async () => {
  await endPool()
  await up.close()
})

const claim = (ids: string[], diaryId: string, ownerId = owner, area = testVillage) =>
  transact({ scope: [testVillage], actor: ownerId }, (tx) =>
    claimPhotos(tx, { county, ids, diaryId, ownerId, area }),
  )

/** A living diary, written by way of the operation. */
async function diaryWith(photos: string[]): Promise<string> {
  const id = randomUUID()
  const answer = await up.test.ask('POST /v1/diaries', {
    body: { id, area: testVillage, kind: 'visit', text: '走访', photos },
  })
  assert.equal(answer.statusCode, 201, answer.body)
  return id
}
const photo = async () => (await up.upload(jpeg)).id
const get = (id: string, as: TokenInput = {}) => up.test.ask(`GET /v1/photos/${id}`, { as })
const ticketOf = async (as: TokenInput = {}) =>
  (await up.test.ask('GET /v1/photo-ticket', { as })).json<{ ticket: string; expiresAt: string }>()
const file = (id: string, ticket: string, size = 'thumb', headers: Record<string, string> = {}) =>
  up.test.ask(`GET /v1/photos/${id}/${size}?ticket=${encodeURIComponent(ticket)}`, { as: null, headers })

describe('claiming photos for a diary', () => {
  test('answers them in the order asked for, and again for the same diary', async () => {
    const ids = [await photo(), await photo(), await photo()]
    const diary = randomUUID()
    const claimed = await claim([ids[2]!, ids[0]!, ids[1]!], diary)
    assert.deepEqual(claimed[0], { id: ids[2], width: 640, height: 480 })
    assert.deepEqual(
      claimed.map(({ id }) => id),
      [ids[2], ids[0], ids[1]],
    )
    assert.deepEqual(
      (await claim([ids[0]!], diary)).map(({ id }) => id),
      [ids[0]],
    )
    assert.deepEqual(await claim([], diary), [])
  })

  test("names what is unknown, somebody else's, or in another diary, and claims nothing then", async () => {
    const [free, used, foreign] = [
      await photo(),
      await photo(),
      (await up.upload(jpeg, { as: { sub: 'other', name: '别人' } })).id,
    ]
    await claim([used], randomUUID())
    const attempt = claim([free, randomUUID(), used, foreign], randomUUID())
    await assert.rejects(attempt, (error: { fields?: { path: string }[] }) => {
      assert.ok(isProblem('photo_unknown')(error))
      assert.deepEqual(
        error.fields?.map(({ path }) => path),
        ['/photos/1', '/photos/2', '/photos/3'],
      )
      return true
    })
    assert.equal((await claim([free], randomUUID())).length, 1)
  })

  test('of two diaries that want the same photo at once, one gets it', async () => {
    const id = await photo()
    const outcomes = await Promise.allSettled([claim([id], randomUUID()), claim([id], randomUUID())])
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  })

  test('a photo that an edit took out stays with the diary and may come back', async () => {
    const ids = [await photo(), await photo()]
    const diary = randomUUID()
    await claim(ids, diary)
    await transact({ scope: [testVillage], actor: owner }, (tx) =>
      releasePhotos(tx, { county, diaryId: diary, keep: [ids[0]!] }),
    )
    const released = async () =>
      (
        await up.test.owner.query('select id from photo where diary_id = $1 and released_at is not null', [
          diary,
        ])
      ).rows.map((row: { id: string }) => row.id)
    assert.deepEqual(await released(), [ids[1]])
    await assert.rejects(claim([ids[1]!], randomUUID()), isProblem('photo_unknown'))
    await claim(ids, diary)
    assert.deepEqual(await released(), [])
  })
})

describe('seeing photos', () => {
  test('before a diary has it, only its owner does', async () => {
    const id = await photo()
    assert.deepEqual((await get(id)).json(), { id, width: 640, height: 480 })
    for (const as of [otherVillage, otherCounty, { sub: 'colleague' }]) {
      assert.equal((await get(id, as)).statusCode, 404)
      assert.equal((await file(id, (await ticketOf(as)).ticket)).statusCode, 404)
    }
  })

  test('who reads no diaries sees their own upload, and no other', async () => {
    const resident: TokenInput = { sub: 'he', grants: [{ role: 'resident', area: county }] }
    const { id } = await up.upload(jpeg, { as: resident })
    const own = (which: string, as: TokenInput) => up.test.ask(`GET /v1/own-photos/${which}`, { as })
    assert.equal((await own(id, resident)).json<{ width: number }>().width, 640)
    assert.equal((await own(id, { ...resident, sub: 'wang' })).statusCode, 404)
    assert.equal((await get(id, resident)).statusCode, 403)
    const other = await photo()
    await diaryWith([other])
    assert.equal((await own(other, resident)).statusCode, 404)
  })

  test('in a diary, everyone does whose scope holds the area, and nobody else', async () => {
    const id = await photo()
    await diaryWith([id])
    assert.equal((await get(id, otherVillage)).statusCode, 200)
    assert.equal((await file(id, (await ticketOf(otherVillage)).ticket)).statusCode, 200)
    for (const as of [otherTown, otherCounty]) {
      assert.equal((await get(id, as)).json<{ code: string }>().code, 'not_found')
      const answer = await file(id, (await ticketOf(as)).ticket)
      assert.deepEqual([answer.statusCode, answer.json<{ code: string }>().code], [404, 'not_found'])
    }
  })

  test('of a deleted diary, only its author does, until the deletion is undone', async () => {
    const id = await photo()
    const diary = await diaryWith([id])
    const removed = await up.test.ask(`DELETE /v1/diaries/${diary}`, { headers: { 'if-match': '"1"' } })
    assert.ok(removed.statusCode < 300, removed.body)
    assert.equal((await get(id, otherVillage)).statusCode, 404)
    assert.equal((await file(id, (await ticketOf(otherVillage)).ticket)).statusCode, 404)
    assert.equal((await get(id)).statusCode, 200)
    const undone = await up.test.ask(`POST /v1/diaries/${diary}/restore`)
    assert.ok(undone.statusCode < 300, undone.body)
    assert.equal((await get(id, otherVillage)).statusCode, 200)
  })

  test('row-level security alone keeps them apart as well', async () => {
    const id = await photo()
    const seen = (scope: string[], actor: string) =>
      transact({ scope, actor }, async (tx) => {
        const { rows } = await sql`select id from photo where id = ${id}`.execute(tx)
        return rows.length
      })
    assert.equal(await seen([county], owner), 1)
    assert.equal(await seen([county], 'somebody'), 0)
    assert.equal(await seen([], owner), 0)
    await claim([id], randomUUID())
    assert.equal(await seen([county], 'somebody'), 1)
    assert.equal(await seen(['330604'], owner), 0)
    const steal = transact({ scope: [county], actor: 'somebody' }, (tx) =>
      sql`update photo set owner_id = 'somebody' where id = ${id} returning id`.execute(tx),
    )
    assert.equal((await steal).rows.length, 0)
  })
})

describe('photo addresses', () => {
  test('open with a ticket alone, cached by this browser only and no longer than the ticket', async () => {
    const id = await photo()
    const { ticket, expiresAt } = await ticketOf()
    const left = Date.parse(expiresAt) - Date.now()
    assert.ok(left > 29 * 60_000 && left <= 60 * 60_000)
    const full = await file(id, ticket, 'full')
    assert.equal(full.statusCode, 200)
    const headers = full.headers as Record<string, string>
    assert.equal(headers['content-type'], 'image/webp')
    assert.equal(headers['content-disposition'], 'inline')
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin')
    const [, age] = /^private, max-age=(\d+), immutable$/.exec(headers['cache-control']!)!
    assert.ok(Math.abs(Number(age) * 1000 - left) < 5000)
    assert.equal((await sharp(full.rawPayload).metadata()).width, 640)
    const again = await file(id, ticket, 'full', { 'if-none-match': headers['etag']! })
    assert.deepEqual([again.statusCode, again.rawPayload.length], [304, 0])
    assert.equal((await sharp((await file(id, ticket)).rawPayload).metadata()).width, 480)
  })

  test('do not open with a forged, foreign or missing ticket', async () => {
    const id = await photo()
    const { ticket } = await ticketOf()
    for (const wrong of [`${ticket.slice(0, -3)}AAA`, 'x'.repeat(30), `${ticket}x`]) {
      const answer = await file(id, wrong)
      assert.deepEqual([answer.statusCode, answer.json<{ code: string }>().code], [401, 'ticket_invalid'])
    }
    assert.equal((await up.test.ask(`GET /v1/photos/${id}/full`, { as: null })).statusCode, 400)
    assert.equal((await file(id, ticket, 'huge')).statusCode, 400)
    assert.equal((await file(randomUUID(), ticket)).statusCode, 404)
  })
})

describe('after a crash or a long time', () => {
  /** Another start of the server on the same data. */
  const restart = async () => {
    const app = await createApp({
      databaseUrl: up.test.databaseUrl,
      dataDir: up.test.dataDir,
      token: { audience: testAudience, secret: up.test.signer.secret },
      logLevel: 'silent',
      connections: 2,
    })
    return () => app.close()
  }
  const uploads = () => join(up.test.dataDir, 'uploads')
  const eventually = async (holds: () => Promise<boolean>, what: string) => {
    for (const end = Date.now() + 10_000; !(await holds()); await sleep(20)) assert.ok(Date.now() < end, what)
  }
  const rowCount = async (id: string) =>
    (await up.test.owner.query('select 1 from photo where id = $1', [id])).rowCount

  /** Leaves what a server leaves that dies between the last byte and the photo. */
  async function crashed(bytes: Buffer): Promise<string> {
    const { id } = await up.create({ length: bytes.length })
    await writeFile(join(uploads(), id), bytes)
    return id
  }

  test('asking for a complete upload makes the photo', async () => {
    const id = await crashed(jpeg)
    const head = await up.head(id)
    assert.deepEqual([head.status, head.headers['upload-offset']], [200, String(jpeg.length)])
    assert.equal((await get(id)).statusCode, 200)
    const bad = await crashed(Buffer.from('<html>'))
    assert.equal((await up.head(bad)).status, 415)
    assert.equal((await up.head(bad)).status, 404)
  })

  test('the next start makes photos of complete uploads and keeps unfinished ones', async () => {
    const complete = await crashed(jpeg)
    const bad = await crashed(Buffer.from('<html>'))
    const { id: begun } = await up.create({ length: 100 })
    const close = await restart()
    await eventually(async () => (await rowCount(complete)) === 1, 'the photo is made')
    await eventually(async () => !(await readdir(uploads())).includes(bad), 'what is no image goes')
    assert.equal((await get(complete)).statusCode, 200)
    assert.equal((await up.head(begun)).headers['upload-offset'], '0')
    await close()
  })

  test('files that lie there already without a row are written anew', async () => {
    const id = await crashed(jpeg)
    await storePhoto(up.test.dataDir, county, id, await camera({ width: 20, height: 20 }))
    await up.head(id)
    const { ticket } = await ticketOf()
    assert.equal((await sharp((await file(id, ticket, 'full')).rawPayload).metadata()).width, 640)
  })

  test('uploads untouched for a day go, and photos that no diary claimed within one', async () => {
    const { id: stale } = await up.create({ length: 100 })
    const dayAgo = new Date(Date.now() - 25 * 3_600_000)
    for (const name of [stale, `${stale}.json`]) await utimes(join(uploads(), name), dayAgo, dayAgo)
    await writeFile(join(uploads(), 'x.full.part'), 'x')
    await utimes(join(uploads(), 'x.full.part'), dayAgo, dayAgo)
    const [unclaimed, claimed, fresh] = [await photo(), await photo(), await photo()]
    await diaryWith([claimed])
    await up.test.owner.query('update photo set created_at = $1 where id = any($2)', [
      dayAgo,
      [unclaimed, claimed],
    ])
    const path = (id: string) => join(up.test.dataDir, 'photos', county, id.slice(0, 2), `${id}-full.webp`)
    const close = await restart()
    await eventually(async () => (await rowCount(unclaimed)) === 0, 'swept')
    await close()
    await assert.rejects(stat(path(unclaimed)), { code: 'ENOENT' })
    assert.deepEqual([await rowCount(claimed), await rowCount(fresh)], [1, 1])
    assert.ok((await readFile(path(claimed))).length > 0)
    const left = await readdir(uploads())
    assert.deepEqual(
      left.filter((name) => name.startsWith(stale) || name.endsWith('.part')),
      [],
    )
  })

  test('a photo whose file was lost is not found, not an error', async () => {
    const id = await photo()
    await rm(join(up.test.dataDir, 'photos', county, id.slice(0, 2), `${id}-full.webp`))
    assert.equal((await file(id, (await ticketOf()).ticket, 'full')).statusCode, 404)
  })
})
