import { expect, fixture, fixtureCleanup, html } from '@open-wc/testing'
import { configure } from '../configure.ts'
import { MqElement } from './element.ts'
import { define } from './define.ts'
import { officer, serverUrl, tokenOf } from '../testing/server.ts'
import { until } from '../testing/until.ts'
import { version } from '../version.ts'

class Probe extends MqElement {
  changes = 0
  mq = () => this.client()
  protected override connectionChanged(): void {
    this.changes++
  }
}
define('mq-test-probe', Probe)

const probe = () => fixture<Probe>(html`<mq-test-probe></mq-test-probe>`)

describe('what all widgets have in common', () => {
  beforeEach(async () => {
    const token = await tokenOf(officer())
    configure({ baseUrl: await serverUrl(), getToken: () => token, tokenUrl: undefined, fetch: undefined })
  })
  afterEach(() => fixtureCleanup())

  it('is one client for widgets of one server and person', async () => {
    const [one, two] = [await probe(), await probe()]
    expect(await one.mq()).to.equal(await two.mq())
  })

  it('is told when the page configures another person, and only then', async () => {
    const one = await probe()
    const before = await one.mq()
    configure({ elder: false })
    await until(() => one.hasUpdated)
    expect(one.changes).to.equal(0)
    configure({ getToken: () => tokenOf(officer()) })
    await until(() => one.changes === 1)
    expect(await one.mq()).not.to.equal(before)
  })

  it('closes the client when no widget is left, and not while one is moved', async () => {
    const one = await probe()
    const client = await one.mq()
    const place = document.createElement('div')
    document.body.append(place)
    place.append(one)
    expect(await one.mq()).to.equal(client)
    place.remove()
    const two = await probe()
    await until(async () => (await two.mq()) !== client)
  })

  it('is told of another person who was configured while it was out of the page', async () => {
    const one = await probe()
    const client = await one.mq()
    const place = one.parentElement!
    one.remove()
    configure({ getToken: () => tokenOf(officer(undefined, { name: '后来的人' })) })
    place.append(one)
    expect(one.changes).to.equal(1)
    const now = await one.mq()
    expect(now).not.to.equal(client)
    expect((await now.me.get()).name).to.equal('后来的人')
  })

  it('asks the host for tokens at token-url, bare or as JSON', async () => {
    const claims = encodeURIComponent(JSON.stringify(officer()))
    for (const address of [`/__token?claims=${claims}`, `/__token?json&claims=${claims}`]) {
      const one = await fixture<Probe>(html`<mq-test-probe token-url=${address}></mq-test-probe>`)
      expect((await (await one.mq()).me.get()).name).to.equal('测试员')
    }
    const refused = await fixture<Probe>(html`<mq-test-probe token-url="/nowhere"></mq-test-probe>`)
    const problem = await (await refused.mq()).me.get().catch((error: { code: string }) => error)
    expect((problem as { code: string }).code).to.equal('unauthenticated')
  })

  it('shows the language of its attribute', async () => {
    await fixture(html`<mq-test-probe locale="en"></mq-test-probe>`)
    const { msg, locale } = await import('./localize.ts')
    expect(msg('重试', { id: 'common.retry' })).to.equal('Try again')
    expect(locale()).to.equal('en')
    await fixture(html`<mq-test-probe locale="zh-CN"></mq-test-probe>`)
    expect(msg('重试', { id: 'common.retry' })).to.equal('重试')
  })

  it('leaves second definitions out and says both versions, once', async () => {
    const said: string[] = []
    const { warn } = console
    console.warn = (text: string) => said.push(text)
    define('mq-test-probe', class extends MqElement {})
    define('mq-test-probe', class extends MqElement {})
    define('mq-test-probe', Probe)
    await until(() => said.length > 0)
    console.warn = warn
    expect(said).to.deep.equal([
      `minqing: <mq-test-probe> of version ${version} is on this page already; version ${version} is not used.`,
    ])
    expect(customElements.get('mq-test-probe')).to.equal(Probe)
  })
})
