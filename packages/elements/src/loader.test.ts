import { expect, fixtureCleanup, fixture, html } from '@open-wc/testing'
import { until } from './testing/until.ts'

const upgraded = (element: Element) =>
  until(() => element.matches(':defined'), `${element.localName} to be defined`)

describe('the loader', () => {
  afterEach(() => fixtureCleanup())

  it('loads only what the page uses: in the document, in open shadow roots, added later, in elements made later', async () => {
    const first = await fixture(html`<p>…</p>`)
    await import('./loader.ts')
    const { minqing } = globalThis
    expect(customElements.get('mq-diary-composer')).to.equal(undefined)

    const host = document.createElement('late-host')
    first.append(host)
    customElements.define(
      'late-host',
      class extends HTMLElement {
        connectedCallback(): void {
          const root = this.attachShadow({ mode: 'open' })
          root.append(document.createElement('mq-diary-composer'))
        }
      },
    )
    await upgraded(host.shadowRoot!.firstElementChild!)
    expect(customElements.get('mq-diary-feed')).to.equal(undefined)

    const later = document.createElement('div')
    first.append(later)
    later.append(document.createElement('mq-diary-feed'))
    await upgraded(later.firstElementChild!)
    expect(minqing?.version).to.be.a('string')
  })
})
