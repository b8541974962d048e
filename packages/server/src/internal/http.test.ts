import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createApp } from '../app.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { testAudience } from '../testing/tokens.ts'
import { cutWire } from '../testing/wire.ts'

const portal = 'https://portal.example.cn'
const page = { accept: 'text/html,*/*' }

let server: TestApp
let files: string
before(async () => {
  files = await mkdtemp(join(tmpdir(), 'minqing-site-'))
  await mkdir(join(files, 'site/guide'), { recursive: true })
  await mkdir(join(files, 'cdn/0.1.0'), { recursive: true })
  await writeFile(join(files, 'site/index.html'), '<title>民情</title>')
  await writeFile(join(files, 'site/guide/index.html'), '<title>指南</title>')
  await writeFile(join(files, 'site/404.html'), '<title>没有找到</title>')
  await writeFile(join(files, 'secret.txt'), 'secret')
  await writeFile(join(files, 'cdn/0.1.0/loader.js'), 'export {}')
  server = await createTestApp({
    allowedOrigins: [portal],
    siteDir: join(files, 'site'),
    cdnDir: join(files, 'cdn'),
  })
})
after(async () => {
  await server.close()
  await rm(files, { recursive: true })
})

describe('pages of other origins', () => {
  const preflight = (origin: string, path = '/v1/diaries') =>
    server.app.inject({
      method: 'OPTIONS',
      url: path,
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,idempotency-key',
      },
    })

  it('may call when their origin is named, exactly, and never with cookies', async () => {
    const answer = await preflight(portal)
    assert.equal(answer.statusCode, 204)
    assert.equal(answer.headers['access-control-allow-origin'], portal)
    assert.match(String(answer.headers['access-control-allow-headers']), /Idempotency-Key/)
    assert.match(String(answer.headers['access-control-allow-methods']), /PATCH/)
    assert.match(String(answer.headers['vary']), /Origin/)
    assert.equal(answer.headers['access-control-allow-credentials'], undefined)
    const read = await server.ask('GET /v1/me', { headers: { origin: portal } })
    assert.equal(read.headers['access-control-allow-origin'], portal)
    assert.match(
      String(read.headers['access-control-expose-headers']),
      /ETag.*Location.*Retry-After.*Upload-Offset/,
    )
  })

  it('may not when it is not', async () => {
    for (const origin of [
      'https://evil.cn',
      'https://portal.example.cn:8443',
      'http://portal.example.cn',
      'null',
    ]) {
      assert.equal((await preflight(origin)).headers['access-control-allow-origin'], undefined, origin)
    }
  })

  it('see the reason of a refusal, too', async () => {
    const answer = await server.ask('GET /v1/me', { as: null, headers: { origin: portal } })
    assert.equal(answer.statusCode, 401)
    assert.equal(answer.headers['access-control-allow-origin'], portal)
  })

  it('may all load the bundles, and nothing else', async () => {
    const headers = { origin: 'https://anywhere.cn' }
    const script = await server.app.inject({ url: '/cdn/0.1.0/loader.js', headers })
    assert.equal(script.statusCode, 200)
    assert.equal(script.headers['access-control-allow-origin'], '*')
    assert.equal(script.headers['cross-origin-resource-policy'], 'cross-origin')
    assert.match(String(script.headers['content-type']), /^(?:text|application)\/javascript/)
    assert.equal(script.headers['cache-control'], 'public, max-age=31536000, immutable')
    const site = await server.app.inject({ url: '/', headers })
    assert.equal(site.headers['access-control-allow-origin'], undefined)
    assert.equal(site.headers['cross-origin-resource-policy'], 'same-origin')
  })
})

