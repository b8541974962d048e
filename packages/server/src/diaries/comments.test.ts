import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Comment, CommentPage, Diary } from '@minqing/core'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { auditor, chen, comment, li, refused, stranger, wang, write } from './testing/officers.ts'

let server: TestApp
before(async () => {
  server = await createTestApp()
})
after(() => server.close())

const countOf = async (id: string) =>
  (await server.ask(`GET /v1/diaries/${id}`, { as: chen })).json<Diary>().commentCount
const list = async (id: string, query = '') =>
  (await server.ask(`GET /v1/diaries/${id}/comments${query}`, { as: chen })).json<CommentPage>()

test('comments come oldest first, page by page, each once', async () => {
  const { id } = await write(server)
  const made: Comment[] = []
  for (let at = 0; at < 7; at++) made.push(await comment(server, id, at % 2 ? wang : li, `第${at}条`))
  // all at one moment: the id decides
  await server.owner.query('update diary_comment set created_at = $1 where diary_id = $2', [new Date(), id])
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: CommentPage = await list(id, `?limit=3${cursor && `&cursor=${cursor}`}`)
    seen.push(...page.items.map((item) => item.id))
    cursor = page.next
  }
  assert.deepEqual(seen, made.map((item) => item.id).sort())
  assert.equal(await countOf(id), 7)
})

test('a comment sent twice is one; its id under another text is refused', async () => {
  const { id } = await write(server)
  const body = { id: randomUUID(), text: '收到' }
  const send = (more = {}) =>
    server.ask(`POST /v1/diaries/${id}/comments`, { as: wang, body: { ...body, ...more } })
  const [first, second] = [await send(), await send()]
  assert.equal(first.statusCode, 201)
  assert.equal(second.body, first.body)
  assert.equal(await countOf(id), 1)
  refused(await send({ text: '别的' }), 409, 'id_taken')
})

test('comments written at the same moment are all counted', async () => {
  const { id } = await write(server)
  await Promise.all(Array.from({ length: 8 }, (_, at) => comment(server, id, at % 2 ? wang : li)))
  assert.equal(await countOf(id), 8)
})

test('[D6] only its author takes a comment away and brings it back', async () => {
  const { id } = await write(server)
  const remark = await comment(server, id, wang)
  const path = `/v1/diaries/${id}/comments/${remark.id}` as const
  refused(await server.ask(`DELETE ${path}`, { as: chen }), 403, 'forbidden')
  assert.equal((await server.ask(`DELETE ${path}`, { as: wang })).statusCode, 204)
  refused(await server.ask(`DELETE ${path}`, { as: wang }), 404, 'not_found')
  assert.deepEqual((await list(id)).items, [])
  assert.equal(await countOf(id), 0)
  refused(await server.ask(`POST ${path}/restore`, { as: chen }), 404, 'not_found')
  const restored = await server.ask(`POST ${path}/restore`, { as: wang })
  assert.deepEqual(restored.json(), remark)
  assert.equal(await countOf(id), 1)
  await server.ask(`DELETE ${path}`, { as: wang })
  await server.owner.query(`update diary_comment set deleted_at = now() - interval '31 days' where id = $1`, [
    remark.id,
  ])
  refused(await server.ask(`POST ${path}/restore`, { as: wang }), 409, 'undo_expired')
})

test('bad comments and bad places are refused', async () => {
  const { id } = await write(server)
  const send = (body: object, as = wang) => server.ask(`POST /v1/diaries/${id}/comments`, { as, body })
  refused(await send({ id: randomUUID(), text: 'x'.repeat(1001) }), 400, 'invalid_input')
  refused(await send({ id: randomUUID(), text: '  ' }), 400, 'invalid_input')
  refused(await send({ id: randomUUID(), text: '看不见' }, stranger), 404, 'not_found')
  refused(await send({ id: randomUUID(), text: '只能看' }, auditor), 403, 'forbidden')
  refused(await server.ask(`GET /v1/diaries/${id}/comments?cursor=abc`, { as: chen }), 400, 'cursor_invalid')
  refused(await server.ask(`GET /v1/diaries/${randomUUID()}/comments`, { as: chen }), 404, 'not_found')
  assert.equal(await countOf(id), 0)
})
