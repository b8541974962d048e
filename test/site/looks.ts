import type { Page } from 'playwright-core'
import { widgets } from './support.ts'

/** A visible element inside a widget. Sizes are those that its styles say, in px as they are computed. */
export interface Measured {
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
export const measured = (page: Page): Promise<Measured[]> =>
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
