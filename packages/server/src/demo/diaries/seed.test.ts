import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { DiaryPage, PhotoTicket } from '@minqing/core'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { seedDiaries } from './seed.ts'

let server: TestApp
const end = new Date('2026-11-24T08:00:00Z')
before(async () => {
  server = await createTestApp()
})
after(() => server.close())

const count = async (table: string) =>
  Number((await server.owner.query<{ count: string }>(`select count(*) from ${table}`)).rows[0]?.count)

test('a first run fills the database and tells how far it is; a second one changes nothing', async () => {
  const progress: number[] = []
  const seed = () =>
    seedDiaries(server.databaseUrl, {
      diaries: 800,
      end,
      dataDir: server.dataDir,
      onProgress: (done) => progress.push(done),
    })
  assert.equal(await seed(), true)
  assert.equal(progress.at(-1), 800)
  const before = await count('diary_comment')
  assert.equal(await seed(), false)
  assert.equal(await count('diary'), 800)
  assert.equal(await count('diary_comment'), before)
})

test('what was filled in reads like what was written: wire, columns, counts and index agree', async () => {
  const wrong = await server.owner.query(
    `select d.id from diary d where
      (d.wire::json ->> 'id')::uuid <> d.id or d.wire::json ->> 'text' <> d.text
      or (d.wire::json ->> 'createdAt')::timestamptz <> d.created_at
      or d.comment_count <> (select count(*) from diary_comment c where c.county = d.county and c.diary_id = d.id)
      or d.useful_count <> (select count(*) from diary_useful u where u.county = d.county and u.diary_id = d.id)`,
  )
  assert.deepEqual(wrong.rows, [])
  const reader = { grants: [{ role: 'auditor' as const, area: '330683' }] }
  const path = `GET /v1/diaries?area=330683&q=${encodeURIComponent('老人')}` as const
  assert.equal((await server.ask(path, { as: reader })).json<DiaryPage>().items.length, 50)
})

test('some of the newest diaries have photos, which the server shows', async () => {
  const as = { grants: [{ role: 'auditor' as const, area: '330683' }] }
  const page = (await server.ask('GET /v1/diaries?area=330683&kind=visit', { as })).json<DiaryPage>()
  const photos = page.items.flatMap((item) => item.photos)
  assert.equal(photos.length, 8)
  const { ticket } = (await server.ask('GET /v1/photo-ticket', { as })).json<PhotoTicket>()
  for (const { id } of photos) {
    const path = `GET /v1/photos/${id}/thumb?ticket=${encodeURIComponent(ticket)}` as const
    const file = await server.ask(path, { as: null })
    assert.equal(file.statusCode, 200, file.body)
    assert.equal(file.headers['content-type'], 'image/webp')
  }
})

test('a large fill makes the same indexes as a small one', async () => {
  const indexes = async (app: TestApp) =>
    (
      await app.owner.query<{ indexdef: string }>(
        `select indexdef from pg_indexes where tablename = 'diary' order by 1`,
      )
    ).rows
  const large = await createTestApp()
  try {
    await seedDiaries(large.databaseUrl, { diaries: 2000, end, indexAfter: 1000 })
    assert.deepEqual(await indexes(large), await indexes(server))
  } finally {
    await large.close()
  }
})
