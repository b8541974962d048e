import type { Page } from 'playwright-core'

/** What a page looks like and has, apart from the widgets and what is in them. */
export interface Looks {
  /** `place property` → value, for every element of the host and every property that the browser computes. */
  styles: Record<string, string>
  /** Custom properties that hold on the root, and what is registered with a style sheet of the document. */
  rootProperties: string[]
  /** Names on `window`. */
  globals: string[]
  /** Names on what every script of a page shares: `Symbol.metadata`, `Element.prototype.x`. */
  builtIns: string[]
  sheets: number
}

/**
 * Everything that a host could find changed. The widgets themselves are taken out of the flow for the moment of
 * looking: the room that they take is what they are there for.
 */
export const looksOf = (page: Page): Promise<Looks> =>
  page.evaluate(() => {
    const root = document.documentElement
    root.classList.add('without-widgets')
    const styles: Record<string, string> = {}
    const all = [...document.querySelectorAll('*')].filter(({ localName }) => !localName.startsWith('mq-'))
    // our own tag is there or not
    const host = all.filter(
      (element) => !(element.localName === 'script' && element.hasAttribute('data-token-url')),
    )
    host.forEach((element, at) => {
      for (const pseudo of [undefined, '::before', '::after', '::placeholder', '::marker']) {
        const style = getComputedStyle(element, pseudo)
        for (const name of style)
          styles[`${at} ${element.localName}${pseudo ?? ''} ${name}`] = style.getPropertyValue(name)
      }
    })
    const rootProperties = [...root.computedStyleMap()]
      .filter(([name]) => name.startsWith('--'))
      .map(([name]) => `${name}: ${getComputedStyle(root).getPropertyValue(name)}`)
    root.classList.remove('without-widgets')
    const shared = {
      Symbol,
      Object,
      Array,
      JSON,
      Promise,
      Element,
      Node,
      HTMLElement,
      Document,
      ShadowRoot,
      Event,
      EventTarget,
      String,
      Map,
      Function,
    }
    const builtIns = Object.entries(shared).flatMap(([name, value]) => [
      ...Reflect.ownKeys(value).map((key) => `${name}.${String(key)}`),
      ...Reflect.ownKeys(('prototype' in value && value.prototype) || {}).map(
        (key) => `${name}.prototype.${String(key)}`,
      ),
    ])
    return {
      styles,
      rootProperties,
      globals: Reflect.ownKeys(window).map(String),
      builtIns,
      sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
    }
  })

/** What is in one list and not, or with another value, in the other. */
export function differences(before: Record<string, string>, after: Record<string, string>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names]
    .filter((name) => before[name] !== after[name])
    .map((name) => `${name}: ${before[name]} → ${after[name]}`)
}

export const added = (before: readonly string[], after: readonly string[]): string[] =>
  after.filter((one) => !before.includes(one))
