import { expect, fixtureCleanup } from '@open-wc/testing'
import { configure } from '../configure.ts'
import { expectAccessible } from '../testing/axe.ts'
import { emulateMedia, ime, sendKeys, setViewport } from '../testing/commands.ts'
import { Line, composerOf, parts, pick, type } from '../testing/composer.ts'
import { browserIs, hostWith, leaveHosts, listener, mapOf, pixel } from '../testing/host.ts'
import { jpeg } from '../testing/jpeg.ts'
import { officer } from '../testing/server.ts'
import { until } from '../testing/until.ts'
import type { MqDiaryComposer } from './diary-composer.ts'

/** A composer in which everything is used, also what a host may offer, above a diary that waits. */
async function full(open = ['走访对象', '地点', '口述']): Promise<MqDiaryComposer> {
  const { dictate, says } = listener()
  await hostWith({ map: mapOf(pixel, 'wgs84'), dictate })
  const line = new Line()
  const grants = ['330683100201', '330683102201'].map((area) => ({ role: 'villageOfficer' as const, area }))
  const composer = await composerOf(officer('', { grants }), { line })
  const { one, press } = parts(composer)
  line.isCut = true
  await type(composer, '在路上写的')
  await composer.publish()
  await until(() => one('.waiting li'))
  await type(composer, `走访 #环境整治 ${'字'.repeat(4700)}`)
  await pick(composer, [await jpeg(), await jpeg(200, 300)])
  for (const label of open) await press(label)
  composer.change({ visited: ['王大爷'], place: { longitude: 120.8, latitude: 29.6, precision: 'grid' } })
  says('王大妈家的路灯', false)
  await until(() => one('[name=precision]') && one('.reason') && one('.leaflet-tile-loaded'))
  await composer.updateComplete
  return composer
}

const visible = (element: HTMLElement) => element.getClientRects().length > 0 && !element.closest('.sr')

describe('the look of the composer', () => {
  afterEach(async () => {
    fixtureCleanup()
    await leaveHosts()
    configure({ elder: false, theme: 'auto', locale: 'zh-CN' })
    await emulateMedia({ colorScheme: 'light', forcedColors: 'none' })
    await setViewport({ width: 800, height: 600 })
  })

  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible, ${theme}`, async () => {
      const composer = await full()
      configure({ theme })
      await composer.updateComplete
      expect(composer.theme).to.equal(theme)
      await expectAccessible(composer)
    })
  }

  it('follows the system to dark, unless told otherwise', async () => {
    const composer = await composerOf(officer())
    const surface = () => getComputedStyle(parts(composer).one('.card')!).backgroundColor
    const light = surface()
    await emulateMedia({ colorScheme: 'dark' })
    expect(surface()).not.to.equal(light)
    configure({ theme: 'light' })
    await composer.updateComplete
    expect(surface()).to.equal(light)
  })

  it('takes the colors of the host', async () => {
    const composer = await composerOf(officer())
    const publish = parts(composer).one('.publish')!
    composer.style.setProperty('--mq-accent', 'rgb(1, 2, 3)')
    expect(getComputedStyle(publish).backgroundColor).to.equal('rgb(1, 2, 3)')
    document.documentElement.style.setProperty('--mq-on-accent', 'rgb(4, 5, 6)')
    expect(getComputedStyle(publish).color).to.equal('rgb(4, 5, 6)')
    document.documentElement.style.removeProperty('--mq-on-accent')
  })

  it('has text of 18 px and targets of 44 px at least for elders', async () => {
    const composer = await full()
    configure({ elder: true })
    await composer.updateComplete
    const all = [...composer.renderRoot.querySelectorAll<HTMLElement>('*')].filter(visible)
    const texts = all.filter((element) =>
      [...element.childNodes].some((node) => node instanceof Text && node.data.trim()),
    )
    const small = texts.filter((element) => parseFloat(getComputedStyle(element).fontSize) < 18)
    expect(small.map(({ outerHTML }) => outerHTML)).to.deep.equal([])
    const pressed = all.filter((element) =>
      element.matches('button, select, textarea, input:not([type=radio]), label:not([for])'),
    )
    const tight = pressed.filter((element) => element.getBoundingClientRect().height < 44)
    expect(tight.map(({ outerHTML }) => outerHTML)).to.deep.equal([])
    await expectAccessible(composer)
  })

  it('does not depend on the size of the root, and fits a narrow phone', async () => {
    const composer = await full()
    const sizeOf = () => getComputedStyle(parts(composer).one('.publish')!).fontSize
    document.documentElement.style.setProperty('font-size', '40px')
    expect(sizeOf()).to.equal('16px')
    document.documentElement.style.removeProperty('font-size')
    await setViewport({ width: 320, height: 640 })
    expect(document.documentElement.scrollWidth).to.be.at.most(320)
  })

  it('speaks English', async () => {
    configure({ locale: 'en' })
    const composer = await full(['Visited', 'Place', 'Dictate'])
    await until(() => parts(composer).button('Publish'))
    await composer.updateComplete
    expect(composer.renderRoot.textContent).not.to.match(/发布|走访对象|照片|地点|已保存|口述|影像|北纬/)
    expect(parts(composer).one('.reason')?.textContent).to.contain('sent when the network is back')
    await expectAccessible(composer)
  })

  it('grows with its text', async () => {
    const composer = await composerOf(officer())
    const { text } = parts(composer)
    const before = text.offsetHeight
    await type(composer, '一行\n'.repeat(9))
    expect(text.offsetHeight).to.be.greaterThan(before + 60)
  })
})

const locate = async (composer: MqDiaryComposer) => {
  await parts(composer).press('地点')
  await parts(composer).press('定位')
}
const said = (composer: MqDiaryComposer, text: string) =>
  until(() => `${parts(composer).status()}${parts(composer).alert()}`.includes(text), text)

describe('map and speech in the composer', () => {
  afterEach(async () => {
    await leaveHosts()
    fixtureCleanup()
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
