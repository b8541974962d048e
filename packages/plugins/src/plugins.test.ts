import assert from 'node:assert/strict'
import { afterEach, describe, mock, test } from 'node:test'
import { definePlugin, service, stopPlugins, use } from '@minqing/elements/plugins'
import { pluginNames, usePlugin, type OwnPlugin } from './index.ts'
import { browser } from './browser/browser.ts'
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
