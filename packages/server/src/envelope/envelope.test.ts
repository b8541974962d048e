import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { EnvelopeAnswerSchema, type Envelope, type EnvelopeAnswer } from '@minqing/core'
import { Ajv } from 'ajv'
import { createTestApp, type TestApp } from '../testing/app.ts'

const village = '330683100201'
const portal = 'https://portal.example.gov.cn'
const isAnswer = new Ajv({ strict: false }).compile(EnvelopeAnswerSchema)

describe('envelopes', () => {
  let server: TestApp
  let token: string
  before(async () => {
    server = await createTestApp({ envelopes: true, allowedOrigins: [portal], rateLimits: { refused: 8 } })
    token = `Bearer ${await server.signer.sign({})}`
  })
  after(() => server.close())

  const post = (payload: object, headers: Record<string, string> = {}, remoteAddress?: string) =>
    server.app.inject({
      method: 'POST',
      url: '/v1/envelope',
      payload,
      headers,
      ...(remoteAddress === undefined ? {} : { remoteAddress }),
    })
  const send = async (
    envelope: Partial<Envelope>,
    headers?: Record<string, string>,
    from?: string,
  ): Promise<EnvelopeAnswer> => {
    const reply = await post({ method: 'GET', path: '/v1/me', headers: {}, ...envelope }, headers, from)
    assert.equal(reply.statusCode, 200, reply.body)
    const answer = reply.json<EnvelopeAnswer>()
    assert.ok(isAnswer(answer), JSON.stringify(isAnswer.errors))
    return answer
  }
  const codeOf = ({ body }: EnvelopeAnswer) => (JSON.parse(body!) as { code: string }).code
  const refusedWith = async (envelope: object, path: string) => {
    const reply = await post({ method: 'GET', path: '/v1/me', headers: {}, ...envelope })
    assert.equal(reply.statusCode, 400, `${JSON.stringify(envelope)} ${reply.body}`)
    const { code, fields } = reply.json<{ code: string; fields: { path: string }[] }>()
    assert.equal(code, 'invalid_input')
    assert.deepEqual(
      fields.map((field) => field.path),
      [path],
    )
  }

  test('are not there unless they are asked for', async () => {
    const without = await createTestApp()
    const reply = await without.app.inject({ method: 'POST', url: '/v1/envelope', payload: {} })
    assert.equal(reply.statusCode, 404)
    await without.close()
  })

  test('carry a request with its token, key and version, and its answer back', async () => {
    const id = randomUUID()
    const key = randomUUID()
    const create = () =>
      send({
        method: 'POST',
        path: '/v1/diaries',
        headers: { authorization: token, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({ id, area: village, kind: 'visit', text: '走访' }),
      })
    const [first, again] = [await create(), await create()]
    assert.deepEqual([first.status, again.headers['idempotency-replayed']], [201, 'true'])
    assert.equal(again.body, first.body)
    const change = (version: string) =>
      send({
        method: 'PATCH',
        path: `/v1/diaries/${id}`,
        headers: { authorization: token, 'content-type': 'application/json', 'if-match': version },
        body: JSON.stringify({ text: '改过' }),
      })
    assert.equal((await change('"1"')).status, 200)
    const late = await change('"1"')
    assert.deepEqual([late.status, codeOf(late)], [412, 'version_conflict'])
    assert.match(late.headers['content-type']!, /^application\/problem\+json/)
  })

  test('let in whom the request by itself would let in, and nobody else', async () => {
    const nobody = await send({})
    assert.deepEqual([nobody.status, codeOf(nobody)], [401, 'unauthenticated'])
    const foreign = await send({ headers: { authorization: token } }, { origin: 'https://evil.example' })
    assert.deepEqual([foreign.status, codeOf(foreign)], [403, 'origin_denied'])
    assert.equal((await send({ headers: { authorization: token } }, { origin: portal })).status, 200)
    // the post's own token opens nothing
    const outer = await send({}, { authorization: token })
    assert.equal(outer.status, 401)
    const bound = await server.signer.sign({ origins: ['https://other.example'] })
    const headers = { authorization: `Bearer ${bound}` }
    assert.equal((await send({ headers }, { origin: portal })).status, 403)
  })

  test('hold no other envelope, no stream, and no address but ours', async () => {
    const elsewhere = [
      '/v1/envelope',
      '/v1/%65nvelope',
      '/v1/envelope/',
      '/v1/events?area=330683',
      '/v1/%65vents?area=330683',
      '/v1/../openapi.json',
      '/v1/%2e%2e/openapi.json',
      '/v1/./envelope',
      '/v1//me',
      '/v1/\\..\\openapi.json',
      '/v1/%zz',
      '/v1/me;x',
      '/v1/me#x',
      '/openapi.json',
      'https://evil.example/v1/me',
      '//evil.example/v1/me',
      '/v1/me\r\nx: y',
      '/v1/走访',
    ]
    for (const path of elsewhere) await refusedWith({ path }, '/path')
    await refusedWith({ method: 'CONNECT' }, '/method')
    await refusedWith({ method: 'OPTIONS' }, '/method')
  })

  test('smuggle no header', async () => {
    for (const name of [
      'Authorization',
      'cookie',
      'x-forwarded-for',
      'x-forwarded-proto',
      'host',
      'origin',
      'transfer-encoding',
      'content-length',
      '__proto__x',
    ]) {
      await refusedWith({ headers: { [name]: 'x' } }, `/headers/${name}`)
    }
    await refusedWith({ headers: { accept: 'a\r\nauthorization: b' } }, '/headers/accept')
    await refusedWith({ headers: { accept: ['a'] } }, '/headers/accept')
  })

  test('hold one body or none, and none where the method has none', async () => {
    const sends = { method: 'POST', path: '/v1/diaries' }
    await refusedWith({ ...sends, body: '{}', bodyBase64: 'e30=' }, '/bodyBase64')
    await refusedWith({ body: '{}' }, '/body')
    await refusedWith({ ...sends, bodyBase64: '*' }, '/bodyBase64')
    await refusedWith({ ...sends, more: 1 }, '/more')
  })

  test('and what is in them are bounded', async () => {
    const headers = {
      authorization: token,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    }
    const large = await send({
      method: 'POST',
      path: '/v1/diaries',
      headers,
      body: `"${'x'.repeat(70_000)}"`,
    })
    assert.deepEqual([large.status, codeOf(large)], [413, 'body_too_large'])
    const reply = await post({ method: 'POST', path: '/v1/diaries', headers, body: 'x'.repeat(800 * 1024) })
    assert.equal(reply.statusCode, 413)
  })

  test('count for the address that sent them', async () => {
    const guess = (from: string) => send({ headers: { authorization: 'Bearer a.b.c' } }, {}, from)
    for (let n = 0; n < 8; n++) assert.equal((await guess('10.0.0.1')).status, 401)
    const next = await guess('10.0.0.1')
    assert.deepEqual([next.status, typeof next.headers['retry-after']], [429, 'string'])
    assert.equal((await guess('10.0.0.2')).status, 401)
  })

  test('a chunk leaves nothing behind, taken or refused', async () => {
    const tus = { authorization: token, 'tus-resumable': '1.0.0' }
    const photo = randomUUID()
    const told = { photo, area: village, filetype: 'image/jpeg' }
    const metadata = Object.entries(told).map(([name, value]) => `${name} ${btoa(value)}`)
    const begun = await send({
      method: 'POST',
      path: '/v1/uploads',
      headers: { ...tus, 'upload-length': '2000', 'upload-metadata': metadata.join() },
    })
    assert.deepEqual([begun.status, begun.headers.location], [201, `uploads/${photo}`])
    const missing = `/v1/uploads/${randomUUID()}`
    const chunk = Buffer.alloc(1000).toString('base64')
    const headers = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }
    const taken = await send({ method: 'PATCH', path: `/v1/uploads/${photo}`, headers, bodyBase64: chunk })
    assert.deepEqual([taken.status, taken.headers['upload-offset']], [204, '1000'])
    const refused = await send({ method: 'PATCH', path: missing, headers, bodyBase64: chunk })
    assert.equal(refused.status, 404)
    const head = await send({ method: 'HEAD', path: missing, headers: tus })
    assert.deepEqual([head.status, head.body], [404, undefined])
    // longer than a refused upload lingers
    await sleep(1100)
    assert.equal((await send({ headers: { authorization: token } })).status, 200)
  })
})
