import { expect, fixtureCleanup } from '@open-wc/testing'
import { configure } from '../configure.ts'
import { offer } from '../internal/services.ts'
import { expectAccessible } from '../testing/axe.ts'
import { emulateMedia, setViewport } from '../testing/commands.ts'
import { Line, composerOf, parts, pick, type } from '../testing/composer.ts'
import { listener, mapOf, pixel } from '../testing/host.ts'
import { jpeg } from '../testing/jpeg.ts'
import { officer } from '../testing/server.ts'
import { until } from '../testing/until.ts'
import type { MqDiaryComposer } from './diary-composer.ts'

const withdraw: (() => void)[] = []

/** A composer in which everything is used, also what a host may offer, above a diary that waits. */
async function full(open = ['走访对象', '地点', '口述']): Promise<MqDiaryComposer> {
  const { dictate, says } = listener()
  withdraw.push(offer('map', mapOf(pixel, 'wgs84')), offer('dictate', dictate))
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
    for (const back of withdraw.splice(0)) back()
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
