import assert from 'node:assert/strict'
import { afterEach, describe, mock, test } from 'node:test'
import { service, use } from '@minqing/elements/plugins'
import type { IUnionClosePageParams } from 'dingtalk-jsapi/api/union/closePage.js'
import type {
  IUnionGetAuthCodeParams,
  IUnionGetAuthCodeResult,
} from 'dingtalk-jsapi/api/union/getAuthCode.js'
import type {
  IUnionGetLocationParams,
  IUnionGetLocationResult,
} from 'dingtalk-jsapi/api/union/getLocation.js'
import type wx from 'weixin-js-sdk'
import { dictation, type Recognition } from './dictation/dictation.ts'
import { fakeRecognition } from './dictation/fake.ts'
import { dingtalk, type DingTalk } from './dingtalk/dingtalk.ts'
import { fakeDingtalk } from './dingtalk/fake.ts'
import { fakeWechat } from './wechat/fake.ts'
import { tianditu } from './tianditu/tianditu.ts'
import { wechat, type Wechat } from './wechat/wechat.ts'

type Question<F extends (how: never) => unknown> = Parameters<F>[0]
type Answer<F extends (how: never) => unknown> = Awaited<ReturnType<F>>
/** What `success` is told by a call of wx. */
type Told<F extends (how: never) => unknown> =
  Question<F> extends { success(found: infer T): void } ? T : never
/** Does not compile unless the first can stand where the second is wanted. */
type Fits<Given extends Wanted, Wanted> = Given

/** Our notes of the hosts' shapes, held against the vendors' and the browsers' own types: our questions fit, and so do their answers. */
export type VendorShapes = [
  Fits<Question<DingTalk['getAuthCode']>, Omit<IUnionGetAuthCodeParams, 'success' | 'fail' | 'complete'>>,
  Fits<IUnionGetAuthCodeResult, Answer<DingTalk['getAuthCode']>>,
  Fits<Question<DingTalk['getLocation']>, Omit<IUnionGetLocationParams, 'success' | 'fail' | 'complete'>>,
  Fits<IUnionGetLocationResult, Answer<DingTalk['getLocation']>>,
  Fits<Question<DingTalk['closePage']>, Omit<IUnionClosePageParams, 'success' | 'fail' | 'complete'>>,
  Fits<Question<Wechat['getLocation']>['type'], Question<typeof wx.default.getLocation>['type']>,
  Fits<Told<typeof wx.default.getLocation>, Told<Wechat['getLocation']>>,
  Fits<Told<typeof wx.default.chooseImage>, Told<Wechat['chooseImage']>>,
  Fits<Told<typeof wx.default.getLocalImgData>, Told<Wechat['getLocalImgData']>>,
  Fits<SpeechRecognitionEvent, Parameters<NonNullable<Recognition['onresult']>>[0]>,
  Fits<SpeechRecognitionErrorEvent, Parameters<NonNullable<Recognition['onerror']>>[0]>,
]

const jpeg = '/9j/4AAQSkZJRgABAQ=='
const warnings: string[] = []
mock.method(console, 'warn', (sentence: string) => warnings.push(sentence))
let stop: (() => Promise<void>) | undefined
afterEach(async () => {
  await stop?.()
  stop = undefined
  warnings.length = 0
})

describe('dingtalk', () => {
  test('offers what dd can; photos are left to its browser', async () => {
    const host = fakeDingtalk({ codes: { ding1: 'code-1' } })
    stop = await use(dingtalk, { dd: host.dd, corpId: 'ding1' })
    assert.deepEqual(await service('signIn')!(), { provider: 'dingtalk', code: 'code-1' })
    const position = { longitude: 120.580232, latitude: 30.001523, accuracy: 30, system: 'gcj02' }
    assert.deepEqual(await service('locate')!(), position)
    assert.equal(service('pickPhotos'), undefined)
    await service('close')!()
    assert.deepEqual(host.calls, ['ready', 'getAuthCode', 'getLocation', 'closePage'])
  })

  test('hands refusals on, and is nothing without dd', async () => {
    const host = fakeDingtalk()
    host.refuses.add('getLocation')
    stop = await use(dingtalk, { dd: host.dd, corpId: 'ding1' })
    await assert.rejects(service('signIn')!(), /no code/)
    await assert.rejects(service('locate')!(), /no permission/)
    await stop()
    stop = await use(dingtalk)
    assert.match(warnings[0]!, /dd is not on this page/)
    assert.equal(service('locate'), undefined)
  })
})

