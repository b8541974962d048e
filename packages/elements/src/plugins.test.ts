import { expect, fixtureCleanup } from '@open-wc/testing'
import { configuration, configure } from './configure.ts'
import type { MqDiaryComposer } from './diary-composer/diary-composer.ts'
import { cast, openTracker, ownWord, report } from './issue-tracker/testing/tracker.ts'
import { definePlugin, use, type HostServices } from './plugins.ts'
import { ime, sendKeys } from './testing/commands.ts'
import { composerOf, parts } from './testing/composer.ts'
import { listener, mapOf, pixel } from './testing/host.ts'
import { jpeg } from './testing/jpeg.ts'
import { officer } from './testing/server.ts'
import { until } from './testing/until.ts'

const stops: (() => Promise<void>)[] = []
const hostWith = async (offers: Partial<HostServices>) => {
  const host = definePlugin({
    name: 'host',
    setup: ({ offer }) => {
      for (const name of Object.keys(offers) as (keyof HostServices)[]) offer(name, offers[name] as never)
    },
  })
  const stop = await use(host)
  stops.push(stop)
  return stop
}

/** The world's own position, given or refused. */
const browserIs = (here: { longitude: number; latitude: number } | undefined) =>
  Object.defineProperty(navigator, 'geolocation', {
    configurable: true,
    value: {
      getCurrentPosition: (found: (position: object) => void, failed: (problem: object) => void) =>
        here ? found({ coords: here }) : failed({ code: 1 }),
    },
  })

const locate = async (composer: MqDiaryComposer) => {
  await parts(composer).press('地点')
  await parts(composer).press('定位')
}
const said = (composer: MqDiaryComposer, text: string) =>
  until(() => `${parts(composer).status()}${parts(composer).alert()}`.includes(text), text)

