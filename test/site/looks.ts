import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { elementsVersion } from '../../scripts/build/paths.ts'
import { settled, widgets } from './support.ts'

/** A visible element inside a widget. Sizes are those that its styles say, in px as they are computed. */
interface Measured {
  /** `mq-inbox>button.open: text`. */
  name: string
  hasText: boolean
  /** Whether it is pressed or typed into, and not part of a line of text. */
  isTarget: boolean
  font: number
  width: number
  height: number
  /** All lengths that do not depend on the room that the page gives. */
  lengths: string
}

/** Every visible element inside the widgets of a page, through all shadow roots. */
const measured = (page: Page): Promise<Measured[]> =>
  page.evaluate((names) => {
    const list: Measured[] = []
    const lengths = [
      ...['fontSize', 'lineHeight', 'paddingTop', 'paddingLeft', 'minHeight', 'minWidth', 'gap'],
      ...['borderTopWidth', 'borderTopLeftRadius', 'marginTop', 'marginBottom', 'outlineOffset'],
    ] as const
    const look = (root: ParentNode, widget: string) => {
      for (const one of root.querySelectorAll<HTMLElement>('*')) {
        if (one.shadowRoot) look(one.shadowRoot, widget)
        if (!one.getClientRects().length || one.closest('.sr')) continue
        const style = getComputedStyle(one)
        const own = [...one.childNodes].filter((node): node is Text => node instanceof Text)
        const text = own.map(({ data }) => data.trim()).join('')
        // a choice is pressed by its label; a tag in a line of text is as high as the line (WCAG 2.5.8, inline)
        const isInLine = one.matches('p .tag')
        const isTarget =
          !isInLine &&
          one.matches('button, select, textarea, summary, input:not([type=radio], [type=checkbox])')
        const { width, height } = one.getBoundingClientRect()
        list.push({
          name: `${widget}>${one.localName}.${one.className.toString()}: ${text.slice(0, 20)}`,
          hasText: text !== '',
          isTarget: isTarget && style.opacity !== '0',
          ...{ font: parseFloat(style.fontSize), width, height },
          lengths: lengths.map((name) => style[name as 'gap']).join(' '),
        })
      }
    }
    for (const name of names)
      for (const widget of document.querySelectorAll(name)) look(widget.shadowRoot!, name)
    return list
  }, widgets)

