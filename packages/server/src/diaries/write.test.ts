import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Diary, DiaryRevision, DiaryLiveEvent } from '@minqing/core'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { testVillage } from '../testing/tokens.ts'
import { auditor, chen, comment, li, newDiary, refused, stranger, wang, write } from './testing/officers.ts'

let server: TestApp
let now = new Date('2026-11-24T08:00:00.000Z')
before(async () => {
  server = await createTestApp()
})
after(() => server.close())

const count = async (id: string) =>
  Number(
    (await server.owner.query<{ count: string }>('select count(*) from diary where id = $1', [id])).rows[0]
      ?.count,
  )
/** How much there is of everything that a write could add to. */
const written = async () =>
  (
    await server.owner.query<Record<string, string>>(
      `select (select count(*) from diary) as diaries, (select count(*) from diary_revision) as revisions,
        (select count(*) from idempotency_key) as keys, (select count(*) from live_event) as events,
        (select md5(string_agg(wire, '' order by id)) from diary) as content`,
    )
  ).rows[0]
const eventsOf = async (id: string): Promise<DiaryLiveEvent[]> => {
  const { rows } = await server.owner.query<{ data: string }>(
    `select data from live_event where data::json ->> 'diaryId' = $1 order by xid, seq`,
    [id],
  )
  return rows.map(({ data }) => JSON.parse(data) as DiaryLiveEvent)
}

test('a diary is written, read back the same, and told as an event', async () => {
  const body = newDiary({
    visited: ['王大爷'],
    place: { name: '村口', longitude: 120.123456, latitude: 29.654321, precision: 'grid' },
  })
  const created = await server.ask('POST /v1/diaries', { as: chen, body })
  assert.equal(created.statusCode, 201, created.body)
  assert.equal(created.headers['etag'], '"1"')
  assert.equal(created.headers['location'], `/v1/diaries/${body.id}`)
  const diary = created.json<Diary>()
  assert.match(diary.area.name, /^甘霖镇 /)
  assert.deepEqual(diary.tags, ['走访'])
  assert.deepEqual(diary.author, { id: 'chen', name: '陈立军', title: '驻村干部' })
  assert.deepEqual(diary.place, { name: '村口', longitude: 120.12, latitude: 29.65, precision: 'grid' })
  const read = await server.ask(`GET /v1/diaries/${body.id}`, { as: wang })
  assert.equal(read.body, created.body)
  const events = await eventsOf(body.id)
  assert.deepEqual(
    events.map(({ type, area, actor, diary: told }) => [type, area, actor, told]),
    [['diary.created', testVillage, 'chen', diary]],
  )
})

test('[D1] the same diary sent again is one diary; another under its id is refused', async () => {
  const body = newDiary()
  const first = await server.ask('POST /v1/diaries', { as: chen, body })
  const again = await server.ask('POST /v1/diaries', { as: chen, body })
  assert.equal(again.statusCode, 201)
  assert.equal(again.body, first.body)
  assert.equal(await count(body.id), 1)
  assert.equal((await eventsOf(body.id)).length, 1)
  refused(
    await server.ask('POST /v1/diaries', { as: chen, body: { ...body, text: '另一篇' } }),
    409,
    'id_taken',
  )
  refused(
    await server.ask('POST /v1/diaries', { as: li, body: { ...body, area: '330683102201' } }),
    409,
    'id_taken',
  )
  // even after an edit the late twin of the first send is recognized
  const change = { as: chen, headers: { 'if-match': '"1"' }, body: { text: '改过了' } }
  assert.equal((await server.ask(`PATCH /v1/diaries/${body.id}`, change)).statusCode, 200)
  const late = await server.ask('POST /v1/diaries', { as: chen, body })
  assert.equal(late.statusCode, 201)
  assert.equal(late.headers['etag'], '"2"')
})

test('[D3] a time from a wrong phone clock becomes the time of arrival', async () => {
  const honest = new Date(Date.now() - 3 * 3_600_000).toISOString()
  assert.equal((await write(server, { writtenAt: honest })).writtenAt, honest)
  const future = await write(server, { writtenAt: '2099-01-01T00:00:00Z' })
  assert.equal(future.writtenAt, future.createdAt)
})

test('an area outside the scope, or none at all, is not found and nothing is written', async () => {
  for (const area of ['330683102201', '330604001', '330683100299', '33']) {
    const body = newDiary({ area })
    refused(await server.ask('POST /v1/diaries', { as: chen, body }), 404, 'area_not_found')
    assert.equal(await count(body.id), 0)
  }
  refused(await server.ask('POST /v1/diaries', { as: auditor, body: newDiary() }), 403, 'forbidden')
})