describe('services of a host', () => {
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop()
    Reflect.deleteProperty(navigator, 'geolocation')
    fixtureCleanup()
  })

  for (const [system, longitude, latitude] of [
    ['wgs84', 120.580232, 30.001523],
    ['gcj02', 120.584311, 29.998887],
    ['bd09', 120.590749, 30.005133],
  ] as const) {
    it(`the place is found in ${system} and kept in WGS 84`, async () => {
      const composer = await composerOf(officer())
      await hostWith({ locate: () => Promise.resolve({ longitude, latitude, system }) })
      await locate(composer)
      await said(composer, '已定位')
      const { place } = composer.draft
      expect(place!.longitude).to.be.closeTo(120.580232, 0.00002)
      expect(place!.latitude).to.be.closeTo(30.001523, 0.00002)
      expect(place!.precision).to.equal('grid')
    })
  }

  for (const [what, answer] of [
    ['refuses', () => Promise.reject(new Error('no permission'))],
    [
      'throws at once',
      () => {
        throw new Error('no bridge')
      },
    ],
    ['knows no place on earth', () => Promise.resolve({ longitude: NaN, latitude: 30, system: 'wgs84' })],
  ] as [string, HostServices['locate']][]) {
    it(`a host that ${what} leaves it to the browser`, async () => {
      browserIs({ longitude: 120.5, latitude: 30 })
      const composer = await composerOf(officer())
      await hostWith({ locate: answer })
      await locate(composer)
      await said(composer, '已定位')
      expect(composer.draft.place).to.include({ longitude: 120.5, latitude: 30 })
    })
  }

  it('neither knows: the place can be typed', async () => {
    browserIs(undefined)
    const composer = await composerOf(officer())
    await locate(composer)
    await said(composer, '无法取得位置')
    expect(composer.draft.place).to.equal(undefined)
    await until(() => parts(composer).button('定位'))
  })

  it('photos come from the host wherever a widget picks them, and from the browser when it fails', async () => {
    const composer = await composerOf(officer())
    const asked: object[] = []
    let refuses = false
    const photo = await jpeg(120, 90, { name: '宿主.jpg' })
    const stop = await hostWith({
      pickPhotos: (how) => {
        asked.push(how)
        return refuses ? Promise.reject(new Error('no permission')) : Promise.resolve([photo])
      },
    })
    /** Whether the press of the button got as far as the browser's own dialog, which tests cannot answer. */
    let reached = false
    const input = parts(composer).one<HTMLInputElement>('input[type=file]')!
    input.addEventListener('click', (event) => {
      reached = !event.defaultPrevented
      event.preventDefault()
    })
    // until the watching part has come, presses go to the browser
    await until(async () => {
      await parts(composer).press('照片')
      return asked.length > 0
    })
    await until(() => composer.draft.photos.length === 1)
    expect(composer.draft.photos[0]!.name).to.equal('宿主.jpg')
    expect(asked).to.deep.equal([{ max: 9, camera: false }])
    expect(reached).to.equal(false)

    refuses = true
    await parts(composer).press('照片')
    const note = () => [...composer.renderRoot.querySelectorAll('p[role=alert]')].map((p) => p.textContent)
    await until(() => note().some((text) => text === '未能打开相机或相册，请再点一次改用浏览器选择'))
    await parts(composer).press('照片')
    expect(reached).to.equal(true)
    expect(asked).to.have.length(2)
    expect(note()).to.have.length(0)

    await stop()
    await parts(composer).press('照片')
    expect(asked).to.have.length(2)
  })

  it('its style and its way to the server hold while it is there, and the page’s own come back', async () => {
    const composer = await composerOf(officer())
    const own = configuration()!.fetch
    const through: string[] = []
    const stop = await hostWith({
      style: { elder: true },
      transport: Object.assign(
        (...[input, init]: Parameters<typeof fetch>) => {
          through.push(new Request(input, init).url)
          return fetch(input, init)
        },
        { streams: false },
      ),
    })
    expect(composer.elder).to.equal(true)
    expect(configuration()!.fetch).to.not.equal(own)
    await until(() => through.some((url) => url.includes('/v1/')), 'a request of the host')
    await stop()
    expect(composer.elder).to.equal(false)
    expect(configuration()!.fetch).to.equal(own)

    const again = await hostWith({ style: { theme: 'dark' } })
    expect(configuration()).to.include({ theme: 'dark', elder: false })
    configure({ theme: 'light' })
    await again()
    expect(configuration()!.theme).to.equal('light')
    configure({ theme: 'auto' })
  })

  it('a map in a shifted system shows and takes the place in WGS 84, while it is offered', async () => {
    browserIs({ longitude: 120.580232, latitude: 30.001523 })
    const composer = await composerOf(officer())
    const find = parts(composer).one
    await locate(composer)
    await said(composer, '已定位')
    expect(find('.map')).to.equal(null)
    const stop = await hostWith({ map: mapOf(pixel, 'gcj02') })
    const pin = await until(() => find('.map-pin'), 'the pin')
    expect(find('.map-where')!.textContent).to.contain('北纬 30.00152°，东经 120.58023°')
    for (const key of ['ArrowRight', 'ArrowLeft'])
      pin.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }))
    await said(composer, '已改正位置')
    const { place } = composer.draft
    expect(place!.longitude).to.be.closeTo(120.580232, 0.00002)
    expect(place!.latitude).to.be.closeTo(30.001523, 0.00002)
    expect(find('.map-tools')!.childElementCount, 'nothing to change over to').to.equal(2)
    await parts(composer).press('移除地点')
    await until(() => !find('.map'))
    await parts(composer).press('撤销')
    await until(() => find('.map-pin'))
    await stop()
    await until(() => !find('.map'))
    expect('L' in globalThis).to.equal(false)
  })

  it('a tracker shows where an issue is, to be looked at only', async () => {
    const people = cast()
    const place = { longitude: 120.580232, latitude: 30.001523, precision: 'grid' } as const
    const { id, text } = await report(people.officer, ownWord(), { place })
    await hostWith({ map: mapOf(pixel, 'wgs84') })
    const tracker = await openTracker(people.center, { issue: id })
    const find = (selector: string) => tracker.renderRoot.querySelector<HTMLElement>(selector)
    await until(() => find('.said')?.textContent === text, 'the issue')
    await until(() => find('.leaflet-tile-loaded'), 'its map')
    expect(find('.map-where')!.textContent).to.contain('位置已模糊到约 1 公里')
    expect(find('.map-pin')!.tabIndex).to.equal(-1)
    tracker.remove()
    await until(() => !find('.leaflet-tile'), 'the map to go')
  })

  it('a map of which no tile comes is told, and the place stays', async () => {
    browserIs({ longitude: 120.5, latitude: 30 })
    const composer = await composerOf(officer())
    await hostWith({ map: mapOf('/no-such/{z}/{x}/{y}.png', 'wgs84') })
    await locate(composer)
    const note = () => parts(composer).one('[part=place] [role=status]')?.textContent ?? ''
    await until(() => note().includes('地图暂时打不开，位置仍可使用。'))
    expect(composer.draft.place).to.include({ longitude: 120.5, latitude: 30 })
    await hostWith({ map: mapOf(pixel, 'wgs84') })
    await parts(composer).press('重试')
    await until(() => parts(composer).one('.leaflet-tile-loaded'), 'tiles of the next one')
  })

  it('speech is written at the caret, never into what an input method composes, and can be taken back', async () => {
    const composer = await composerOf(officer())
    const { text, press, one } = parts(composer)
    expect(parts(composer).button('口述')).to.equal(undefined)
    const { dictate, says } = listener()
    const stop = await hostWith({ dictate })
    composer.focus()
    await press('口述')
    const button = parts(composer).button('口述')!
    expect(button.getAttribute('aria-pressed')).to.equal('true')
    says('走访', false)
    expect(one('.heard')!.textContent).to.contain('走访')
    expect(text.value).to.equal('')
    says('走访三户。')
    expect([text.value, composer.draft.text]).to.deep.equal(['走访三户。', '走访三户。'])
    await ime({ text: 'ludeng' })
    says('路灯不亮。')
    expect(text.value).to.equal('走访三户。ludeng')
    await ime({ commit: '另：' })
    await until(() => text.value === '走访三户。另：路灯不亮。', 'what was held back')
    await sendKeys({ down: 'Control' })
    await sendKeys({ press: 'z' })
    await sendKeys({ up: 'Control' })
    expect(text.value).to.equal('走访三户。另：')
    // Pressed by keys, the focus comes back to the button.
    button.focus()
    says('完。')
    expect(text.value).to.equal('走访三户。另：完。')
    expect((composer.renderRoot as ShadowRoot).activeElement).to.equal(button)
    await press('口述')
    await until(() => button.getAttribute('aria-pressed') === 'false')
    expect(one('.heard')).to.equal(null)
    await stop()
    await until(() => !parts(composer).button('口述'))
  })

  it('listening that ends by itself is told in one sentence', async () => {
    const composer = await composerOf(officer())
    const { dictate, ends } = listener()
    await hostWith({ dictate })
    for (const [how, sentence] of [
      ['refused', '没有使用麦克风的权限'],
      ['network', '语音识别连不上'],
      ['silence', '没有听到声音'],
      ['failed', '语音识别出错'],
    ] as const) {
      await parts(composer).press('口述')
      ends(how)
      await said(composer, sentence)
      expect(parts(composer).button('口述')!.getAttribute('aria-pressed')).to.equal('false')
    }
  })
})
