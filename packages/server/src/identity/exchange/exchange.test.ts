import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import type { NewSession } from '@minqing/core'
import { SignJWT, decodeJwt } from 'jose'
import { createTestApp, type TestApp, type TestRequest } from '../../testing/app.ts'
import { testAudience } from '../../testing/tokens.ts'
import { importPeople, PeopleProblem } from './import.ts'
import { fakeDingtalk } from './testing/dingtalk.ts'
import type { FakeProvider } from './testing/fake-provider.ts'
import { fakeIssuer } from './testing/oidc.ts'
import { fakeZheliban } from './testing/zheliban.ts'
import { fakeZhezhengding } from './testing/zhezhengding.ts'

const portal = 'https://portal.example.cn'
const village = '330683100201'
const subjects = {
  zhezhengding: '196729',
  zheliban: 'u330',
  dingtalk: 'manager7',
  'oidc-code': 'sub-7',
  'oidc-token': 'sub-8',
} as const
type Name = keyof typeof subjects
const names = Object.keys(subjects) as Name[]

const people = `provider,subject,id,name,title,role,area,unit
${names.map((name) => `${name},${subjects[name]},u-20391,何秀英,驻村干部,villageOfficer,${village},`).join('\n')}
zhezhengding,196729,u-20391,何秀英,驻村干部,handler,330683,jianshe
dingtalk,left,u-2,离任,,villageOfficer,${village},
dingtalk,torn,u-3,一,,leader,330683,
dingtalk,torn,u-4,二,,leader,330604,
`

let server: TestApp
let fakes: Record<Name, FakeProvider>
let providers: Record<string, FakeProvider['options']>
let url: string
let log = ''
const logStream = new Writable({
  write(chunk: Buffer, _encoding, done) {
    log += chunk.toString()
    done()
  },
})

