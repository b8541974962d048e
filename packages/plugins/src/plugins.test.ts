import assert from 'node:assert/strict'
import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { afterEach, describe, mock, test } from 'node:test'
import { definePlugin, service, stopPlugins, use } from '@minqing/elements/plugins'
import { pluginNames, usePlugin, type OwnPlugin } from './index.ts'
import { browser } from './browser/browser.ts'
import { keyId, sealWithSm4 } from './sm-crypto/sm-crypto.ts'
import { sliceBytes } from './sm-crypto/seal.ts'
import { decrypt, encrypt, sm3 } from './sm-crypto/sm.ts'
import { fakeZhezhengding } from './zhezhengding/fake.ts'
import { zhezhengding } from './zhezhengding/zhezhengding.ts'

/** A red pixel. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC'

const warnings: string[] = []
mock.method(console, 'warn', (sentence: string) => warnings.push(sentence))
const stops: (() => Promise<void>)[] = []
const kept = (stop: () => Promise<void>) => {
  stops.push(stop)
  return stop
}
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
  warnings.length = 0
})

const closes = (name: string, to: string[]) =>
  definePlugin({
    name,
    setup: ({ offer }) => {
      offer('close', () => void to.push(name))
      return () => void to.push(`${name} gone`)
    },
  })

describe('plugins', () => {
  test('of two that offer the same service the later holds, and gives it back when it goes', async () => {
    const told: string[] = []
    assert.equal(service('close'), undefined)
    kept(await use(closes('first', told)))
    const stop = kept(await use(closes('second', told)))
    await service('close')!()
    await stop()
    await stop()
    await service('close')!()
    assert.deepEqual(told, ['second', 'second gone', 'first'])
    await stops[0]!()
    assert.equal(service('close'), undefined)
  })

  test('one that goes before a later one takes nothing away from it', async () => {
    const told: string[] = []
    const stop = kept(await use(closes('first', told)))
    kept(await use(closes('second', told)))
    await stop()
    await service('close')!()
    assert.deepEqual(told, ['first gone', 'second'])
  })

  test('a setup that fails is told, and what it had offered is taken back', async () => {
    const breaks = definePlugin({
      name: 'breaks',
      setup: ({ offer }) => {
        offer('close', () => undefined)
        throw new Error('no')
      },
    })
    kept(await use(breaks))
    assert.equal(service('close'), undefined)
    assert.match(warnings[0]!, /^minqing plugin breaks: could not start/)
  })

  test('the same one again takes the place of the first', async () => {
    const told: string[] = []
    kept(await use(closes('one', told)))
    kept(await use(closes('one', told)))
    assert.deepEqual(told, ['one gone'])
    assert.match(warnings[0]!, /is used already/)
  })

  test('a teardown that throws does not keep the services', async () => {
    const stop = await use(
      definePlugin({
        name: 'untidy',
        setup: ({ offer }) => {
          offer('close', () => undefined)
          return () => Promise.reject(new Error('no'))
        },
      }),
    )
    await stop()
    assert.equal(service('close'), undefined)
    assert.match(warnings[0]!, /could not clean up/)
  })

  test('what comes late, after the end, is not offered any more', async () => {
    let later: (() => void) | undefined
    const stop = await use(
      definePlugin({
        name: 'late',
        setup: ({ offer, signal }) => {
          later = () => void offer('close', () => undefined)
          assert.equal(signal.aborted, false)
        },
      }),
    )
    await stop()
    later!()
    assert.equal(service('close'), undefined)
  })

  test('all of them can be stopped, the latest first', async () => {
    const told: string[] = []
    kept(await use(closes('first', told)))
    kept(await use(closes('second', told)))
    await stopPlugins()
    assert.deepEqual(told, ['second gone', 'first gone'])
    assert.equal(service('close'), undefined)
  })

  test('is used by its name, or told not to exist', async () => {
    assert.deepEqual(pluginNames, [
      'browser',
      'zheliban',
      'zhezhengding',
      'dingtalk',
      'wechat',
      'watermark',
      'tianditu',
      'dictation',
      'sm-crypto',
    ])
    const { dd } = fakeZhezhengding()
    kept(await usePlugin('zhezhengding', { dd }))
    assert.ok(service('locate'))
    kept(await usePlugin('zhejiang' as OwnPlugin))
    assert.match(warnings[0]!, /zhejiang: there is no such plugin; there are browser, /)
  })
})

describe('browser', () => {
  test('gives the position of the browser, or its refusal', async () => {
    const here = { longitude: 120.5, latitude: 30, accuracy: 12 }
    let refuses = false
    kept(
      await use(browser, {
        timeoutMs: 100,
        geolocation: {
          getCurrentPosition: (found, failed, how) => {
            assert.deepEqual(how, { enableHighAccuracy: true, timeout: 100, maximumAge: 60_000 })
            if (refuses) failed!({ code: 1, message: 'denied' } as GeolocationPositionError)
            else found({ coords: here } as GeolocationPosition)
          },
        },
      }),
    )
    assert.deepEqual(await service('locate')!(), { ...here, system: 'wgs84' })
    refuses = true
    await assert.rejects(service('locate')!(), /denied/)
  })
})

describe('zhezhengding', () => {
  test('offers what dd can, in the shapes that widgets take', async () => {
    const host = fakeZhezhengding({
      codes: { '50196445': 'code-1' },
      photos: [png, `data:image/png;base64,${png}`, png],
    })
    kept(await use(zhezhengding, { dd: host.dd, corpId: '50196445' }))
    assert.deepEqual(await service('signIn')!(), { provider: 'zhezhengding', code: 'code-1' })
    const position = { longitude: 120.580232, latitude: 30.001523, accuracy: 30, system: 'gcj02' }
    assert.deepEqual(await service('locate')!(), position)
    const photos = await service('pickPhotos')!({ max: 2, camera: false })
    assert.deepEqual(
      photos.map(({ name, type, size }) => [name, type, size]),
      [
        ['photo-1.png', 'image/png', 69],
        ['photo-2.png', 'image/png', 69],
      ],
    )
    await service('close')!()
    assert.equal(host.calls.at(-1), 'closePage')
  })

  test('hands refusals on, also those that dd calls a success', async () => {
    const host = fakeZhezhengding({ codes: {} })
    kept(await use(zhezhengding, { dd: host.dd, corpId: '1' }))
    await assert.rejects(service('signIn')!(), /no code/)
    host.refuses.add('getGeolocation').add('chooseLocalImage')
    await assert.rejects(service('locate')!(), /no permission/)
    await assert.rejects(service('pickPhotos')!({ max: 9, camera: true }), /no permission/)
    host.dd.getGeolocation = () =>
      Promise.resolve({ longitude: 0, latitude: 0, errorCode: 3, errorMessage: '定位失败' })
    await assert.rejects(service('locate')!(), /3 定位失败/)
  })

  test('without dd, or stopped before it is ready, leaves everything to the browser', async () => {
    await kept(await use(zhezhengding))()
    assert.match(warnings[0]!, /dd is not on this page/)
    const host = fakeZhezhengding()
    host.refuses.add('ready')
    const starting = use(zhezhengding, { dd: host.dd })
    await new Promise((resolve) => setTimeout(resolve))
    // the same name again stops the first, which is still waiting
    kept(await use(zhezhengding))
    kept(await starting)
    assert.equal(service('locate'), undefined)
  })
})

describe('sm-crypto', () => {
  const hex = (text: string) => new Uint8Array(Buffer.from(text.replace(/\s/g, ''), 'hex'))
  const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('hex')
  const fresh = (size = 16) => new Uint8Array(randomBytes(size))

  test('SM4-GCM as in RFC 8998, A.1', () => {
    const [key, iv] = [hex('0123456789ABCDEFFEDCBA9876543210'), hex('00001234567800000000ABCD')]
    const bound = hex('FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2')
    const plain = hex(
      'AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD'.concat(
        'EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA',
      ),
    )
    const sealed = hex(`17F399F08C67D5EE19D0DC9969C4BB7D 5FD46FD3756489069157B282BB200735
      D82710CA5C22F0CCFA7CBF93D496AC15 A56834CBCF98C397B4024A2691233B8D
      83DE3541E4C2B58177E065A9BF7B62EC`)
    assert.equal(text(encrypt(plain, key, iv, bound)), text(sealed))
    assert.equal(text(decrypt(sealed, key, iv, bound)), text(plain))
    for (const at of [0, 40, 79]) {
      const changed = sealed.slice()
      changed[at]! ^= 1
      assert.equal(decrypt(changed, key, iv, bound), undefined)
    }
    assert.equal(decrypt(sealed, key, iv, bound.subarray(1)), undefined)
    assert.equal(decrypt(sealed.subarray(0, 15), key, iv, bound), undefined)
  })

  test('SM3 as in the examples of GB/T 32905', () => {
    const digest = (words: string) => text(sm3(new TextEncoder().encode(words)))
    assert.equal(digest('abc'), '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
    const long = 'abcd'.repeat(16)
    assert.equal(digest(long), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732')
    const key = fresh()
    const openssl = createHash('sm3').update('minqing at rest').update(key).digest()
    assert.deepEqual(Buffer.from(keyId(key)), openssl.subarray(0, 8))
  })

  for (const size of [0, 1, sliceBytes, sliceBytes + 1, 2 * sliceBytes + 12_345]) {
    test(`${size} bytes are sealed and opened, slice by slice, under an IV of each`, async () => {
      const [key, bytes] = [fresh(), fresh(size)]
      const { seal, open } = sealWithSm4({ key: () => key })
      const [one, two] = [await seal(bytes, 'here'), await seal(bytes, 'here')]
      assert.notEqual(text(one), text(two))
      assert.equal(text(await open(one, 'here')), text(bytes))
      assert.equal(await open(one, 'there'), undefined)
      // OpenSSL comes to the same, which knows SM4 in counter mode; counting begins behind the block for the tag
      for (let n = 0, at = 9; at < one.length; n++, at += 28 + sliceBytes) {
        const counter = Buffer.concat([one.subarray(at, at + 12), hex('00000002')])
        const slice = bytes.subarray(n * sliceBytes, (n + 1) * sliceBytes)
        const expected = createCipheriv('sm4-ctr', key, counter).update(slice)
        assert.ok(expected.equals(one.subarray(at + 12, at + 12 + slice.length)), `slice ${n}`)
      }
    })
  }

  test('slices can neither be left out, exchanged nor taken from elsewhere', async () => {
    const { seal, open } = sealWithSm4({ key: () => key })
    const key = fresh()
    const sealed = await seal(fresh(3 * sliceBytes), 'here')
    const [step, [head, a, b, c]] = [28 + sliceBytes, [0, 1, 2, 3]]
    const part = (n: number, from = sealed) =>
      n ? from.subarray(9 + (n - 1) * step, 9 + n * step) : from.subarray(0, 9)
    const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts))
    const other = await seal(fresh(3 * sliceBytes), 'here')
    assert.ok(await open(joined(part(head!), part(a!), part(b!), part(c!)), 'here'))
    for (const [what, changed] of [
      ['the last is missing', joined(part(head!), part(a!), part(b!))],
      ['the first is missing', joined(part(head!), part(b!), part(c!))],
      ['two are exchanged', joined(part(head!), part(b!), part(a!), part(c!))],
      ['one is there twice', joined(part(head!), part(a!), part(a!), part(b!), part(c!))],
      ['it ends early', sealed.subarray(0, -1)],
      ['nothing is left', part(head!)],
      ['not even that', new Uint8Array(3)],
    ] as const)
      assert.equal(await open(changed, 'here'), undefined, what)
    assert.ok(await open(other, 'here'))
    assert.match(warnings.join(), /was changed since it was sealed/)
    assert.equal(warnings.length, 1)
  })

  test('the key may change: what was sealed with an older one can be read while that one is given', async () => {
    const [old, now] = [fresh(), fresh()]
    const sealed = await sealWithSm4({ key: () => old }).seal(hex('abcd'), 'here')
    const renewed = sealWithSm4({ key: () => now, olderKeys: () => [fresh(), old] })
    assert.equal(text(await renewed.open(sealed, 'here')), 'abcd')
    const lost = sealWithSm4({ key: async () => now })
    await assert.rejects(lost.open(sealed, 'here'), /another key/)
    await assert.rejects(lost.open(sealed, 'here'), /another key/)
    assert.match(warnings.splice(0).join('|'), /^[^|]*not among those given[^|]*$/)
  })

  for (const [what, key] of [
    ['refuses', () => Promise.reject(new Error('signed out'))],
    ['throws', () => assert.fail('signed out')],
    ['gives a key of another length', () => fresh(32)],
    ['gives something else', () => '0123456789abcdef' as unknown as Uint8Array],
  ] as [string, () => Uint8Array | Promise<Uint8Array>][]) {
    test(`a page that ${what} is told so once, and nothing is sealed or opened`, async () => {
      let asked = 0
      const sealed = await sealWithSm4({ key: () => fresh() }).seal(hex('abcd'), 'here')
      const { seal, open } = sealWithSm4({ key: () => (asked++, key()) })
      await assert.rejects(seal(hex('abcd'), 'here'))
      await assert.rejects(open(sealed, 'here'))
      assert.equal(asked, 1, 'a burst of needs asks once')
      assert.match(warnings.splice(0).join('|'), /^[^|]*there is no key[^|]*$/)
    })
  }

  test('offers the seal while it is used, and forgets the key after', async () => {
    const key = fresh()
    const stop = kept(await usePlugin('sm-crypto', { key: () => key }))
    const atRest = service('atRest')!
    const sealed = await atRest.seal(hex('abcd'), 'here')
    await stop()
    assert.equal(service('atRest'), undefined)
    await assert.rejects(atRest.seal(hex('abcd'), 'here'), /stopped/)
    await assert.rejects(atRest.open(sealed, 'here'), /stopped/)
    assert.equal(
      key.some((byte) => byte !== 0),
      true,
      'the page keeps its own',
    )
  })
})
