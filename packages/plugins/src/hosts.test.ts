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
import { dingtalk, type DingTalk } from './dingtalk/dingtalk.ts'
import { fakeDingtalk } from './dingtalk/fake.ts'
import { fakeWechat } from './wechat/fake.ts'
import { wechat, type Wechat } from './wechat/wechat.ts'

type Question<F extends (how: never) => unknown> = Parameters<F>[0]
type Answer<F extends (how: never) => unknown> = Awaited<ReturnType<F>>
/** What `success` is told by a call of wx. */
type Told<F extends (how: never) => unknown> =
  Question<F> extends { success(found: infer T): void } ? T : never
/** Does not compile unless the first can stand where the second is wanted. */
type Fits<Given extends Wanted, Wanted> = Given

/** Our notes of the hosts' shapes, held against the vendors' own types: our questions fit, and so do their answers. */
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