test('every field over its limit is refused with its path', async () => {
  const bad: [string, object][] = [
    ['/text', { text: '长'.repeat(5001) }],
    ['/text', { text: ' \n ' }],
    ['/text', { text: '\0' }],
    ['/text', { text: 'a\ud800b' }],
    ['/kind', { kind: 'gossip' }],
    ['/area', { area: '33068' }],
    ['/visited', { visited: Array.from({ length: 21 }, () => '王') }],
    ['/visited/0', { visited: ['王'.repeat(41)] }],
    ['/visited/0', { visited: [' '] }],
    ['/photos', { photos: Array.from({ length: 10 }, () => randomUUID()) }],
    ['/photos', { photos: Array.from({ length: 2 }, () => '0190a000-0000-7000-8000-000000000001') }],
    ['/place/longitude', { place: { longitude: 181, latitude: 0, precision: 'exact' } }],
    ['/place/latitude', { place: { longitude: 0, latitude: -91, precision: 'exact' } }],
    ['/place/name', { place: { name: '村'.repeat(81), precision: 'exact' } }],
    ['/place/precision', { place: { name: '村口', precision: 'street' } }],
    ['/writtenAt', { writtenAt: 'yesterday' }],
    ['/id', { id: 'x' }],
    ['/extra', { extra: 1 }],
  ]
  const { id } = await write(server)
  const before = await written()
  const edit = (body: object) =>
    server.ask(`PATCH /v1/diaries/${id}`, { as: chen, body, headers: { 'if-match': '"1"' } })
  for (const [path, change] of bad) {
    const create = await server.ask('POST /v1/diaries', { as: chen, body: { ...newDiary(), ...change } })
    const answers = path === '/id' ? [create] : [create, await edit(change)]
    for (const answer of answers) {
      const problem = refused(answer, 400, 'invalid_input')
      assert.ok(
        problem.fields?.some((field) => field.path === path),
        `${path}: ${answer.body}`,
      )
    }
  }
  const unknown = newDiary({ photos: [randomUUID()] })
  refused(await server.ask('POST /v1/diaries', { as: chen, body: unknown }), 422, 'photo_unknown')
  refused(await edit({ text: '换了照片', photos: unknown.photos }), 422, 'photo_unknown')
  assert.deepEqual(await written(), before)
})

test('[D4] an edit needs the version seen, keeps the state before, and is for the author alone', async () => {
  const { id } = await write(server)
  const patch = (version: string | undefined, body: object, as = chen) =>
    server.ask(`PATCH /v1/diaries/${id}`, { as, body, headers: version ? { 'if-match': version } : {} })
  refused(await patch(undefined, { text: 'a' }), 428, 'version_required')
  refused(await patch('"1"', { text: 'a' }, wang), 403, 'forbidden')
  refused(await patch('"1"', { text: 'a' }, stranger), 404, 'not_found')
  refused(await patch('"1"', {}), 400, 'invalid_input')
  const edited = await patch('"1"', { text: '第二版 #新', place: null, kind: 'idea' })
  assert.equal(edited.statusCode, 200, edited.body)
  assert.equal(edited.headers['etag'], '"2"')
  assert.deepEqual(edited.json<Diary>().tags, ['新'])
  const before = await written()
  const stale = await patch('"1"', { text: '第三版' })
  refused(stale, 412, 'version_conflict')
  assert.equal(stale.headers['etag'], '"2"')
  const deletion = { as: chen, headers: { 'if-match': '"1"' } }
  refused(await server.ask(`DELETE /v1/diaries/${id}`, deletion), 412, 'version_conflict')
  assert.deepEqual(await written(), before)
  const past = await server.ask(`GET /v1/diaries/${id}/revisions`, { as: wang })
  const revisions = past.json<{ items: DiaryRevision[] }>().items
  assert.deepEqual(
    revisions.map(({ version, kind, text }) => [version, kind, text]),
    [[1, 'visit', newDiary().text]],
  )
})

test('two edits at the same moment: one is made, the other is told of the conflict', async () => {
  const { id } = await write(server)
  const answers = await Promise.all(
    ['甲', '乙', '丙'].map((text) =>
      server.ask(`PATCH /v1/diaries/${id}`, { as: chen, body: { text }, headers: { 'if-match': '"1"' } }),
    ),
  )
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [200, 412, 412])
})

test('[D6] a deleted diary is gone for everyone and comes back for 30 days', async () => {
  const clocked = await createTestApp({ clock: () => now })
  try {
    const diary = await write(clocked, {}, chen)
    const removed = await clocked.ask(`DELETE /v1/diaries/${diary.id}`, {
      as: chen,
      headers: { 'if-match': '"1"' },
    })
    assert.equal(removed.statusCode, 204)
    refused(await clocked.ask(`GET /v1/diaries/${diary.id}`, { as: chen }), 404, 'not_found')
    const list = await clocked.ask(`GET /v1/diaries?area=${testVillage}`, { as: chen })
    assert.deepEqual(list.json<{ items: Diary[] }>().items, [])
    refused(await clocked.ask(`POST /v1/diaries/${diary.id}/restore`, { as: li }), 404, 'not_found')
    const restored = await clocked.ask(`POST /v1/diaries/${diary.id}/restore`, { as: chen })
    assert.equal(restored.statusCode, 200)
    assert.deepEqual(restored.json(), diary)
    await clocked.ask(`DELETE /v1/diaries/${diary.id}`, { as: chen, headers: { 'if-match': '"1"' } })
    now = new Date(now.getTime() + 31 * 86_400_000)
    refused(await clocked.ask(`POST /v1/diaries/${diary.id}/restore`, { as: chen }), 409, 'undo_expired')
  } finally {
    await clocked.close()
  }
})

