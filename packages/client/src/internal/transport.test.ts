import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { createClient } from '../client.ts'
import { isMinqingError, type MinqingErrorCode } from '../errors.ts'

type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** An HTTP server that answers as told, one answer per request: the network's bad days cannot be had from a good one. */
async function scripted(...answers: Answer[]) {
  const seen: IncomingMessage[] = []
  const server = createServer((request, response) => {
    seen.push(request)
    request.resume()
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!
    answer(response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  after(close)
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let tokens = 0
  const mq = createClient({ baseUrl, getToken: () => `token-${++tokens}` })
  return { mq, seen, close }
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
const problem = (status: number, code: string, headers?: Record<string, string>) =>
  json(status, { code, status, titles: { 'zh-CN': code, en: code } }, headers)
const html =
  (status: number): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'text/html' }).end('<p>请先登录网络')
const cut: Answer = (response) => response.destroy()

const failsWith = (work: Promise<unknown>, code: MinqingErrorCode) =>
  assert.rejects(work, (error) => {
    assert.ok(isMinqingError(error), String(error))
    assert.equal(error.code, code)
    return true
  })

const id = '0b6f6c2e-7d0c-4a39-9f6e-0d9e6f0c1a11'
const diary = { id, area: '330683001', kind: 'visit', text: '走访' } as const

test('a broken connection and a busy server are tried again, a POST under the same key', async () => {
  const { mq, seen } = await scripted(
    cut,
    problem(503, 'unavailable', { 'retry-after': '0' }),
    json(201, { id }),
  )
  assert.deepEqual(await mq.diaries.create(diary), { id })
  assert.equal(seen.length, 3)
  const keys = new Set(seen.map((request) => request.headers['idempotency-key']))
  assert.equal(keys.size, 1)
  assert.match(String([...keys][0]), /^[0-9a-f-]{36}$/)
})

test('a server that asks to wait for minutes is not waited for: the caller is told at once for how long', async () => {
  const { mq, seen } = await scripted(problem(429, 'rate_limited', { 'retry-after': '600' }))
  const began = performance.now()
  await assert.rejects(mq.diaries.create(diary), (error) => {
    assert.ok(isMinqingError(error, 'rate_limited'))
    assert.equal(error.retryAfterMs, 600_000)
    return true
  })
  assert.ok(performance.now() - began < 5_000)
  assert.equal(seen.length, 1)
})

test('a request that is still being handled elsewhere is asked for again', async () => {
  const { mq, seen } = await scripted(problem(409, 'idempotency_in_flight'), json(201, { id }))
  await mq.diaries.create(diary)
  assert.equal(seen.length, 2)
})

test('a refusal is final', async () => {
  const { mq, seen } = await scripted(problem(409, 'id_taken'))
  await failsWith(mq.diaries.create(diary), 'id_taken')
  assert.equal(seen.length, 1)
})

test('a change whose answer was lost is not repeated: it would meet itself', async () => {
  const { mq, seen } = await scripted(cut)
  await failsWith(mq.diaries.edit({ id, text: '改' }, { version: 3 }), 'offline')
  assert.equal(seen.length, 1)
  assert.equal(seen[0]!.headers['if-match'], '"3"')
})

test('a refused token is refreshed once; a second refusal is told', async () => {
  const { mq, seen } = await scripted(
    problem(401, 'token_expired'),
    json(200, { id: 'p' }),
    problem(401, 'token_invalid'),
  )
  assert.deepEqual(await mq.me.get(), { id: 'p' })
  assert.deepEqual(
    seen.map((request) => request.headers.authorization),
    ['Bearer token-1', 'Bearer token-2'],
  )
  await failsWith(mq.me.get(), 'token_invalid')
  assert.equal(seen.length, 4)
})

test('a login page of the network is no answer', async () => {
  const { mq } = await scripted(html(200))
  await failsWith(mq.me.get(), 'bad_response')
  const other = await scripted(html(403))
  await failsWith(other.mq.me.get(), 'bad_response')
})

test('a silent server ends in timeout, a closed one in offline', async () => {
  const { mq, close } = await scripted(() => undefined)
  await failsWith(mq.diaries.create(diary, { timeoutMs: 100 }), 'timeout')
  close()
  await failsWith(mq.me.get(), 'offline')
})

test('a call ends at once when its signal or the client says so', async () => {
  const { mq } = await scripted(() => undefined)
  const controller = new AbortController()
  const call = mq.me.get(undefined, { signal: controller.signal })
  setTimeout(() => controller.abort(), 50)
  await failsWith(call, 'aborted')
  const waiting = mq.me.get()
  setTimeout(() => void mq.close(), 50)
  await failsWith(waiting, 'aborted')
})

test('a call ends at once though the host has not yet given a token', async () => {
  const mq = createClient({ baseUrl: 'http://127.0.0.1:1', getToken: () => new Promise(() => undefined) })
  const controller = new AbortController()
  const call = mq.me.get(undefined, { signal: controller.signal })
  setTimeout(() => controller.abort(), 50)
  await failsWith(call, 'aborted')
  const waiting = mq.me.get()
  await mq.close()
  await failsWith(waiting, 'aborted')
})

test('pages are read one after the other while the loop runs', async () => {
  const page = (items: string[], next: string | null) => json(200, { items, next, previous: null })
  const { mq, seen } = await scripted(page(['a', 'b'], 'c1'), page([], 'c2'), page(['c'], null))
  const items: unknown[] = []
  for await (const item of mq.diaries.list({ area: '330683', limit: 2 })) items.push(item)
  assert.deepEqual(items, ['a', 'b', 'c'])
  assert.deepEqual(
    seen.map((request) => request.url),
    ['', '&cursor=c1', '&cursor=c2'].map((more) => `/v1/diaries?area=330683&limit=2${more}`),
  )
})

test('operations of the demo ask for no token', async () => {
  const { mq, seen } = await scripted(json(200, { items: [] }))
  await mq.demo.personas()
  assert.equal(seen[0]!.headers.authorization, undefined)
})
