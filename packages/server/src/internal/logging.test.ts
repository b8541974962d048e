import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { createTestApp, type TestApp } from '../testing/app.ts'

let server: TestApp
let text = ''
const logStream = new Writable({
  write(chunk: Buffer, _encoding, done) {
    text += chunk.toString()
    done()
  },
})
before(async () => {
  server = await createTestApp({ logLevel: 'trace', logStream })
})
after(() => server.close())

const lines = () =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

describe('the log', () => {
  it('has one JSON line for a request, which its problem names', async () => {
    const answer = await server.ask('GET /v1/areas/999999')
    const { instance } = answer.json<{ instance: string }>()
    const line = lines().find(({ reqId }) => reqId === instance)!
    const { level, method, route, path, status, ms, msg } = line
    assert.deepEqual(
      [level, method, route, path, status, msg],
      ['info', 'GET', '/v1/areas/:code', '/v1/areas/999999', 404, 'request'],
    )
    assert.equal(typeof ms, 'number')
  })

  it('holds no tokens, tickets, search words, bodies or names, whatever happens', async () => {
    const token = await server.signer.sign({ name: '秘密姓名', sub: 'secret-subject' })
    const secret = 'Geheim-4711'
    await server.ask(`GET /v1/areas?q=${secret}`, { as: token })
    await server.ask(`GET /v1/photos/0190a000-0000-7000-8000-000000000001/thumb?ticket=${secret.repeat(3)}`, {
      as: null,
    })
    await server.ask('POST /v1/diaries', { as: token, body: { text: secret } })
    await server.ask('POST /v1/diaries', {
      as: token,
      body: `{"${secret}`,
      headers: { 'content-type': 'application/json' },
    })
    await server.ask(`GET /v1/${secret}?${secret}`.replace(`/${secret}?`, '/x?') as 'GET /', {
      as: `${secret}.b.c`,
    })
    server.app.log.info({ headers: { authorization: token }, token, photo: { ticket: secret } }, 'by hand')
    assert.ok(text.includes('by hand'))
    for (const word of [secret, token, token.split('.')[1]!, '秘密姓名', 'secret-subject']) {
      assert.ok(!text.includes(word), `the log holds ${word}`)
    }
  })

  it('tells the kind of a database error, not the values that PostgreSQL repeats', async () => {
    const secret = 'Geheim-0815'
    await server.owner.query('create table hold (name text primary key)')
    const insert = () => server.owner.query('insert into hold values ($1)', [secret])
    await insert()
    const error = await insert().then(
      () => undefined,
      (problem: unknown) => problem,
    )
    assert.match(String((error as { detail?: string }).detail), /Geheim/, 'PostgreSQL does repeat it')
    server.app.log.error({ err: error }, 'unexpected')
    const line = lines().find(({ msg }) => msg === 'unexpected')! as { err: Record<string, unknown> }
    assert.equal(line.err['code'], '23505')
    assert.equal(line.err['constraint'], 'hold_pkey')
    assert.ok(!text.includes(secret))
  })
})