describe("the server's own pages", () => {
  it('run under the strict policy that the widgets promise to need', async () => {
    const answer = await server.app.inject({ url: '/', headers: page })
    assert.equal(answer.statusCode, 200)
    assert.equal(
      answer.headers['content-security-policy'],
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self';connect-src 'self';" +
        "font-src 'self';manifest-src 'self';frame-src 'self';base-uri 'none';form-action 'self';" +
        "frame-ancestors 'self';require-trusted-types-for 'script';trusted-types lit-html",
    )
    assert.equal(answer.headers['x-content-type-options'], 'nosniff')
    assert.equal(answer.headers['referrer-policy'], 'no-referrer')
    assert.equal(answer.headers['x-powered-by'], undefined)
  })

  it('do not ask for https where there is none, and insist on it where there is', async () => {
    assert.equal((await server.app.inject('/')).headers['strict-transport-security'], undefined)
    const https = await createTestApp({ publicUrl: 'https://minqing.example.cn' })
    try {
      assert.match(
        String((await https.app.inject('/healthz')).headers['strict-transport-security']),
        /max-age=31536000/,
      )
    } finally {
      await https.close()
    }
  })

  it('lie in folders, and a missing one is a page for people and a problem for programs', async () => {
    assert.match((await server.app.inject('/guide/')).body, /指南/)
    const lost = await server.app.inject({ url: '/lost', headers: page })
    assert.equal(lost.statusCode, 404)
    assert.match(lost.body, /没有找到/)
    for (const url of ['/lost', '/v1/lost', '/cdn/0.1.0/lost.js']) {
      const answer = await server.app.inject({ url, headers: url.startsWith('/v1') ? page : {} })
      assert.equal(answer.statusCode, 404)
      assert.equal(answer.json<{ code: string }>().code, 'not_found')
    }
    assert.equal((await server.app.inject({ method: 'HEAD', url: '/guide/' })).statusCode, 200)
  })

  it('do not reach beyond their folder', async () => {
    for (const url of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/cdn/../../secret.txt',
      '/cdn/%2e%2e%2fsecret.txt',
    ]) {
      const answer = await server.app.inject(url)
      assert.ok(answer.statusCode >= 400, `${url}: ${answer.statusCode}`)
      assert.doesNotMatch(answer.body, /secret$/)
    }
  })
})

describe('what watches over the server', () => {
  it('learns that it lives and is ready', async () => {
    assert.deepEqual((await server.app.inject('/healthz')).json(), { status: 'alive' })
    const ready = await server.app.inject('/readyz')
    assert.equal(ready.statusCode, 200)
    assert.deepEqual(ready.json(), { status: 'ready', database: 'ready', live: 'ready' })
  })

  it('learns that it is not ready when migrations are missing', async () => {
    const newest = 'select max(name) from kysely_migration'
    await server.owner.query(`update kysely_migration set name = name || '-not-yet' where name = (${newest})`)
    try {
      const behind = await server.app.inject('/readyz')
      assert.equal(behind.statusCode, 503)
      assert.equal(behind.json<{ database: string }>().database, 'not migrated')
    } finally {
      await server.owner.query(`update kysely_migration set name = replace(name, '-not-yet', '')`)
    }
  })

  it('learns that the database is gone and has come back, and so do callers', async () => {
    const wire = await cutWire(server.databaseUrl)
    const app = await createApp({
      databaseUrl: wire.url,
      dataDir: server.dataDir,
      token: { audience: testAudience, secret: server.signer.secret },
      logLevel: 'silent',
    })
    const ask = async () =>
      app.inject({
        url: '/v1/areas/330683',
        headers: { authorization: `Bearer ${await server.signer.sign()}` },
      })
    try {
      assert.equal((await ask()).statusCode, 200)
      wire.cut()
      const gone = await app.inject('/readyz')
      assert.equal(gone.statusCode, 503)
      assert.deepEqual(gone.json(), { status: 'not ready', database: 'away', live: 'away' })
      assert.equal((await app.inject('/healthz')).statusCode, 200)
      const asked = await ask()
      assert.equal(asked.statusCode, 503)
      assert.equal(asked.json<{ code: string }>().code, 'unavailable')
      assert.equal(asked.headers['retry-after'], '2')
      await wire.mend()
      assert.equal((await ask()).statusCode, 200)
      for (let tries = 0; (await app.inject('/readyz')).statusCode !== 200; tries++) {
        assert.ok(tries < 100, 'live events come back by themselves')
        await sleep(50)
      }
    } finally {
      await app.close()
      wire.cut()
    }
  })
})