before(async () => {
  const timeoutMs = 1000
  fakes = {
    zhezhengding: await fakeZhezhengding(timeoutMs),
    zheliban: await fakeZheliban(timeoutMs),
    dingtalk: await fakeDingtalk(timeoutMs),
    'oidc-code': await fakeIssuer('code', timeoutMs),
    'oidc-token': await fakeIssuer('idToken', timeoutMs),
  }
  providers = Object.fromEntries(names.map((name) => [name, fakes[name].options]))
  server = await createTestApp({
    allowedOrigins: [portal],
    exchange: { providers },
    logLevel: 'trace',
    logStream,
  })
  await server.app.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`
  await importPeople(server.databaseUrl, people)
})
after(async () => {
  await server.close()
  for (const name of names) await fakes[name].close()
})

const send = (body: object, headers: Record<string, string> = { origin: portal }) =>
  server.ask('POST /v1/session', { as: null, body, headers })

const assertionOf = async (name: Name, subject: string = subjects[name]): Promise<NewSession> => ({
  provider: name,
  ...(await fakes[name].assertion(subject)),
})

async function refused(body: object, code: string, status: number, headers?: Record<string, string>) {
  const answer = await send(body, headers)
  const problem = answer.json<{ code: string; token?: string }>()
  assert.equal(problem.code, code)
  assert.equal(answer.statusCode, status)
  assert.ok(!answer.body.includes('eyJ'), 'a token in an answer that refuses')
  return answer
}

async function tokenFor(name: Name, headers?: Record<string, string>): Promise<string> {
  const answer = await send(await assertionOf(name), headers)
  assert.equal(answer.statusCode, 201, answer.body)
  assert.equal(answer.headers['cache-control'], 'no-store')
  return answer.json<{ token: string }>().token
}

const me = (as: string, headers: Record<string, string> = { origin: portal }) =>
  server.ask('GET /v1/me', { as, headers } satisfies TestRequest)

describe('an assertion', () => {
  for (const name of names) {
    it(`of ${name} gets a token of ten minutes, with what the directory grants and for this page alone`, async () => {
      const token = await tokenFor(name)
      const claims = decodeJwt(token)
      assert.equal(claims.exp! - claims.iat!, 600)
      assert.equal(claims.aud, testAudience)
      assert.equal(claims.iss, 'urn:minqing:session')
      assert.deepEqual(claims['origins'], [portal])
      const answer = await me(token)
      assert.equal(answer.statusCode, 200, answer.body)
      const { id, title, grants } = answer.json<{ id: string; title: string; grants: object[] }>()
      assert.deepEqual([id, title], ['u-20391', '驻村干部'])
      assert.equal(grants.length, name === 'zhezhengding' ? 2 : 1)
      assert.equal(
        (await me(token, { origin: 'http://localhost' })).json<{ code: string }>().code,
        'origin_denied',
      )
    })

    it(`of ${name} works once, though the provider would take it twice; expired or foreign, never`, async () => {
      fakes[name].careless = true
      const assertion = await assertionOf(name)
      assert.equal((await send(assertion)).statusCode, 201)
      await refused(assertion, 'assertion_refused', 401)
      await refused(assertion, 'assertion_refused', 401)
      fakes[name].careless = false
      await refused({ provider: name, ...(await fakes[name].expired()) }, 'assertion_refused', 401)
      await refused({ provider: name, ...(await fakes[name].foreign()) }, 'assertion_refused', 401)
      await refused({ ...(await assertionOf(name)), assertion: 'none' }, 'assertion_refused', 401)
    })
  }

  it('of one provider is worth nothing at another, and nothing where none has the name', async () => {
    const { assertion } = await assertionOf('dingtalk')
    await refused({ provider: 'zhezhengding', assertion }, 'assertion_refused', 401)
    await refused({ provider: 'zheliban', assertion }, 'assertion_refused', 401)
    for (const provider of ['wechat', 'constructor', 'to-string'])
      await refused({ provider, assertion }, 'provider_unknown', 404)
  })

  it('gets nothing for whom the directory does not know, no longer knows, or knows as two', async () => {
    await refused(await assertionOf('dingtalk', 'stranger'), 'person_unknown', 403)
    await refused(await assertionOf('dingtalk', 'torn'), 'person_unknown', 403)
    assert.equal((await send(await assertionOf('dingtalk', 'left'))).statusCode, 201)
    await server.owner.query(`update person set active = false where subject = 'left'`)
    await refused(await assertionOf('dingtalk', 'left'), 'person_unknown', 403)
    // what no token may say makes none
    await server.owner.query(`update person_grant set role = 'emperor' where subject = 'torn'`)
    await server.owner.query(`delete from person where subject = 'torn' and county = '330604'`)
    await refused(await assertionOf('dingtalk', 'torn'), 'person_unknown', 403)
  })

  it('gets nothing for a page that may not call, and for no page a token that no page can use', async () => {
    await refused(await assertionOf('dingtalk'), 'origin_denied', 403, { origin: 'https://evil.example' })
    await refused(await assertionOf('dingtalk'), 'origin_denied', 403, { origin: 'null' })
    const token = await tokenFor('dingtalk', {})
    assert.equal((await me(token, {})).statusCode, 200)
    assert.equal((await me(token)).statusCode, 403)
  })

  it('gets nothing while the provider is away, and is still good afterwards', async () => {
    const assertion = await assertionOf('zheliban')
    for (const mood of ['late', 'broken', 'redirect', 'huge'] as const) {
      fakes.zheliban.mood = mood
      const answer = await refused(assertion, 'unavailable', 503)
      assert.equal(answer.headers['retry-after'], '5')
    }
    fakes.zheliban.mood = 'fine'
    assert.equal((await send(assertion)).statusCode, 201)
  })

  it('that does not fit the shape is not passed on', async () => {
    const asked = fakes.dingtalk.asked.length
    for (const change of [
      { assertion: '' },
      { assertion: '中' },
      { assertion: 'a b' },
      { assertion: 'x'.repeat(8193) },
    ])
      await refused({ provider: 'dingtalk', ...change }, 'invalid_input', 400)
    await refused({ provider: 'dingtalk' }, 'invalid_input', 400)
    await refused({ ...(await assertionOf('dingtalk')), grants: [] }, 'invalid_input', 400)
    assert.equal(fakes.dingtalk.asked.length, asked)
  })
})

describe('the tokens made here', () => {
  it('are accepted beside those of the host, neither of whom can make those of the other', async () => {
    assert.equal((await me(await server.signer.sign())).statusCode, 200)
    const claims = decodeJwt(await tokenFor('dingtalk'))
    const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(server.signer.secret)
    assert.equal((await me(forged)).json<{ code: string }>().code, 'token_invalid')
  })
})

describe('the log', () => {
  it('tells of every attempt, by provider and outcome, and holds no assertion, secret or name', async () => {
    log = ''
    const used: string[] = []
    for (const name of names) {
      const good = await assertionOf(name)
      const wrong = { provider: name, ...(await fakes[name].foreign()) }
      used.push(good.assertion, wrong.assertion)
      await send(good)
      await send(good)
      await send(wrong)
    }
    const lines = log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg }) => msg === 'sign-in')
    for (const name of names) {
      const [first, ...others] = lines.filter(({ provider }) => provider === name)
      assert.deepEqual([first!['outcome'], first!['person']], ['issued', 'u-20391'])
      assert.deepEqual(
        others.map(({ outcome }) => outcome),
        ['refused', 'refused'],
      )
      for (const secret of fakes[name].secrets) assert.ok(!log.includes(secret), `${name}: ${secret}`)
    }
    for (const assertion of used) assert.ok(!log.includes(assertion))
    assert.ok(!log.includes('何秀英') && !log.includes('eyJ'))
  })
})

/** A second server process on the same database and data folder. */
async function startProcess(): Promise<{ url: string; child: ChildProcess }> {
  const options = {
    databaseUrl: server.databaseUrl,
    dataDir: server.dataDir,
    token: { audience: testAudience, secret: Buffer.from(server.signer.secret).toString('hex') },
    ...{ host: '127.0.0.1', port: 0, logLevel: 'silent', exchange: { providers } },
  }
  const main = new URL('../../testing/server-process.ts', import.meta.url)
  const child = spawn(process.execPath, ['--conditions=minqing-source', main.pathname], {
    env: { ...process.env, MQ_TEST_SERVER: JSON.stringify(options) },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return { url: line, child }
}

describe('two server processes', () => {
  it('give one token for an assertion that reaches both at once, and take each other’s', async () => {
    const other = await startProcess()
    try {
      const post = (to: string, body: object) =>
        fetch(`${to}/v1/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
          body: JSON.stringify(body),
        })
      for (const name of ['oidc-token', 'dingtalk'] as const) {
        fakes[name].careless = true
        const body = await assertionOf(name)
        const answers = await Promise.all([url, other.url, url, other.url].map((to) => post(to, body)))
        assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 401, 401, 401])
        fakes[name].careless = false
        const { token } = (await answers.find(({ status }) => status === 201)!.json()) as { token: string }
        for (const to of [url, other.url]) {
          const headers = { authorization: `Bearer ${token}` }
          assert.equal((await fetch(`${to}/v1/me`, { headers })).status, 200)
        }
      }
    } finally {
      const gone = once(other.child, 'exit')
      other.child.kill('SIGKILL')
      await gone
    }
  })
})