/** How all widgets look for people who need it otherwise, on the portal of the demo, which has all of them. */
export function lookTests(opened: () => { page: Page; url: string }): void {
  /** The portal, with a widget that its person has no use for added to the others. */
  const openDemo = async () => {
    const { page, url } = opened()
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 360, height: 800 })
    await page.goto(`${url}/demo/`)
    await page.evaluate(() => document.body.append(document.createElement('mq-issue-status')))
    await settled(page)
  }

  test('elder mode by the page, by an attribute and by a host: text of 18 px, targets of 44 px', async () => {
    const { page } = opened()
    await openDemo()
    const turn: Record<string, (on: boolean) => Promise<unknown>> = {
      page: (on) =>
        page.evaluate(
          (elder) =>
            (globalThis as unknown as { minqing: { configure(how: object): void } }).minqing.configure({
              elder,
            }),
          on,
        ),
      attribute: (on) =>
        page.evaluate(
          ([names, elder]) => {
            for (const widget of document.querySelectorAll(names)) widget.toggleAttribute('elder', elder)
          },
          [widgets.join(), on] as const,
        ),
      host: (on) =>
        page.evaluate(
          async ([address, elder]) => {
            const { use, stopPlugins } = (await import(address)) as {
              use(plugin: object): Promise<unknown>
              stopPlugins(): Promise<void>
            }
            interface Context {
              offer(name: 'style', style: object): unknown
            }
            const host = {
              name: 'host',
              setup: (context: Context) => void context.offer('style', { elder: true }),
            }
            await (elder ? use(host) : stopPlugins())
          },
          [`/cdn/${elementsVersion()}/plugins.js`, on] as const,
        ),
    }
    for (const [way, set] of Object.entries(turn)) {
      await set(true)
      await settled(page)
      const all = await measured(page)
      for (const widget of widgets)
        assert.ok(all.filter(({ name }) => name.startsWith(widget)).length > 5, `${way}: ${widget} is seen`)
      const small = all.filter(({ hasText, font }) => hasText && font < 18)
      const tight = all.filter(({ isTarget, width, height }) => isTarget && Math.min(width, height) < 44)
      assert.deepEqual([small, tight], [[], []], way)
      await set(false)
      await settled(page)
      assert.ok(
        (await measured(page)).some(({ hasText, font }) => hasText && font < 18),
        `${way}: and back`,
      )
    }
  })

  test('sizes stay what they are when the page changes its root’s', async () => {
    const { page } = opened()
    const sizes = async (root: string) => {
      await page.evaluate((size) => {
        document.documentElement.style.setProperty('font-size', size)
      }, root)
      return new Map((await measured(page)).map(({ name, lengths }) => [name, lengths]))
    }
    const before = await sizes('')
    for (const root of ['62.5%', '200%']) {
      // cards of the feed come and go as the page grows
      const both = [...(await sizes(root))].filter(([name]) => before.has(name))
      assert.ok(both.length > 100)
      assert.deepEqual(
        both.filter(([name, lengths]) => before.get(name) !== lengths),
        [],
        root,
      )
    }
    await sizes('')
  })

  test('Enter belongs to the input method while it is composing, in every field', async () => {
    const { page } = opened()
    await page.evaluate((names) => {
      const sent: string[] = []
      Object.assign(globalThis, { sent })
      for (const widget of document.querySelectorAll(names)) {
        const { shadowRoot, localName } = widget
        shadowRoot!.addEventListener('submit', () => sent.push(localName), { capture: true })
      }
    }, widgets.join())
    const sent = () => page.evaluate(() => (globalThis as unknown as { sent: string[] }).sent)
    const devtools = await page.context().newCDPSession(page)
    const key = { key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 }
    const fields = page.locator(
      widgets
        .map(
          (name) => `${name} :is(input:is([type=text], [type=search], [type=tel], :not([type])), textarea)`,
        )
        .join(),
    )
    let typed = 0
    for (const field of await fields.all()) {
      if (!(await field.isVisible()) || !(await field.isEditable())) continue
      await field.focus()
      await devtools.send('Input.imeSetComposition', { text: 'lu deng', selectionStart: 7, selectionEnd: 7 })
      await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })
      await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
      await devtools.send('Input.insertText', { text: '路灯' })
      assert.match(await field.inputValue(), /路灯/)
      await field.fill('')
      typed++
    }
    assert.ok(typed >= 5, `${typed} fields`)
    assert.deepEqual(await sent(), [])
    // and an Enter that is nobody else's sends
    const search = page.locator('mq-diary-feed input[type=search]')
    await search.fill('路灯')
    await search.press('Enter')
    assert.deepEqual(await sent(), ['mq-diary-feed'])
  })

  test('forced colors: what is chosen differs from what is not, marks have a border, and the focus is seen', async () => {
    const { page } = opened()
    await openDemo()
    await page.emulateMedia({ forcedColors: 'active' })
    const told = await page.evaluate((names) => {
      const wrong: string[] = []
      const seen = { chosen: 0, marks: 0 }
      const face = (one: Element) => {
        const { outline, backgroundColor, border, color } = getComputedStyle(one)
        return [outline, backgroundColor, border, color].join(' / ')
      }
      const states = ['aria-pressed', 'aria-selected', 'aria-expanded']
      for (const name of names) {
        for (const widget of document.querySelectorAll(name)) {
          const root = widget.shadowRoot!
          for (const state of states) {
            for (const one of root.querySelectorAll(`button[${state}=true]`)) {
              const other = one.cloneNode(true) as Element
              other.setAttribute(state, 'false')
              one.after(other)
              seen.chosen++
              if (face(one) === face(other)) wrong.push(`${name}: ${one.className} ${state}`)
              other.remove()
            }
          }
          for (const one of root.querySelectorAll('.badge, .kind, .kinds .on')) {
            seen.marks++
            const { borderTopWidth, borderTopStyle } = getComputedStyle(one)
            if (borderTopWidth === '0px' || borderTopStyle === 'none')
              wrong.push(`${name}: ${one.className} border`)
          }
        }
      }
      return { wrong, seen }
    }, widgets)
    assert.deepEqual(told.wrong, [])
    assert.ok(told.seen.chosen >= 3 && told.seen.marks >= 3, JSON.stringify(told.seen))
    for (const name of widgets) {
      const target = page
        .locator(`${name} :is(button, textarea, select, input:not([type=file])):visible`)
        .first()
      await target.focus()
      await page.keyboard.press('Shift')
      const { width, style } = await target.evaluate((one) => {
        const { outlineWidth, outlineStyle } = getComputedStyle(one)
        return { width: parseFloat(outlineWidth), style: outlineStyle }
      })
      assert.ok(width >= 2 && style !== 'none', `${name}: its focus is seen`)
    }
    await page.emulateMedia({ forcedColors: 'none' })
  })
}
