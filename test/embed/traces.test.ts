import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { version } from '../../packages/elements/src/version.ts'
import { startStage, tags, type Portal, type Stage } from './support/portal.ts'

/** The page's global; its type belongs to a package that is made for browsers. */
declare const minqing: {
  version: string
  usePlugin(name: string, options?: object): Promise<() => Promise<void>>
  destroy(): void
}

const nothing = { databases: 0, channels: 0, timers: 0, locks: 0 }

/** Widgets appear and go, sooner or later in the course of their loading; every tenth time all have drawn all. */
async function rounds({ page }: Portal, from: number, to: number): Promise<void> {
  await page.evaluate(
    async ([names, first, last]) => {
      const place = document.querySelector('#place')!
      const drawn = (tag: string, part: string) =>
        place.querySelector(tag)?.shadowRoot?.querySelector(`[part~=${part}]`)
      const isDrawn = () =>
        drawn('mq-diary-feed', 'card') && drawn('mq-issue-tracker', 'row') && drawn('mq-inbox', 'bar')
      for (let round = first; round < last; round++) {
        const scope = document.createElement('mq-scope')
        scope.append(...names.map((name) => document.createElement(name)))
        place.append(scope)
        const end = performance.now() + 10_000
        if (round % 10 === 0) while (!isDrawn() && performance.now() < end) await wait(20)
        else await wait(round % 7)
        if (round % 10 === 0 && !isDrawn()) throw new Error(`Nothing was drawn in round ${round}`)
        place.replaceChildren()
        await wait(0)
      }
      function wait(ms: number): Promise<void> {
        return new Promise((resolve) => setTimeout(resolve, ms))
      }
    },
    [tags, from, to] as const,
  )
  await quiet({ page } as Portal)
}

