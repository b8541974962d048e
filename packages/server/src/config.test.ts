import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { createApp } from './app.ts'
import type { AppInput } from './config.ts'

const base = {
  databaseUrl: 'postgres://u:hidden@127.0.0.1:1/none',
  dataDir: join(tmpdir(), 'minqing-config-test'),
  logLevel: 'silent',
} as const
const secret = 's'.repeat(32)

async function sentence(options: Partial<AppInput>): Promise<string> {
  let said = ''
  await assert.rejects(
    async () => createApp({ ...base, ...options }),
    (error: Error & { sentence?: string }) => {
      said = error.sentence ?? `no sentence: ${error.message}`
      return true
    },
  )
  assert.doesNotMatch(said, /hidden/)
  return said
}

describe('options of the server', () => {
  it('refuse the demo in production', async () => {
    const before = process.env['NODE_ENV']
    process.env['NODE_ENV'] = 'production'
    try {
      assert.match(await sentence({ demo: true }), /does not start with NODE_ENV=production/)
    } finally {
      if (before === undefined) delete process.env['NODE_ENV']
      else process.env['NODE_ENV'] = before
    }
  })

  it('demand to know how tokens are signed, one way and strongly', async () => {
    assert.match(await sentence({}), /how tokens are signed/)
    assert.match(await sentence({ token: { audience: '', secret } }), /audience/)
    assert.match(await sentence({ token: { audience: 'a' } }), /either the JWKS address or the shared secret/)
    assert.match(await sentence({ token: { audience: 'a', secret, jwksUrl: 'https://x' } }), /not both/)
    assert.match(await sentence({ token: { audience: 'a', secret: 'short' } }), /5 bytes: 32 or more/)
    assert.match(await sentence({ token: { audience: 'a', jwksUrl: 'file:///etc/passwd' } }), /not an http/)
  })

  it('demand addresses that are ones', async () => {
    const token = { audience: 'a', secret }
    assert.match(await sentence({ token, databaseUrl: 'mysql://u:hidden@x/y' }), /postgres:/)
    assert.match(await sentence({ token, publicUrl: 'portal' }), /public address/)
    for (const origin of [
      '*',
      'portal.example.cn',
      'https://portal.example.cn/',
      'https://a.cn/path',
      'null',
    ]) {
      assert.match(await sentence({ token, allowedOrigins: [origin] }), /is not an origin/, origin)
    }
  })

  it('demand a mail server and a sender that are ones, without showing the password', async () => {
    const token = { audience: 'a', secret }
    const from = 'mq@example.cn'
    for (const url of ['http://u:hidden@mail', 'u:hidden@mail', 'smtp://', '']) {
      assert.match(await sentence({ token, mail: { url, from } }), /smtp:\/\/ or smtps:\/\//, url)
    }
    const url = 'smtps://u:hidden@mail'
    for (const odd of ['', 'nobody', 'a@b, c@d', '民情 <mq@example.cn>\r\nBcc: x@y.cn', 'x@y\nBcc: z@y']) {
      assert.match(await sentence({ token, mail: { url, from: odd } }), /sender/, odd)
    }
    const channel = { reaches: () => false, send: () => Promise.resolve() }
    assert.match(await sentence({ token, mail: { url, from }, channel }), /not both/)
    assert.match(await sentence({ token, issueUrl: 'javascript:alert(1)' }), /address of an issue/)
  })

  it('name a database that does not answer, without its password', async () => {
    assert.match(await sentence({ token: { audience: 'a', secret } }), /does not answer/)
  })
})
