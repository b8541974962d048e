import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { SignJWT, UnsecuredJWT } from 'jose'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { createSigner, testAudience, testVillage, type TokenInput } from '../testing/tokens.ts'

let server: TestApp
before(async () => {
  server = await createTestApp({ allowedOrigins: ['https://portal.example.cn'] })
})
after(() => server.close())

const grants = [{ role: 'villageOfficer', area: testVillage }]

/** A token whose claims no honest host would sign together. */
function odd(claims: Record<string, unknown>, secret = server.signer.secret): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const all = { sub: 'a', name: 'a', aud: testAudience, iat: now, exp: now + 60, grants, ...claims }
  return new SignJWT(all).setProtectedHeader({ alg: 'HS256' }).sign(secret)
}

async function refused(as: TokenInput | string | null, code: string, status = 401): Promise<void> {
  const answer = await server.ask('GET /v1/me', { as })
  const problem = answer.json<{ code: string; type: string; status: number; instance: string }>()
  assert.equal(problem.code, code)
  assert.equal(answer.statusCode, status)
  assert.equal(problem.type, `urn:minqing:problem:${code}`)
  assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
  assert.match(problem.instance, /^[0-9a-f-]{36}$/)
  if (status === 401) assert.match(String(answer.headers['www-authenticate']), /^Bearer/)
}

describe('a token', () => {
  it('tells who the caller is and how far each capability reaches', async () => {
    const answer = await server.ask('GET /v1/me', {
      as: { grants: [{ role: 'gridWorker', area: '330683100201001' }], title: '网格员' },
    })
    assert.equal(answer.statusCode, 200)
    const me = answer.json<{ grants: { area: { name: string } }[]; scopes: Record<string, string[]> }>()
    assert.match(me.grants[0]!.area.name, /^甘霖镇 \S+村 第1网格$/)
    assert.deepEqual(me.scopes['diary.read'], ['330683100'])
    assert.deepEqual(me.scopes['diary.create'], ['330683100201001'])
    assert.deepEqual(me.scopes['area.read'], ['330683'])
  })

  it('names an area by its code when the tree does not have it', async () => {
    const answer = await server.ask('GET /v1/me', { as: { grants: [{ role: 'auditor', area: '110101' }] } })
    assert.equal(answer.json<{ grants: { area: { name: string } }[] }>().grants[0]!.area.name, '110101')
  })

  it('is needed', () => refused(null, 'unauthenticated'))

  it('is refused when it is not a token', async () => {
    for (const text of ['x', 'a.b.c', 'a.b', '..', `${'x'.repeat(9000)}.a.b`])
      await refused(text, 'token_invalid')
  })

  it('is refused when it is forged: signed by another secret, changed, or not signed at all', async () => {
    await refused(await createSigner().sign(), 'token_invalid')
    const [header, , signature] = (await server.signer.sign()).split('.') as [string, string, string]
    const [, payload] = (await createSigner().sign({ sub: 'officer-2' })).split('.') as [string, string]
    await refused(`${header}.${payload}.${signature}`, 'token_invalid')
    const now = Math.floor(Date.now() / 1000)
    const unsigned = new UnsecuredJWT({
      sub: 'a',
      name: 'a',
      aud: testAudience,
      grants,
      iat: now,
      exp: now + 60,
    })
    await refused(unsigned.encode(), 'token_invalid')
    const other = new SignJWT({ name: 'a', grants }).setProtectedHeader({ alg: 'HS512' }).setSubject('a')
    other.setAudience(testAudience).setIssuedAt().setExpirationTime('1m')
    await refused(
      await other.sign(new Uint8Array([...server.signer.secret, ...randomBytes(32)])),
      'token_invalid',
    )
  })

  it('is refused when it has expired, with a code of its own', async () => {
    await refused({ issuedIn: -700, lifeSeconds: 600 }, 'token_expired')
  })

  it('works for half a minute more, as clocks differ', async () => {
    assert.equal(
      (await server.ask('GET /v1/me', { as: { issuedIn: -610, lifeSeconds: 600 } })).statusCode,
      200,
    )
  })

  it('is refused when it was made for another service', () => refused({ audience: 'else' }, 'token_audience'))

  it('is refused when it lives longer than an hour, or comes from the future', async () => {
    await refused({ lifeSeconds: 3601 }, 'token_invalid')
    await refused({ issuedIn: 120 }, 'token_invalid')
    assert.equal((await server.ask('GET /v1/me', { as: { lifeSeconds: 3600 } })).statusCode, 200)
  })

  it('is refused when a claim is missing or has the wrong shape', async () => {
    const now = Math.floor(Date.now() / 1000)
    const wrong: Record<string, unknown>[] = [
      { sub: undefined },
      { sub: '' },
      { sub: 'x'.repeat(65) },
      { sub: 'a\u0000b' },
      { name: undefined },
      { name: 'x\ny' },
      { iat: undefined },
      { exp: undefined },
      { exp: now + 60.5 },
      { exp: now, iat: now },
      { grants: undefined },
      { grants: [] },
      { grants: 'villageOfficer' },
      { grants: [{ role: 'emperor', area: '33' }] },
      { grants: [{ role: 'leader', area: '33,44' }] },
      { grants: [{ role: 'leader', area: '' }] },
      { grants: [{ role: 'leader', area: '3306831' }] },
      { origins: 'https://portal.example.cn' },
    ]
    for (const claims of wrong) await refused(await odd(claims), 'token_invalid')
  })

  it('opens nothing to a role without the capability', async () => {
    await refused({ grants: [{ role: 'enterpriseContact', area: '330683' }] }, 'forbidden', 403)
  })

  it('is nobody whom the server itself speaks for', async () => {
    for (const sub of ['anonymous', 'system', 'center']) await refused({ sub }, 'token_invalid')
  })

  it('may be used by pages of its origins only', async () => {
    const from = async (origin: string | undefined, origins?: string[]) => {
      const headers: Record<string, string> = origin === undefined ? {} : { origin }
      const as = origins ? { origins } : {}
      const answer = await server.ask('GET /v1/me', { as, headers })
      if (answer.statusCode !== 200) assert.equal(answer.json<{ code: string }>().code, 'origin_denied')
      return answer.statusCode
    }
    const portal = 'https://portal.example.cn'
    assert.equal(await from(portal), 200)
    assert.equal(await from(portal, [portal]), 200)
    assert.equal(await from(portal, ['https://other.example.cn']), 403)
    assert.equal(await from('https://other.example.cn', ['https://other.example.cn']), 403)
    assert.equal(await from('https://portal.example.cn.evil.cn'), 403)
    assert.equal(await from('http://portal.example.cn'), 403)
    assert.equal(await from('null'), 403)
    // the server's own pages, and programs, which send no origin
    assert.equal(await from('http://localhost'), 200)
    assert.equal(await from('http://localhost:81'), 403)
    assert.equal(await from('https://localhost'), 403)
    assert.equal(await from(undefined, [portal]), 200)
  })
})
