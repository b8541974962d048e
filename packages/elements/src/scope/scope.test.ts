import { expect, fixture, fixtureCleanup, html } from '@open-wc/testing'
import { configure } from '../configure.ts'
import '../define/mq-issue-tracker.ts'
import '../define/mq-scope.ts'
import { define } from '../internal/define.ts'
import { MqElement } from '../internal/element.ts'
import { MqIssueOpenEvent } from '../internal/issue-events.ts'
import type { MqIssueTracker } from '../issue-tracker/issue-tracker.ts'
import { officer, serverUrl, strictUrl, tokenOf } from '../testing/server.ts'
import { until } from '../testing/until.ts'
import type { MqScope } from './scope.ts'

class Probe extends MqElement {
  changes = 0
  mq = () => this.client()
  protected override connectionChanged(): void {
    this.changes++
  }
}
define('mq-scope-probe', Probe)

const nameOf = async (probe: Probe) => (await (await probe.mq()).me.get()).name
const probeIn = (root: ParentNode) => root.querySelector<Probe>('mq-scope-probe')!

describe('a scope', () => {
  beforeEach(async () => {
    const token = await tokenOf(officer(undefined, { name: '页面' }))
    configure({ baseUrl: await serverUrl(), getToken: () => token, tokenUrl: undefined })
  })
  afterEach(() => fixtureCleanup())

  it('gives the widgets inside a server, a person, an area; the nearest counts, through shadow roots', async () => {
    const [outer, inner] = await Promise.all(
      ['外', '内'].map((name) => tokenOf(officer(undefined, { name }))),
    )
    const page = await fixture(
      html`<div>
        <mq-scope-probe></mq-scope-probe>
        <mq-scope base-url=${await strictUrl()} area="330683" .getToken=${() => outer}>
          <mq-scope-probe></mq-scope-probe>
          <mq-scope .getToken=${() => inner}><p></p></mq-scope>
        </mq-scope>
      </div>`,
    )
    const host = page.querySelector('p')!
    host.attachShadow({ mode: 'closed' }).append(document.createElement('mq-scope-probe'))
    const [bare, scoped] = page.querySelectorAll<Probe>('mq-scope-probe')
    expect(await nameOf(bare!)).to.equal('页面')
    expect(bare!.area).to.equal(undefined)
    expect(await nameOf(scoped!)).to.equal('外')
    expect((await scoped!.mq()).baseUrl).to.equal(await strictUrl())
    expect(scoped!.area).to.equal('330683')
  })

  it('reaches into a shadow root, and a widget goes over when its scope changes or it is moved', async () => {
    const tokens = await Promise.all(['甲', '乙'].map((name) => tokenOf(officer(undefined, { name }))))
    const scope = await fixture<MqScope>(
      html`<mq-scope area="330683" .getToken=${() => tokens[0]!}><p></p></mq-scope>`,
    )
    const probe = document.createElement('mq-scope-probe') as Probe
    scope.querySelector('p')!.attachShadow({ mode: 'open' }).append(probe)
    expect(await nameOf(probe)).to.equal('甲')
    scope.getToken = () => tokens[1]!
    await until(() => probe.changes === 1)
    expect(await nameOf(probe)).to.equal('乙')
    scope.area = '330602'
    expect(probe.area).to.equal('330602')
    scope.after(probe)
    expect(probe.changes).to.equal(2)
    expect(await nameOf(probe)).to.equal('页面')
    expect(probe.area).to.equal(undefined)
    probe.remove()
  })

  it("does not send the page's token to another server", async () => {
    const page = await fixture(
      html`<mq-scope base-url=${await strictUrl()}><mq-scope-probe></mq-scope-probe></mq-scope>`,
    )
    const problem = await nameOf(probeIn(page)).catch((error: { code: string }) => error)
    expect((problem as { code: string }).code).to.equal('unauthenticated')
  })

  it('takes its token from an address, and an attribute of the widget goes before it', async () => {
    const address = (name: string) =>
      `/__token?claims=${encodeURIComponent(JSON.stringify(officer(undefined, { name })))}`
    const page = await fixture(
      html`<mq-scope token-url=${address('域')} area="330683">
        <mq-scope-probe></mq-scope-probe>
        <mq-scope-probe token-url=${address('自己')} area="330602"></mq-scope-probe>
      </mq-scope>`,
    )
    const [first, second] = page.querySelectorAll<Probe>('mq-scope-probe')
    expect(await nameOf(first!)).to.equal('域')
    expect(await nameOf(second!)).to.equal('自己')
    expect(second!.area).to.equal('330602')
  })

  it('takes properties that were set before its code arrived', async () => {
    const early = document.createElement('mq-scope-early') as unknown as MqScope
    early.area = '330683'
    document.body.append(early)
    const { MqScope } = await import('./scope.ts')
    customElements.define('mq-scope-early', class extends MqScope {})
    await until(() => early.getAttribute('area') === '330683')
    early.remove()
  })

  it('keeps what widgets tell each other within a server and person', async () => {
    const tracker = (text: string) => html`<mq-issue-tracker data-name=${text}></mq-issue-tracker>`
    const strict = await strictUrl()
    const page = await fixture(
      html`<div>
        <p></p>
        ${tracker('page')}
        <mq-scope base-url=${strict}><b></b>${tracker('other server')}</mq-scope>
        <mq-scope .getToken=${() => tokenOf(officer())}><i></i>${tracker('other person')}</mq-scope>
      </div>`,
    )
    const trackers = [...page.querySelectorAll<MqIssueTracker>('mq-issue-tracker')]
    await until(() => trackers.every((one) => one.shadowRoot?.querySelector('.tracker')))
    const issue = '0190a000-0000-7000-8000-000000000000'
    const shownAfter = (source: EventTarget) => {
      for (const one of trackers) Object.assign(one, { issue: undefined })
      source.dispatchEvent(new MqIssueOpenEvent(issue, 'n'))
      return trackers.filter((one) => one.issue === issue).map((one) => one.dataset['name'])
    }
    expect(shownAfter(page.querySelector('p')!)).to.deep.equal(['page'])
    expect(shownAfter(page.querySelector('b')!)).to.deep.equal(['other server'])
    expect(shownAfter(page.querySelector('i')!)).to.deep.equal(['other person'])
    expect(shownAfter(document)).to.have.length(3)
  })
})
