import { newId } from '@minqing/client'
import { expect, fixture, fixtureCleanup, html } from '@open-wc/testing'
import { configure } from '../configure.ts'
import type { MqIssueTracker } from '../issue-tracker/issue-tracker.ts'
import { define } from './define.ts'
import { MqElement } from './element.ts'
import '../define/mq-issue-tracker.ts'
import { officer, serverUrl, tokenOf } from '../testing/server.ts'
import { until } from '../testing/until.ts'
import { askHost } from './tokens.ts'

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

  it('in what getToken gives is said, whatever it is', async () => {
    for (const [getToken, sentence] of [
      [() => undefined, 'gave undefined'],
      [() => Promise.resolve(''), 'gave an empty text'],
      [() => 7, 'gave number'],
      ['a token', 'getToken has to be a function'],
    ] as const) {
      configure({ getToken: getToken as unknown as () => string })
      expect(await codeAs(await probe())).to.equal('unauthenticated')
      expect(said.join()).to.contain(sentence)
    }
    const silent = askHost(() => new Promise(() => undefined), 20)
    const problem = await silent({ refresh: false }).catch((error: { code: string }) => error)
    expect((problem as { code: string }).code).to.equal('timeout')
    expect(said.join()).to.contain('getToken did not answer')
  })

  it('in a token that is refused, or has no right, is said once for all widgets', async () => {
    const hows: boolean[] = []
    configure({
      getToken: ({ refresh }) => {
        hows.push(refresh)
        return 'aGVhZA.Ym9keQ.c2lnbg'
      },
    })
    for (const one of [await probe(), await probe()]) {
      expect(await codeAs(one)).to.match(/^token_/)
    }
    expect(hows.slice(0, 2)).to.deep.equal([false, true])
    const count = (part: string) => said.filter((sentence) => sentence.includes(part)).length
    expect(count('gave the token again')).to.equal(1)
    expect(count('refuses the token')).to.equal(1)
    const reader = officer('', { grants: [{ role: 'auditor', area: '330683' }] })
    configure({ getToken: () => tokenOf(reader) })
    for (const one of [await probe(), await probe()]) {
      const { diaries } = await one.mq()
      const refused = diaries.create({ id: newId(), area: '330683100201', kind: 'visit', text: '…' })
      expect(await refused.catch((error: { code: string }) => error.code)).to.equal('forbidden')
    }
    expect(count('the token has no grant for POST /v1/diaries on')).to.equal(1)
  })

  it('in a scope without a token is said', async () => {
    const scope = await fixture(
      html`<mq-scope base-url="/elsewhere" locale="fr"><mq-check-probe></mq-check-probe></mq-scope>`,
    )
    expect(await codeAs(scope.querySelector<Probe>('mq-check-probe')!)).to.equal('unauthenticated')
    expect(said.join()).to.contain(`no getToken or token-url is set for ${location.origin}/elsewhere.`)
    expect(said.join()).to.contain('<mq-scope> has locale "fr"')
  })

  it('in codes and days is said, and left out', async () => {
    const tracker = await fixture<MqIssueTracker>(
      html`<mq-issue-tracker area="浙江" category="abc" issue="7"></mq-issue-tracker>`,
    )
    await until(() => tracker.shadowRoot!.querySelector('[part~=list],[part~=empty]'))
    expect([tracker.area, tracker.category, tracker.issue]).to.deep.equal([undefined, undefined, undefined])
    for (const name of ['area', 'category', 'issue'])
      expect(said.join()).to.contain(`<mq-issue-tracker> has ${name} "`)
  })

  it('in an address that answers with a page is said', async () => {
    const page = await fixture<Probe>(html`<mq-check-probe token-url="/"></mq-check-probe>`)
    expect(await codeAs(page)).to.equal('unauthenticated')
    expect(said.join()).to.contain('minqing: the token-url / ')
    const sent = await fixture<Probe>(html`<mq-check-probe token-url="/__login"></mq-check-probe>`)
    expect(await codeAs(sent)).to.equal('unauthenticated')
    expect(said.join()).to.contain('minqing: the token-url /__login sends to another site')
    configure({ baseUrl: location.origin })
    expect(await codeAs(await probe())).to.equal('bad_response')
    expect(said.join()).to.contain('check base-url')
  })
})
