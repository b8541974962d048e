import { expect, fixture, fixtureCleanup, html } from '@open-wc/testing'
import { configure } from '../configure.ts'
import { define } from './define.ts'
import { MqElement } from './element.ts'
import '../define/mq-issue-tracker.ts'
import { officer, serverUrl, tokenOf } from '../testing/server.ts'
import { until } from '../testing/until.ts'

class Probe extends MqElement {
  mq = () => this.client()
}
define('mq-check-probe', Probe)

describe('what an integrator got wrong', () => {
  const said: string[] = []
  const { warn } = console
  before(() => (console.warn = (...words: unknown[]) => said.push(String(words[0]))))
  after(() => (console.warn = warn))
  beforeEach(async () => {
    said.length = 0
    const token = await tokenOf(officer())
    configure({ baseUrl: await serverUrl(), getToken: () => token, tokenUrl: undefined })
  })
  afterEach(() => fixtureCleanup())

  const codeAs = async (probe: Probe) =>
    (await probe.mq()).me.get().then(
      () => 'none',
      (error: { code: string }) => error.code,
    )
  const probe = () => fixture<Probe>(html`<mq-check-probe></mq-check-probe>`)

  it('in an attribute is said once, and left out', async () => {
    const draw = () => fixture(html`<mq-issue-tracker view="grid"></mq-issue-tracker>`)
    const tracker = await draw()
    await until(() => tracker.shadowRoot!.querySelector('[part~=list],[part~=empty]'))
    await draw()
    expect(said).to.deep.equal(['minqing: <mq-issue-tracker> has view "grid"; known are list, board.'])
  })

  it('in getToken is said, and the widget is as for somebody who is not signed in', async () => {
    configure({
      getToken: () => {
        throw new Error('broken')
      },
    })
    expect(await codeAs(await probe())).to.equal('unauthenticated')
    expect(said.join()).to.contain('minqing: getToken failed')
    configure({ getToken: () => '<!doctype html>' })
    expect(await codeAs(await probe())).to.equal('unauthenticated')
    expect(said.join()).to.contain('minqing: getToken has to give a token, and gave HTML.')
  })

  it('in an address that answers with a page is said', async () => {
    const page = await fixture<Probe>(html`<mq-check-probe token-url="/"></mq-check-probe>`)
    expect(await codeAs(page)).to.equal('unauthenticated')
    expect(said.join()).to.contain('minqing: the token-url / ')
    configure({ baseUrl: location.origin })
    expect(await codeAs(await probe())).to.equal('bad_response')
    expect(said.join()).to.contain('check base-url')
  })
})