/** Waits until nothing is open any more; answers what is, when it stays. */
async function quiet({ page }: Portal): Promise<object | undefined> {
  let left: object | undefined
  for (let n = 0; n < 40; n++) {
    left = await page.evaluate(() => globalThis.resources!())
    if (JSON.stringify(left) === JSON.stringify(nothing)) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return left
}

/** What a portal would notice of its own: names, attributes, styles. */
const looks = ({ page }: Portal) =>
  page.evaluate(() => ({
    // Lit's own: the lists of its versions
    names: Object.getOwnPropertyNames(window).filter((name) => !/^(lit|reactive)\w+Versions$/.test(name)),
    symbols: Object.getOwnPropertyNames(Symbol),
    html: document.documentElement.outerHTML.replace(/<script.*?<\/script>/gs, ''),
    sheets: document.styleSheets.length + (document.adoptedStyleSheets?.length ?? 0),
    style: JSON.stringify(
      [document.documentElement, document.body, document.querySelector('#own')!].map((element) =>
        [...getComputedStyle(element)].map((name) => getComputedStyle(element).getPropertyValue(name)),
      ),
    ),
  }))

const script = (cdn: string, more = '') =>
  `<script type="module" src="${cdn}loader.js" data-token-url="/portal-token" ${more}></script>`

describe('a portal with widgets', () => {
  let stage: Stage
  before(async () => (stage = await startStage()))
  after(() => stage.close())

  test('keeps nothing of 200 rounds of widgets, and nothing at all after destroy()', async () => {
    const portal = await stage.open('<div id="place"></div>')
    const { page } = portal
    // The browser's driver listens, too, from its first waiting on.
    await page.waitForFunction(() => true)
    const listenedBefore = await portal.listening()
    const before = await looks(portal)
    await page.evaluate(
      (src) => globalThis.addScript!(src, { type: 'module', 'data-token-url': '/portal-token' }),
      `${stage.cdn}loader.js`,
    )

    await rounds(portal, 0, 21)
    assert.deepEqual(await quiet(portal), nothing)
    const early = await portal.measure()
    await rounds(portal, 21, 200)
    assert.deepEqual(await quiet(portal), nothing)
    const late = await portal.measure()
    const growth = late.heap / early.heap - 1
    assert.ok(growth <= 0.01, `the heap grew by ${(growth * 100).toFixed(2)} %`)
    assert.ok(
      late.listeners <= early.listeners,
      `listeners: ${early.listeners} have become ${late.listeners}`,
    )
    assert.ok(late.nodes <= early.nodes, `nodes: ${early.nodes} have become ${late.nodes}`)
    assert.equal(late.documents, early.documents, 'documents')

    await page.evaluate(
      (names) =>
        document.querySelector('#place')!.append(...names.map((name) => document.createElement(name))),
      tags,
    )
    // Asked for its truth alone: a handle on a card would keep it and its listeners.
    await page.waitForFunction(
      () => !!document.querySelector('mq-diary-feed')?.shadowRoot?.querySelector('[part~=card]'),
    )
    await page.evaluate(() => minqing!.destroy())
    assert.deepEqual(await quiet(portal), nothing)
    const shown = await page.evaluate(() =>
      [...document.querySelector('#place')!.children].map(
        ({ shadowRoot }) => shadowRoot!.querySelectorAll(':not(style)').length,
      ),
    )
    assert.deepEqual(
      shown,
      tags.map(() => 0),
      'tags stay and are empty',
    )
    assert.deepEqual(await portal.listening(), listenedBefore, 'listeners')
    await page.evaluate(() => document.querySelector('#place')!.replaceChildren())
    assert.deepEqual([...portal.underWay], [], 'connections')
    assert.deepEqual(await looks(portal), before)
    assert.deepEqual(portal.heard, [])
  })

  test('without modules in its templates has the same by a classic script, which can be executed again', async () => {
    const classic = `<script src="${stage.cdn}loader.classic.js" data-token-url="/portal-token" data-preload="mq-inbox"></script>`
    const portal = await stage.open(
      `${classic}<div id="place"></div><mq-diary-feed></mq-diary-feed>${classic}`,
    )
    const { page } = portal
    const card = page.locator('mq-diary-feed [part~=card]').first()
    await card.waitFor()
    await page.waitForFunction(() => customElements.get('mq-inbox'))
    assert.equal(await page.evaluate(() => minqing!.version), version)
    await page.evaluate(() => minqing!.destroy())
    await card.waitFor({ state: 'detached' })
    await page.evaluate(
      (src) => globalThis.addScript!(src, { 'data-token-url': '/portal-token' }),
      `${stage.cdn}loader.classic.js`,
    )
    await card.waitFor()
    assert.deepEqual(portal.heard, [])
  })

  test('with two versions is told so once, and the first goes on', async () => {
    const older = stage.cdn.replace(`/${version}/`, '/0.0.9/')
    const portal = await stage.open(
      `${script(stage.cdn)}${script(older)}${script(stage.cdn)}<mq-inbox></mq-inbox>`,
    )
    await portal.page.locator('mq-inbox [part~=bar] select').waitFor()
    assert.equal(await portal.page.evaluate(() => minqing!.version), version)
    assert.deepEqual(portal.heard, [
      `minqing: version ${version} runs on this page already; version 0.0.9 was not started.`,
    ])
  })

  test('uses the plugins that the tag and the queue name, until destroy(), and again after', async () => {
    const tag = { 'data-token-url': '/portal-token', 'data-plugins': 'browser nothing' }
    const portal = await stage.open('<div id="place"></div>')
    const { page } = portal
    const before = await looks(portal)
    const offered = () =>
      page.evaluate(async (address) => {
        const { service } = (await import(address)) as { service(name: string): unknown }
        return ['locate', 'watermark', 'close'].filter((name) => service(name))
      }, `${stage.cdn}plugins.js`)
    const has = async (wanted: string[]) => {
      for (let n = 0; n < 100; n++) {
        if ((await offered()).join() === wanted.join()) return
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      assert.deepEqual(await offered(), wanted)
    }
    const start = () =>
      page.evaluate(([src, attributes]) => globalThis.addScript!(src, attributes), [
        `${stage.cdn}loader.classic.js`,
        tag,
      ] as const)
    await page.evaluate(() =>
      Object.assign(globalThis, { minqing: { queue: [['watermark', { text: '陈立军 3071' }]] } }),
    )
    await start()
    const mark = page.locator('body > canvas')
    await mark.waitFor()
    await has(['locate', 'watermark'])
    // The same one again takes its place; the way to stop it comes with it.
    await page.evaluate(async () => (await minqing!.usePlugin('watermark', { text: '李卫东' }))())
    await mark.waitFor({ state: 'detached' })
    await has(['locate'])

    // Taken down and started again within one turn, and with a plugin on its way.
    await page.evaluate(() => {
      void minqing!.usePlugin('watermark', { text: '来不及' })
      minqing!.destroy()
    })
    await has([])
    assert.equal(await mark.count(), 0)
    assert.deepEqual(await looks(portal), before)
    await start()
    await has(['locate'])
    await page.evaluate(() => minqing!.destroy())
    await has([])
    const noSuch = /^minqing plugin nothing: there is no such plugin; there are browser, /
    const again = /^minqing plugin watermark: is used already/
    assert.deepEqual(
      portal.heard.filter((text) => !noSuch.test(text) && !again.test(text)),
      [],
    )
    assert.equal(portal.heard.filter((text) => noSuch.test(text)).length, 2, 'told at each start')
  })
})