describe('what is kept of assertions', () => {
  it('is a digest, until it has expired', async () => {
    await tokenFor('dingtalk')
    const { rows } = await server.owner.query<{ digest: Buffer; left: number }>(
      'select digest, extract(epoch from expires_at - now())::float8 as left from used_assertion',
    )
    assert.ok(rows.length > 5)
    for (const { digest, left } of rows) assert.ok(digest.length === 32 && left > 3600)
    await server.owner.query(`update used_assertion set expires_at = now() - interval '1 second'`)
    await tokenFor('dingtalk')
    const { rowCount } = await server.owner.query('select from used_assertion')
    assert.equal(rowCount, 1)
  })

  it('cannot be read by the application, nor can the directory', async () => {
    const client = await server.owner.connect()
    try {
      await client.query('set role minqing_app')
      for (const table of ['used_assertion', 'person', 'person_grant'])
        for (const text of [
          `select from ${table}`,
          `delete from ${table}`,
          `insert into ${table} default values`,
        ])
          await assert.rejects(client.query(text), { code: '42501' }, text)
    } finally {
      await client.query('reset role')
      client.release()
    }
  })
})

describe('a list of people', () => {
  const header = 'provider,subject,id,name,title,role,area,unit\n'
  const grants = async () =>
    (
      await server.owner.query<{ line: string }>(
        `select concat_ws(' ', provider, subject, id, role, area_code, unit) as line from person
        join person_grant using (county, provider, subject) where provider like 'list%' order by 1`,
      )
    ).rows.map(({ line }) => line.trim())

  it('replaces those of its providers in its counties, whole or not at all', async () => {
    const first = `${header}list,1,u1,甲,,leader,330683,\nlist,1,u1,甲,,handler,330683,zhujian\nlist,2,u2,乙,,auditor,330604,\n`
    const lists = { providers: ['list'], counties: ['330683', '330604'] }
    const done = { ...lists, people: 2, grants: 3, added: 2, removed: 0 }
    assert.deepEqual(await importPeople(server.databaseUrl, `\ufeff${first}`, { dryRun: true }), done)
    assert.deepEqual(await grants(), [], 'a dry run changes nothing')
    assert.deepEqual(await importPeople(server.databaseUrl, `\ufeff${first}`), done)
    const before = await grants()
    assert.deepEqual(before, [
      'list 1 u1 handler 330683 zhujian',
      'list 1 u1 leader 330683',
      'list 2 u2 auditor 330604',
    ])
    const faulty: [string, RegExp][] = [
      [
        `${header}list,3,u3,丙,,leader,330683,\nlist,4,u4,丁,,emperor,330683,\n`,
        /^Line 3: role is no role: emperor\.$/,
      ],
      [`${header}list,3,u3,丙,,handler,330683,\n`, /^Line 2: unit is missing: a handler works for one\.$/],
      [`${header}list,3,system,丙,,leader,330683,\n`, /^Line 2: id system belongs to the server itself\.$/],
      [`${header}list,3,u3,丙,,leader,3306831,\n`, /^Line 2: area is no code of an area: 3306831\.$/],
      [`${header}list,3,u3\n`, /^Line 2: it has not as many columns as the header\.$/],
      [`${header}list,3,u3,"丙\n`, /^Line \d: the quotes are not closed/],
      ['provider,subject,name,area\nlist,3,丙,330683\n', /^Line 1: the header lacks id, role\.$/],
      [
        // an empty line, and one that goes on within quotes, count as an editor counts them
        `${header}\nlist,3,u3,"丙\n丙",,king,330683,\nlist,4,u4,丁,,leader,330683,\nlist,4,u5,丁,,leader,330683100,\n`,
        /^Line 4: role is no role: king\.\nLine 6: id of list 4 is another one than in line 5\.$/,
      ],
      [header, /nobody/],
    ]
    for (const [text, sentence] of faulty) {
      await assert.rejects(importPeople(server.databaseUrl, text), (error) => {
        assert.ok(error instanceof PeopleProblem)
        assert.match(error.sentence, sentence)
        return true
      })
    }
    assert.deepEqual(await grants(), before)
    // what Excel writes in China
    const gbk = Buffer.from([0xb1, 0xfb])
    const bytes = Buffer.concat([
      Buffer.from(`${header}list,3,u3,`),
      gbk,
      Buffer.from(',,leader,330683100,\n'),
    ])
    const replaced = { people: 1, grants: 1, added: 1, removed: 1, providers: ['list'], counties: ['330683'] }
    assert.deepEqual(await importPeople(server.databaseUrl, bytes), replaced)
    const named = await server.owner.query(
      `select name from person where provider = 'list' and subject = '3'`,
    )
    assert.deepEqual(named.rows, [{ name: '丙' }])
    assert.deepEqual(await grants(), ['list 2 u2 auditor 330604', 'list 3 u3 leader 330683100'])
  })
})