describe('wechat', () => {
  test('offers what wx can', async () => {
    const host = fakeWechat({ photos: [jpeg, `data:image/jpeg;base64,${jpeg}`, jpeg] })
    stop = await use(wechat, { wx: host.wx })
    const position = { longitude: 120.580232, latitude: 30.001523, accuracy: 30, system: 'wgs84' }
    assert.deepEqual(await service('locate')!(), position)
    const photos = await service('pickPhotos')!({ max: 2, camera: false })
    assert.deepEqual(
      photos.map(({ name, type, size }) => [name, type, size]),
      [
        ['photo-1.jpg', 'image/jpeg', 13],
        ['photo-2.jpg', 'image/jpeg', 13],
      ],
    )
    assert.equal(service('signIn'), undefined)
    await service('close')!()
    assert.equal(host.calls.at(-1), 'closeWindow')
  })

  test('going back is no failure, a refusal is', async () => {
    const host = fakeWechat({ photos: [jpeg] })
    stop = await use(wechat, { wx: host.wx })
    host.cancels.add('chooseImage')
    assert.deepEqual(await service('pickPhotos')!({ max: 9, camera: true }), [])
    host.cancels.clear()
    host.refuses.add('getLocalImgData').add('getLocation')
    await assert.rejects(service('pickPhotos')!({ max: 9, camera: false }), /getLocalImgData:fail/)
    await assert.rejects(service('locate')!(), /getLocation:fail/)
  })

  test('without a signature that holds everything is left to the browser', async () => {
    const host = fakeWechat()
    host.refuses.add('ready')
    stop = await use(wechat, { wx: host.wx })
    assert.match(warnings[0]!, /wx.config did not hold/)
    assert.equal(service('locate'), undefined)
  })
})

describe('tianditu', () => {
  test('offers streets and satellite pictures under their names, at the documented addresses', async () => {
    stop = await use(tianditu, { tk: 'a b', attribution: '天地图 GS(2024)0568号' })
    const { layers, ...map } = service('map')!
    assert.deepEqual(map, { attribution: '天地图 GS(2024)0568号', system: 'wgs84' })
    assert.deepEqual(
      layers.map(({ kind, tiles }) => [kind, ...tiles.map(({ url }) => new URL(url).pathname)]),
      [
        ['streets', '/vec_w/wmts', '/cva_w/wmts'],
        ['satellite', '/img_w/wmts', '/cia_w/wmts'],
      ],
    )
    const [vec] = layers[0]!.tiles
    assert.equal(
      vec!.url,
      'https://t{s}.tianditu.gov.cn/vec_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=vec&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=a%20b',
    )
    assert.deepEqual(vec!.subdomains, ['0', '1', '2', '3', '4', '5', '6', '7'])
  })

  test('takes a mirror of a closed network, and is nothing without a key', async () => {
    stop = await use(tianditu, { tk: 'k', baseUrl: 'https://map.example.gov.cn/tdt/', satellite: false })
    const { layers } = service('map')!
    assert.deepEqual(
      layers.map(({ kind, tiles }) => [kind, tiles[0]!.url.split('?')[0]]),
      [['streets', 'https://map.example.gov.cn/tdt/vec_w/wmts']],
    )
    await stop()
    stop = await use(tianditu, { tk: '' })
    assert.match(warnings[0]!, /needs the key tk/)
    assert.equal(service('map'), undefined)
  })
})

describe('dictation', () => {
  const listen = async (options: { continuous?: boolean } = {}) => {
    const host = fakeRecognition()
    stop = await use(dictation, { recognition: host.recognition, ...options })
    const words: [string, boolean][] = []
    const start = () =>
      service('dictate')!({ language: 'zh-CN', heard: (text, isFinal) => words.push([text, isFinal]) })
    return { host, words, start }
  }

  test('tells words while they are spoken, and when they are certain; goes on over pauses until it is stopped', async () => {
    const { host, words, start } = await listen()
    const one = start()
    const { lang, continuous, interimResults } = host.current!
    assert.deepEqual([lang, continuous, interimResults], ['zh-CN', true, true])
    host.speaks('走访')
    host.speaks('走访了三户。', true)
    host.speaks('王大妈')
    host.pauses()
    assert.equal(host.starts, 2)
    host.speaks('路灯不亮')
    one.stop()
    assert.equal(await one.ended, 'stopped')
    assert.deepEqual(words, [
      ['走访', false],
      ['走访了三户。', true],
      ['王大妈', false],
      ['路灯不亮', false],
      ['路灯不亮', true],
    ])
    assert.equal(host.current, undefined)
  })

  for (const [error, end] of [
    ['not-allowed', 'refused'],
    ['audio-capture', 'refused'],
    ['network', 'network'],
    ['no-speech', 'silence'],
    ['bad-grammar', 'failed'],
  ] as const) {
    test(`${error} ends it as ${end}`, async () => {
      const { host, start } = await listen({ continuous: false })
      const { ended } = start()
      assert.equal(host.current!.continuous, false)
      host.fails(error)
      assert.equal(await ended, end)
      assert.equal(host.starts, 1)
    })
  }

  test('one listens at a time, none after the end, and none where nothing recognizes speech', async () => {
    const { host, start } = await listen()
    const first = start()
    const second = start()
    assert.equal(await first.ended, 'stopped')
    await stop!()
    assert.equal(await second.ended, 'stopped')
    assert.equal(host.current, undefined)
    stop = await use(dictation)
    assert.match(warnings[0]!, /recognizes no speech/)
    assert.equal(service('dictate'), undefined)
  })
})