test('[D7] only the author accepts, only on a question, and only a living comment of it', async () => {
  const question = await write(server, { kind: 'help', text: '请教大家' })
  const answer = await comment(server, question.id)
  const accept = (id: string, body: object, as = chen) =>
    server.ask(`PUT /v1/diaries/${id}/accepted-answer`, { as, body })
  refused(await accept(question.id, { comment: answer.id }, wang), 403, 'forbidden')
  refused(await accept(question.id, { comment: randomUUID() }), 404, 'not_found')
  const visit = await write(server)
  const remark = await comment(server, visit.id)
  refused(await accept(visit.id, { comment: remark.id }), 409, 'not_a_help_request')
  refused(await accept(question.id, { comment: remark.id }), 404, 'not_found')
  const accepted = await accept(question.id, { comment: answer.id })
  assert.equal(accepted.json<Diary>().acceptedAnswer, answer.id)
  assert.equal(accepted.json<Diary>().version, 1, 'an answer is no edit')
  await server.ask(`DELETE /v1/diaries/${question.id}/comments/${answer.id}`, { as: wang })
  const after = (await server.ask(`GET /v1/diaries/${question.id}`, { as: chen })).json<Diary>()
  assert.equal(after.acceptedAnswer, null)
  assert.equal(after.commentCount, 0)
})

test('[D7] an acceptance can be taken back, and ends when the question becomes something else', async () => {
  const question = await write(server, { kind: 'help', text: '请教大家' })
  const answer = await comment(server, question.id)
  const path = `/v1/diaries/${question.id}/accepted-answer` as const
  await server.ask(`PUT ${path}`, { as: chen, body: { comment: answer.id } })
  assert.equal((await server.ask(`DELETE ${path}`, { as: chen })).json<Diary>().acceptedAnswer, null)
  await server.ask(`PUT ${path}`, { as: chen, body: { comment: answer.id } })
  const change = { as: chen, body: { kind: 'idea' }, headers: { 'if-match': '"1"' } }
  const edited = await server.ask(`PATCH /v1/diaries/${question.id}`, change)
  assert.equal(edited.json<Diary>().acceptedAnswer, null)
})

test("[D8] a useful mark counts once per person and never on one's own", async () => {
  const { id } = await write(server)
  const mark = (as = wang) => server.ask(`PUT /v1/diaries/${id}/useful`, { as })
  refused(await mark(chen), 422, 'own_diary')
  refused(await mark(auditor), 403, 'forbidden')
  await Promise.all([mark(), mark(), mark(li)])
  const marked = (await mark()).json<Diary>()
  assert.equal(marked.usefulCount, 2)
  const ids = [id, randomUUID(), '-'.repeat(36)].join(',')
  const marks = async (as: typeof wang) =>
    (await server.ask(`GET /v1/useful-marks?ids=${ids}`, { as })).json<{ items: string[] }>().items
  assert.deepEqual(await marks(wang), [id])
  assert.deepEqual(await marks(chen), [])
  const unmark = () => server.ask(`DELETE /v1/diaries/${id}/useful`, { as: wang })
  assert.equal((await unmark()).json<Diary>().usefulCount, 1)
  assert.equal((await unmark()).json<Diary>().usefulCount, 1)
})

test('a full disk of the database is a reason to try again later, and nothing is written', async () => {
  await server.owner.query(`
    create function disk_full() returns trigger language plpgsql as $$
    begin raise exception 'No space left on device' using errcode = '53100'; end $$;
    create trigger disk_full before insert on live_event for each row execute function disk_full()`)
  try {
    const before = await written()
    const answer = await server.ask('POST /v1/diaries', { as: chen, body: newDiary() })
    refused(answer, 503, 'unavailable')
    assert.equal(answer.headers['retry-after'], '2')
    assert.deepEqual(await written(), before)
  } finally {
    await server.owner.query('drop function disk_full cascade')
  }
})

test('HTML in a text stays the text that it is', async () => {
  const text = '<img src=x onerror=alert(1)> & "引号" \\ %_'
  const { id } = await write(server, { text })
  const read = await server.ask(`GET /v1/diaries/${id}`, { as: chen })
  assert.equal(read.json<Diary>().text, text)
  assert.match(String(read.headers['content-type']), /^application\/json/)
})
