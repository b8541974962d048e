import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClient } from '../client.ts'
import { isMinqingError } from '../errors.ts'
import { newId } from '../internal/id.ts'
import { memoryStore } from './testing/memory-store.ts'
import type { OutboxStore } from './store-contract.ts'

const area = '330683100201'
const token = `x.${btoa('{"sub":"author"}')}.y`
const json = { 'content-type': 'application/json' }

interface Asked {
  path: string
  body: { id: string; diary?: string; text?: string; solved?: string }
}

/** A server seen from the network: takes diaries, and answers to issues what the test says. */
function network(answerTo: (issue: Asked['body']) => [status: number, code?: string] | 'cut') {
  const asked: Asked[] = []
  const fetcher = async (input: RequestInfo | URL) => {
    const request = input as Request
    const body = (await request.json()) as Asked['body']
    const path = new URL(request.url).pathname
    asked.push({ path, body })
    const answer = path === '/v1/issues' ? answerTo(body) : ([201] as const)
    if (answer === 'cut') throw new TypeError('Failed to fetch')
    const [status, code] = answer
    const problem = { code, status, titles: { 'zh-CN': code, en: code } }
    return new Response(JSON.stringify(code ? problem : body), { status, headers: json })
  }
  return { asked, fetcher, paths: () => asked.map(({ path }) => path) }
}

/** A page with a client, and what it was told. */
function page(store: OutboxStore, fetcher: typeof fetch) {
  const mq = createClient({
    baseUrl: 'http://127.0.0.1:1',
    getToken: () => token,
    fetch: fetcher,
    outbox: { store, name: newId(), autoFlush: false },
  })
  const told: string[] = []
  mq.outbox.onSent(({ diary }) => told.push(`sent ${diary.text}`))
  mq.outbox.onForwarded(({ diary, issue }) => told.push(`forwarded ${diary.text} ${issue.id}`))
  return { mq, told }
}

const write = (mq: ReturnType<typeof page>['mq'], issueId: string) =>
  mq.outbox.enqueue({ area, kind: 'visit', text: '路灯不亮' }, [], {
    forward: { issueId, solved: '已换灯泡' },
  })

test('a diary that has arrived becomes an issue, once', async () => {
  const store = memoryStore()
  const { asked, fetcher } = network(() => [201])
  const { mq, told } = page(store, fetcher)
  const issueId = newId()
  const { id } = await write(mq, issueId)
  await mq.outbox.flush()
  await mq.outbox.flush()
  assert.deepEqual(asked.at(-1), { path: '/v1/issues', body: { id: issueId, diary: id, solved: '已换灯泡' } })
  assert.equal(asked.length, 2)
  assert.deepEqual(told, ['sent 路灯不亮', `forwarded 路灯不亮 ${issueId}`])
  assert.deepEqual(await store.list('author'), [])
  await mq.close()
})

test('a page that dies between the two goes on with the issue alone', async () => {
  const store = memoryStore()
  const issueId = newId()
  const first = network(() => 'cut')
  const dying = page(store, first.fetcher)
  await write(dying.mq, issueId)
  await dying.mq.outbox.flush()
  assert.deepEqual(dying.told, ['sent 路灯不亮'])
  await dying.mq.close()
  const [pair] = await store.list('author')
  assert.equal(pair!.entry.arrived?.text, '路灯不亮')

  const second = network(() => [201])
  const { mq, told } = page(store, second.fetcher)
  await mq.outbox.flush()
  assert.deepEqual(second.paths(), ['/v1/issues'])
  assert.deepEqual(told, [`forwarded 路灯不亮 ${issueId}`])
  assert.deepEqual(await store.list('author'), [])
  await mq.close()
})

for (const [status, code] of [
  [403, 'forbidden'],
  [404, 'not_found'],
  [422, 'category_unknown'],
] as const) {
  test(`a refusal of the forwarding (${code}) is kept and said; the diary was told as sent`, async () => {
    const store = memoryStore()
    let refuses = true
    const { fetcher, paths } = network(() => (refuses ? [status, code] : [201]))
    const { mq, told } = page(store, fetcher)
    const issueId = newId()
    const { id } = await write(mq, issueId)
    await mq.outbox.enqueue({ area, kind: 'visit', text: '下一篇' })
    await mq.outbox.flush()
    assert.deepEqual(told, ['sent 路灯不亮', 'sent 下一篇'])
    const [parked] = mq.outbox.state.parked
    assert.deepEqual([parked?.id, parked?.problem?.code, parked?.arrived?.id], [id, code, id])
    const edit = mq.outbox.edit(id, { area, kind: 'visit', text: '改' })
    await assert.rejects(edit, (error) => isMinqingError(error, 'entry_busy'))

    refuses = false
    await mq.outbox.retry(id)
    await mq.outbox.flush()
    assert.equal(told.at(-1), `forwarded 路灯不亮 ${issueId}`)
    assert.equal(paths().filter((path) => path === '/v1/diaries').length, 2)
    assert.deepEqual(mq.outbox.state.parked, [])
    await mq.close()
  })
}

test('a diary that somebody has forwarded meanwhile is an issue: nothing is left to do', async () => {
  const store = memoryStore()
  const { fetcher } = network(() => [409, 'diary_forwarded'])
  const { mq, told } = page(store, fetcher)
  await write(mq, newId())
  await mq.outbox.flush()
  assert.deepEqual(told, ['sent 路灯不亮'])
  assert.deepEqual(await store.list('author'), [])
  await mq.close()
})

test('a page of before this wish existed leaves the entry alone', async () => {
  const store = memoryStore()
  const { mq } = page(store, network(() => [201]).fetcher)
  await write(mq, newId())
  await mq.outbox.enqueue({ area, kind: 'visit', text: '没有上报' })
  const schemas = (await store.list('author')).map(({ entry }) => entry.schema)
  assert.deepEqual(schemas, [2, 1])
  await mq.close()
})
