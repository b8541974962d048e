import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { SignJWT, UnsecuredJWT, decodeJwt } from 'jose'
import type { NewSession } from '@minqing/core'
import { ConfigProblem } from '../options.ts'
import { createProviderFetch, maxAnswerBytes } from './fetch.ts'
import { createProviders, type ProviderOptions } from './options.ts'
import { ProviderAway, Refusal, type Provider } from './provider.ts'
import { fakeDingtalk } from './testing/dingtalk.ts'
import { startFake, type FakeProvider, type Mood } from './testing/fake-provider.ts'
import { fakeIssuer, nonce, redirectUri, type FakeIssuer } from './testing/oidc.ts'
import { fakeZheliban } from './testing/zheliban.ts'
import { fakeZhezhengding } from './testing/zhezhengding.ts'

const timeoutMs = 300
const now = () => new Date()

const fresh = (options: ProviderOptions, clock = now): Provider =>
  createProviders({ providers: { it: options } }, clock).get('it')!
const as = (assertion: Omit<NewSession, 'provider'>): NewSession => ({ provider: 'it', ...assertion })

/** What went wrong, as the log would tell it. */
async function failureOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    (value) => assert.fail(`vouched: ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof Refusal || error instanceof ProviderAway, String(error))
  return `${error.name} ${error.reason}`
}

const moods: Readonly<Record<Exclude<Mood, 'fine'>, string>> = {
  late: 'late',
  huge: 'huge',
  redirect: 'redirect',
  broken: 'status',
  html: 'shape',
  nonsense: 'shape',
  gone: 'unreachable',
}

const kinds: readonly [name: string, subject: string, start: () => Promise<FakeProvider>][] = [
  ['浙政钉', '196729', () => fakeZhezhengding(timeoutMs)],
  ['浙里办', 'u330', () => fakeZheliban(timeoutMs)],
  ['DingTalk', 'manager7', () => fakeDingtalk(timeoutMs)],
  ['OIDC with a code', 'sub-7', () => fakeIssuer('code', timeoutMs)],
  ['OIDC with an ID token', 'sub-7', () => fakeIssuer('idToken', timeoutMs)],
]

for (const [name, subject, start] of kinds) {
  describe(`${name}`, () => {
    let fake: FakeProvider
    before(async () => {
      fake = await start()
    })
    after(() => fake.close())

    it('vouches for who has signed in, by the id of the provider', async () => {
      const provider = fresh(fake.options)
      assert.equal((await provider.vouch(as(await fake.assertion(subject)))).subject, subject)
      // a second one, with what the first has learned
      assert.equal((await provider.vouch(as(await fake.assertion(subject)))).subject, subject)
    })

    it('vouches for nobody by an assertion that has expired, is for another application, or is none', async () => {
      const provider = fresh(fake.options)
      assert.match(await failureOf(provider.vouch(as(await fake.expired()))), /^Refusal/)
      assert.match(await failureOf(provider.vouch(as(await fake.foreign()))), /^Refusal/)
      for (const assertion of ['x', 'a.b.c', '&auth_code=1', '"}{', '../../etc', '~'.repeat(8192)]) {
        const odd = { ...(await fake.assertion(subject)), assertion }
        assert.match(await failureOf(provider.vouch(as(odd))), /^Refusal/, assertion.slice(0, 20))
      }
    })

    it('is away, and no more than that, whatever else it answers', async () => {
      for (const [mood, reason] of Object.entries(moods) as [Mood, string][]) {
        const assertion = as(await fake.assertion(subject))
        fake.mood = mood
        assert.equal(await failureOf(fresh(fake.options).vouch(assertion)), `ProviderAway ${reason}`, mood)
        fake.mood = 'fine'
      }
      assert.equal(fake.elsewhere(), 0, 'a redirect was followed')
    })

    it('recovers from that', async () => {
      const provider = fresh(fake.options)
      const assertion = as(await fake.assertion(subject))
      fake.mood = 'broken'
      await assert.rejects(provider.vouch(assertion), ProviderAway)
      fake.mood = 'fine'
      assert.equal((await provider.vouch(assertion)).subject, subject)
    })
  })
}

describe('with what it has learned already', () => {
  for (const [name, subject, start] of kinds.filter(([kind]) => !kind.includes('ID token'))) {
    it(`${name} is away when the person cannot be asked for`, async () => {
      const fake = await start()
      const provider = fresh(fake.options)
      await provider.vouch(as(await fake.assertion(subject)))
      for (const mood of ['late', 'huge', 'redirect', 'broken', 'gone'] as const) {
        const assertion = as(await fake.assertion(subject))
        fake.mood = mood
        assert.equal(await failureOf(provider.vouch(assertion)), `ProviderAway ${moods[mood]}`, mood)
        fake.mood = 'fine'
      }
      assert.equal(fake.elsewhere(), 0)
      await fake.close()
    })
  }
})

describe('the token of our application', () => {
  it('is asked for once, and anew when it ends or has been refused', async () => {
    for (const [start, path, subject] of [
      [fakeZhezhengding, '/gettoken.json', '196729'],
      [fakeDingtalk, '/gettoken', 'manager7'],
    ] as const) {
      const fake = await start(timeoutMs)
      let ahead = 0
      const provider = fresh(fake.options, () => new Date(Date.now() + ahead))
      const times = () => fake.asked.filter((one) => one === path).length
      const sign = async () => provider.vouch(as(await fake.assertion(subject)))
      await Promise.all([sign(), sign()])
      await sign()
      assert.equal(times(), 1)
      await assert.rejects(provider.vouch(as(await fake.foreign())), Refusal)
      await sign()
      assert.equal(times(), 2)
      if (path === '/gettoken') {
        ahead = 7190 * 1000
        await sign()
        assert.equal(times(), 3)
      }
      await fake.close()
    }
  })

  it('is not had with a wrong secret: then nobody can be asked, and no assertion is to blame', async () => {
    for (const start of [fakeZhezhengding, fakeDingtalk]) {
      const fake = await start(timeoutMs)
      const provider = fresh({ ...fake.options, appSecret: 'wrong' } as ProviderOptions)
      assert.equal(await failureOf(provider.vouch(as(await fake.assertion('1')))), 'ProviderAway status')
      await fake.close()
    }
    const issuer = await fakeIssuer('code', timeoutMs)
    const provider = fresh({ ...issuer.options, clientSecret: 'wrong' } as ProviderOptions)
    assert.equal(await failureOf(provider.vouch(as(await issuer.assertion('1')))), 'ProviderAway status')
    await issuer.close()
  })
})

describe('an OpenID Connect issuer', () => {
  let issuer: FakeIssuer
  let byToken: Provider
  before(async () => {
    issuer = await fakeIssuer('idToken', timeoutMs)
    byToken = fresh(issuer.options)
  })
  after(() => issuer.close())

  it('vouches by no ID token with another issuer, audience, nonce or key, or without a good signature', async () => {
    const refused = async (assertion: string, more: object = { nonce }) =>
      failureOf(byToken.vouch(as({ assertion, ...more })))
    assert.equal(await refused(await issuer.idToken({ iss: 'https://evil.example' })), 'Refusal foreign')
    assert.equal(await refused(await issuer.idToken({ aud: 'another-app' })), 'Refusal foreign')
    assert.equal(await refused(await issuer.idToken({ nonce: 'another-nonce' })), 'Refusal foreign')
    assert.match(await refused(await issuer.idToken({}, 'other')), /^Refusal/)
    const claims = decodeJwt(await issuer.idToken())
    assert.match(await refused(new UnsecuredJWT(claims).encode()), /^Refusal/)
    const shared = new TextEncoder().encode('oidc-client-secret-31fe'.padEnd(32, '0'))
    const weak = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(shared)
    assert.match(await refused(weak), /^Refusal/)
    assert.equal(await refused(await issuer.idToken(), {}), 'Refusal malformed')
    assert.match(await refused(await issuer.idToken({ nonce: undefined })), /^Refusal/)
    assert.match(await refused(await issuer.idToken({ sub: undefined })), /^Refusal/)
  })

  it('does not vouch by an old ID token, long though it may be valid', async () => {
    const at = Math.floor(Date.now() / 1000)
    const old = await issuer.idToken({ iat: at - 700, exp: at + 3600 })
    assert.equal(await failureOf(byToken.vouch(as({ assertion: old, nonce }))), 'Refusal expired')
  })

  it('takes a signature written in another way for the same assertion', async () => {
    const assertion = await issuer.idToken()
    // the last character holds bits that mean nothing
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const last = alphabet[alphabet.indexOf(assertion.at(-1)!) ^ 1]!
    const once = (await byToken.vouch(as({ assertion, nonce }))).once
    const written = await byToken
      .vouch(as({ assertion: assertion.slice(0, -1) + last, nonce }))
      .catch(() => ({
        once,
      }))
    assert.equal(written.once, once)
  })

  it('takes a code with its PKCE verifier and for a page that is named, and no other', async () => {
    const fake = await fakeIssuer('code', timeoutMs)
    const provider = fresh(fake.options)
    const refused = async (change: Partial<NewSession>, without?: keyof NewSession) => {
      const input: Partial<NewSession> = { ...as(await fake.assertion('sub-7')), ...change }
      if (without) delete input[without]
      return failureOf(provider.vouch(input as NewSession))
    }
    assert.equal(await refused({ codeVerifier: 'v'.repeat(43) }), 'Refusal unproven')
    assert.equal(await refused({}, 'codeVerifier'), 'Refusal malformed')
    assert.equal(await refused({}, 'redirectUri'), 'Refusal malformed')
    assert.equal(await refused({ redirectUri: `${redirectUri}2` }), 'Refusal foreign')
    assert.equal(await refused({ redirectUri: 'https://evil.example/' }), 'Refusal foreign')
    assert.equal(await refused({ nonce: 'another-nonce' }), 'Refusal foreign')
    assert.match(await refused({}, 'nonce'), /^Refusal/)
    for (const alter of [{ aud: 'another-app' }, { iss: 'https://evil.example' }, { exp: 1 }]) {
      fake.alter = alter
      assert.match(await refused({}), /^Refusal (foreign|expired)/)
    }
    await fake.close()
  })
})

describe('the options of providers', () => {
  const dingtalk = { kind: 'dingtalk', appKey: 'a', appSecret: 'b' } as const
  const sentence = (providers: Record<string, ProviderOptions>) => {
    try {
      createProviders({ providers }, now)
    } catch (error) {
      assert.ok(error instanceof ConfigProblem)
      return error.sentence
    }
    return undefined
  }

  it('are refused where they would send a secret in clear, or cannot work', () => {
    assert.equal(sentence({ dingtalk }), undefined)
    assert.match(sentence({ dingtalk: { ...dingtalk, baseUrl: 'http://oapi.dingtalk.com' } })!, /https/)
    assert.match(sentence({ dingtalk: { ...dingtalk, baseUrl: 'file:///etc' } })!, /https/)
    assert.match(sentence({ dingtalk: { ...dingtalk, baseUrl: 'https://a:b@c.cn' } })!, /https/)
    assert.match(sentence({ dingtalk: { ...dingtalk, appSecret: '' } })!, /appSecret/)
    assert.match(sentence({ dingtalk: { ...dingtalk, timeoutMs: 60_000 } })!, /timeoutMs/)
    assert.match(sentence({ 'Ding Talk': dingtalk })!, /name/)
    const oidc = { kind: 'oidc', issuer: 'https://id.example', clientId: 'a', flow: 'code' } as const
    assert.match(sentence({ oidc })!, /redirectUris/)
    assert.equal(sentence({ oidc: { ...oidc, redirectUris: [redirectUri] } }), undefined)
    assert.match(sentence({ oidc: { ...oidc, kind: 'saml' } as never })!, /no kind/)
  })
})

describe('what is asked of a provider', () => {
  it('goes to the origins that are named, and nowhere else', async () => {
    const fake = await startFake(() => ({ json: {} }))
    const ask = createProviderFetch(['https://named.example', 'http://169.254.169.254'], timeoutMs)
    for (const url of [
      fake.url,
      'http://169.254.169.254/latest',
      'http://named.example/',
      'file:///etc/passwd',
    ])
      assert.equal(await failureOf(ask(url)), 'ProviderAway address', url)
    assert.deepEqual(fake.asked, [])
    await fake.close()
  })

  it('may be answered up to the bound', async () => {
    const fake = await startFake(() => ({ json: 'x'.repeat(maxAnswerBytes - 2) }))
    const response = await createProviderFetch([fake.url], 2000)(fake.url)
    assert.equal((await response.text()).length, maxAnswerBytes)
    await fake.close()
  })
})
