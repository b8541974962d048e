import { expect, fixtureCleanup, fixture, html } from '@open-wc/testing'
import type { Minqing } from './loader.ts'
import { officer, serverUrl, tokenOf } from './testing/server.ts'
import { until } from './testing/until.ts'
import { version } from './version.ts'

const upgraded = (element: Element) =>
  until(() => element.matches(':defined'), `${element.localName} to be defined`)

/** What the console was told while something happened. */
async function toldDuring(work: () => unknown): Promise<string[]> {
  const said: string[] = []
  const { warn } = console
  console.warn = (...words: unknown[]) => said.push(words.map(String).join(' '))
  try {
    await work()
  } finally {
    console.warn = warn
  }
  return said
}

const running = (): Minqing => {
  expect(globalThis.minqing).to.be.an('object')
  return globalThis.minqing!
}

/** Tests go on where the one before has ended: a page has one loader. */
describe('the loader', () => {
  afterEach(() => fixtureCleanup())

  it('takes what waited for it; loads only what the page uses: in the document, in open shadow roots, added later', async () => {
    const first = await fixture(html`<p>…</p>`)
    const token = await tokenOf(officer())
    const queue = [{ baseUrl: await serverUrl(), getToken: () => token }, { elder: true }]
    Object.assign(globalThis, { minqing: { queue } })
    await import('./loader.ts')
    expect(running().version).to.equal(version)
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
    const composer = host.shadowRoot!.firstElementChild!
    await upgraded(composer)
    expect(composer.hasAttribute('elder')).to.equal(true)
    expect(customElements.get('mq-diary-feed')).to.equal(undefined)

    const later = document.createElement('div')
    first.append(later)
    later.append(document.createElement('mq-diary-feed'))
    await upgraded(later.firstElementChild!)
  })

  it('loads widgets ahead, and says which it does not know', async () => {
    expect(customElements.get('mq-issue-status')).to.equal(undefined)
    const said = await toldDuring(() => running().preload('mq-issue-status', 'mq-nothing'))
    expect(customElements.get('mq-issue-status')).to.be.a('function')
    expect(said).to.deep.equal(['minqing: there is no widget mq-nothing to preload.'])
  })

  it('says, once, that a tag is none of its widgets', async () => {
    const said = await toldDuring(async () => {
      await fixture(html`<div><mq-dairy-feed></mq-dairy-feed><mq-dairy-feed></mq-dairy-feed></div>`)
      await new Promise((resolve) => setTimeout(resolve))
    })
    expect(said).to.deep.equal(['minqing: there is no widget <mq-dairy-feed>.'])
  })

  it('does nothing when it is started twice', async () => {
    const { start } = await import('./loader.ts')
    const before = running()
    expect(await toldDuring(start)).to.deep.equal([])
    expect(globalThis.minqing).to.equal(before)
  })

  it('destroy() empties the widgets and ends their clients, lets the tags stay, and takes the global away', async () => {
    const { start } = await import('./loader.ts')
    const kept = running()
    const feed = await fixture(html`<mq-diary-feed class="own" area="330683"></mq-diary-feed>`)
    await until(() => feed.shadowRoot?.querySelector('[part~=card]'), 'diaries')
    kept.destroy()
    expect(globalThis.minqing).to.equal(undefined)
    expect('minqing' in globalThis).to.equal(false)
    expect(feed.shadowRoot!.querySelectorAll(':not(style)')).to.have.length(0)
    expect(feed.isConnected && feed.className === 'own').to.equal(true)

    // Neither a new tag nor what a page has kept of the old loader brings anything back.
    const late = document.createElement('mq-diary-feed')
    feed.after(late)
    kept.configure({ elder: false })
    kept.discover(document)
    feed.setAttribute('kind', 'help')
    feed.parentElement!.append(feed)
    const unknown = document.createElement('mq-inbox')
    feed.after(unknown)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(feed.shadowRoot!.querySelectorAll(':not(style)')).to.have.length(0)
    expect(late.shadowRoot).to.equal(null)
    expect(unknown.matches(':defined')).to.equal(false)

    feed.removeAttribute('kind')
    const token = await tokenOf(officer())
    const queue = [{ baseUrl: await serverUrl(), getToken: () => token }]
    Object.assign(globalThis, { minqing: { queue } })
    start()
    await until(() => feed.shadowRoot?.querySelector('[part~=card]'), 'diaries, again')
    await until(() => late.shadowRoot?.querySelector('[part~=card]'), 'diaries of the new tag')
    await upgraded(unknown)
  })

  it('leaves a page on which another version runs as it is, and says so once', async () => {
    const { start } = await import('./loader.ts')
    running().destroy()
    const other = { version: '0.0.1' } as Minqing
    globalThis.minqing = other
    const said = await toldDuring(() => {
      start()
      start()
    })
    expect(globalThis.minqing).to.equal(other)
    expect(said).to.deep.equal([
      `minqing: version 0.0.1 runs on this page already; version ${version} was not started.`,
    ])
    globalThis.minqing = undefined
  })
})
