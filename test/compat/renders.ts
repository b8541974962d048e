import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import type { PersonName } from '../e2e/support/host.ts'
import type { Check } from './check.ts'
import { until } from './driver.ts'
import { fits, open, quoted } from './stage.ts'

/** A widget: who looks at it, and what in it shows that it is ready for work. */
interface Widget {
  tag: string
  as: PersonName
  /** A selector inside its shadow root. */
  ready: string
}

/** One entry for each widget. */
const widgets: readonly Widget[] = [
  { tag: 'mq-diary-composer', as: 'chen', ready: '.where' },
  { tag: 'mq-diary-feed', as: 'chen', ready: 'article' },
  { tag: 'mq-issue-tracker', as: 'dispatcher', ready: '[part~=search]' },
  { tag: 'mq-inbox', as: 'dispatcher', ready: '[part~=empty], [part~=entry]' },
  { tag: 'mq-issue-report', as: 'resident', ready: '#category' },
  { tag: 'mq-issue-status', as: 'resident', ready: '#receipt' },
]

/** Show nothing of their own. */
const unseen = ['mq-scope']

/** Widgets that can be put on a page and have no entry here, so that nobody looks at them. */
export async function forgottenWidgets(): Promise<string[]> {
  const files = await readdir(new URL('../../packages/elements/src/define/', import.meta.url))
  const known = new Set([...unseen, ...widgets.map(({ tag }) => tag)])
  return files
    .filter((file) => file.startsWith('mq-'))
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((tag) => !known.has(tag))
}

interface Seen {
  width: number
  height: number
  display: string
  font: number
  wrong: string
}

/** Each widget alone on a page: ready, with its own styles, without an error, and not cut off. */
export const renderChecks = (): Check[] =>
  widgets.map(({ tag, as, ready }) => ({
    group: 'renders',
    title: tag,
    matrixOnly: true,
    async run(stage) {
      const { driver } = stage
      await open(stage, as, `<${tag}></${tag}>`)
      await until(
        driver,
        `Boolean(part(${quoted(tag)}).querySelector(${quoted(ready)}))`,
        `${ready} in ${tag}`,
      )
      const { width, height, display, font, wrong } = await driver.evaluate<Seen>(`(() => {
        const host = document.querySelector(${quoted(tag)})
        const { width, height } = host.getBoundingClientRect()
        const shown = host.shadowRoot.querySelector(${quoted(ready)})
        const alert = host.shadowRoot.querySelector('[role=alert]')
        return {
          width,
          height: Math.min(height, shown.getBoundingClientRect().height * 100),
          display: getComputedStyle(host).display,
          font: parseFloat(getComputedStyle(shown).fontSize),
          wrong: alert ? alert.textContent.trim() : '',
        }
      })()`)
      assert.equal(wrong, '', 'it shows an error')
      // A custom element without its styles is inline.
      assert.notEqual(display, 'inline', 'its own styles apply')
      assert.ok(width > 300 && height > 30, `${width} px by ${height} px`)
      assert.ok(font >= 12, `text of ${font} px`)
      await fits(stage)
    },
  }))
