import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { FieldProblem } from '@minqing/core'
import { createTestApp, type TestApp, type TestRequest } from '../testing/app.ts'

let server: TestApp
before(async () => {
  server = await createTestApp()
})
after(() => server.close())

interface Answer {
  code: string
  title: string
  fields?: FieldProblem[]
}

async function problem(route: `${string} /${string}`, request: TestRequest, status: number): Promise<Answer> {
  const answer = await server.ask(route, request)
  assert.equal(answer.statusCode, status, answer.body)
  assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
  assert.equal(answer.headers['cache-control'], 'no-store')
  return answer.json<Answer>()
}

const id = '0190a000-0000-7000-8000-000000000001'
const diary = { id, area: '330683100201', kind: 'visit', text: '走访' }
const json = { 'content-type': 'application/json' }

describe('input', () => {
  it('is refused with the places and rules that it broke, all at once, and never its values', async () => {
    const secret = '王秀英13800000000'
    const wrong = {
      ...diary,
      kind: secret,
      text: ' ',
      photos: [secret],
      place: { longitude: 181, precision: 'exact' },
    }
    const answer = await problem('POST /v1/diaries', { body: { ...wrong, note: secret } }, 400)
    assert.equal(answer.code, 'invalid_input')
    const found = Object.fromEntries(answer.fields!.map(({ path, rule, limit }) => [path, [rule, limit]]))
    assert.deepEqual(found['/kind'], ['enum', undefined])
    assert.deepEqual(found['/text'], ['pattern', undefined])
    assert.deepEqual(found['/photos/0'], ['pattern', undefined])
    assert.deepEqual(found['/place/longitude'], ['maximum', 180])
    assert.deepEqual(found['/note'], ['additionalProperties', undefined])
    assert.doesNotMatch(JSON.stringify(answer), new RegExp(secret))
  })

  it('names what is missing and what is too long', async () => {
    const missing = await problem('POST /v1/diaries', { body: {} }, 400)
    assert.deepEqual(missing.fields!.map(({ path, rule }) => `${path} ${rule}`).sort(), [
      '/area required',
      '/id required',
      '/kind required',
      '/text required',
    ])
    const none = await problem('POST /v1/diaries', {}, 400)
    assert.deepEqual(none.fields, missing.fields, 'no body is an empty one')
    const long = await problem('POST /v1/diaries', { body: { ...diary, text: '字'.repeat(5001) } }, 400)
    assert.deepEqual(long.fields, [{ path: '/text', rule: 'maxLength', limit: 5000 }])
  })

  it('takes query values as they are: integers in digits, each name once, no name unknown', async () => {
    const fields = async (query: string) =>
      (await problem(`GET /v1/diaries?area=330683&${query}`, {}, 400)).fields!.map(
        ({ path, rule }) => `${path} ${rule}`,
      )
    assert.deepEqual(await fields('limit=101'), ['/limit maximum'])
    for (const limit of ['0x10', '1e1', '', '5.0', ' 5', 'true']) {
      assert.deepEqual(await fields(`limit=${encodeURIComponent(limit)}`), ['/limit type'], limit)
    }
    assert.deepEqual(await fields('area=330683'), ['/area type'])
    assert.deepEqual(await fields('nonsense=1'), ['/nonsense additionalProperties'])
    assert.deepEqual((await problem('GET /v1/me?x=1', {}, 400)).fields, [
      { path: '/x', rule: 'additionalProperties' },
    ])
  })

  it('has moments that exist', async () => {
    for (const from of [
      'yesterday',
      '2026-02-30T00:00:00Z',
      '2026-02-28T00:00:00%2B16:00',
      '2026-02-28T00:00:00-23:59',
      '2026-01-01',
      '2016-12-31T23:59:60Z',
      '0000-01-01T00:00:00Z',
    ]) {
      const answer = await problem(`GET /v1/diaries?area=330683&from=${from}`, {}, 400)
      assert.deepEqual(answer.fields, [{ path: '/from', rule: 'format', limit: 'date-time' }], from)
    }
  })

  it('has text that PostgreSQL can hold', async () => {
    for (const text of ['a\u0000b', 'a\ud800b']) {
      const answer = await problem('POST /v1/diaries', { body: { ...diary, text } }, 400)
      assert.deepEqual(answer.fields, [{ path: '/text', rule: 'wellFormed' }])
    }
    const query = await problem('GET /v1/areas?q=%00', {}, 400)
    assert.deepEqual(query.fields, [{ path: '/q', rule: 'wellFormed' }])
  })

  it('is JSON, of bounded size, and says so', async () => {
    const post = (body: string, headers: Record<string, string>) => ({ body, headers })
    assert.equal((await problem('POST /v1/diaries', post('{"id":', json), 400)).code, 'invalid_json')
    assert.equal((await problem('POST /v1/diaries', post('', json), 400)).code, 'invalid_input')
    assert.equal((await problem(`DELETE /v1/diaries/${id}`, post('', json), 428)).code, 'version_required')
    assert.equal(
      (await problem('POST /v1/diaries', post('{"__proto__":{}}', json), 400)).code,
      'invalid_json',
    )
    const big = post(JSON.stringify({ ...diary, text: '字'.repeat(30_000) }), json)
    assert.equal((await problem('POST /v1/diaries', big, 413)).code, 'body_too_large')
    const form = post('a=b', { 'content-type': 'application/x-www-form-urlencoded' })
    assert.equal((await problem('POST /v1/diaries', form, 415)).code, 'media_type_unsupported')
    assert.equal(
      (await problem('POST /v1/diaries', post('hello', { 'content-type': 'text/plain' }), 415)).code,
      'media_type_unsupported',
    )
  })

  it('has no body where none belongs', async () => {
    const answer = await problem(`PUT /v1/diaries/${id}/useful`, { body: { stars: 5 } }, 400)
    assert.equal(answer.code, 'invalid_input')
  })

  it('has a version where an edit needs one', async () => {
    const edit = (headers: Record<string, string>) => ({ headers, body: { text: '改' } })
    assert.equal((await problem(`PATCH /v1/diaries/${id}`, edit({}), 428)).code, 'version_required')
    for (const version of ['3', '*', 'W/"3"', '""', '"x"']) {
      const answer = await problem(`PATCH /v1/diaries/${id}`, edit({ 'if-match': version }), 400)
      assert.deepEqual(answer.fields, [{ path: '/If-Match', rule: 'pattern' }])
    }
    const huge = edit({ 'if-match': '"99999999999999999999"' })
    assert.equal((await problem(`PATCH /v1/diaries/${id}`, huge, 412)).code, 'version_conflict')
  })

  it('has an idempotency key on every POST', async () => {
    const post = (key: string) => ({ body: diary, headers: { 'idempotency-key': key } })
    assert.equal((await problem('POST /v1/diaries', post(''), 400)).code, 'idempotency_key_missing')
    for (const key of ['short', 'k'.repeat(101), 'with blank in it', '钥匙钥匙钥匙钥匙']) {
      const answer = await problem('POST /v1/diaries', post(key), 400)
      assert.deepEqual(answer.fields, [{ path: '/Idempotency-Key', rule: 'pattern' }])
    }
  })

  it('is looked at after the caller: who may not come in learns nothing about it', async () => {
    assert.equal(
      (await problem('POST /v1/diaries', { as: null, body: 'x', headers: json }, 401)).code,
      'unauthenticated',
    )
    const resident = { grants: [{ role: 'resident' as const, area: '330683' }] }
    assert.equal((await problem('POST /v1/diaries', { as: resident, body: {} }, 403)).code, 'forbidden')
  })

  it('that makes no sense as an address is not found', async () => {
    assert.equal((await problem('GET /v1/areas/%E0%A4%A', {}, 404)).code, 'not_found')
    assert.equal((await problem(`GET /v1/areas/${'1'.repeat(500)}`, {}, 400)).code, 'invalid_input')
  })

  it('decides the language of the title', async () => {
    const chinese = await problem('GET /v1/areas/1', {}, 400)
    assert.match(chinese.title, /填写/)
    const english = await problem(
      'GET /v1/areas/1',
      { headers: { 'accept-language': 'en-GB,zh;q=0.5' } },
      400,
    )
    assert.match(english.title, /^The input/)
  })
})
