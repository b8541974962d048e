import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** WCAG 2.2 AA and all below it. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** All that a page of ours may hold. */
export const widgets = [
  ...['mq-diary-composer', 'mq-diary-feed', 'mq-issue-tracker', 'mq-issue-report', 'mq-issue-status'],
  'mq-inbox',
]

interface AxeResult {
  violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }[]
}

/** What axe finds wrong with the page as it is now, one line each; or by a few of its rules, within some elements. */
export async function axeViolations(
  page: Page,
  only?: { rules: string[]; within: string[] },
): Promise<string[]> {
  // Evaluated through the debugger: the page's own policy forbids scripts from elsewhere, and stays on.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource)
  const runOnly = only ? { type: 'rule', values: only.rules } : { type: 'tag', values: tags }
  const result = await page.evaluate(
    async ([run, within]) => {
      const { axe } = globalThis as unknown as { axe: { run(context: unknown, options: unknown): unknown } }
      const context = within ? { include: within } : document
      return (await axe.run(context, { runOnly: run, resultTypes: ['violations'] })) as AxeResult
    },
    [runOnly, only?.within] as const,
  )
  return result.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n${JSON.stringify(target)}\n${failureSummary}`),
  )
}

/** Collects what the browser complains about: errors of scripts, of loading, of the page's policy. */
export function complaints(page: Page): string[] {
  const list: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') list.push(`${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => list.push(String(error)))
  return list
}

/** Addresses of all pages that the site has. */
export async function pagesOf(siteDir: string): Promise<string[]> {
  const pages: string[] = []
  for await (const file of glob('**/*.html', { cwd: siteDir })) {
    if (file !== '404.html') pages.push(`/${file.replace(/index\.html$/, '')}`)
  }
  return pages.sort()
}

/** Waits until the widgets of the page, and of pages inside it, have come and show what the server said. */
export async function settled(page: Page): Promise<void> {
  for (const frame of page.frames()) {
    await frame.waitForFunction(
      (names) => !names.some((name) => document.querySelector(`${name}:not(:defined)`)),
      widgets,
    )
    // what shows the server's answer is no longer busy with it
    for (const name of ['mq-issue-tracker', 'mq-inbox', 'mq-issue-status']) {
      for (const widget of await frame.locator(name).all()) {
        await widget.locator('[aria-busy=true]').waitFor({ state: 'detached' })
      }
    }
    const feeds = frame.locator('mq-diary-feed')
    if (await feeds.count()) {
      // Cards are made where they are seen.
      await feeds.first().evaluate((feed) => feed.scrollIntoView())
      await feeds.first().locator('article').first().waitFor()
    }
  }
}

/** One jump: by how much (Chromium's layout shift score), and what stood where before and after. */
export interface Shift {
  value: number
  /** `host>element: x,y width×height → x,y width×height`, in px of the window. */
  moved: string[]
}

/** Begins to note what jumps while the page loads (CLS); call it before going to the page. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: Shift[] = []
    Object.assign(globalThis, { shifts })
    const place = ({ x, y, width, height }: DOMRectReadOnly) => `${x},${y} ${width}×${height}`
    const nameOf = (node?: Node) => {
      const element = node instanceof Element ? node : node?.parentElement
      const root = element?.getRootNode()
      const host = root instanceof ShadowRoot ? `${root.host.localName}>` : ''
      return `${host}${element?.localName}.${element?.getAttribute('class') ?? ''}`
    }
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, sources } = entry as unknown as {
          value: number
          sources: { node?: Node; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[]
        }
        const moved = sources.map(
          ({ node, previousRect, currentRect }) =>
            `${nameOf(node)}: ${place(previousRect)} → ${place(currentRect)}`,
        )
        shifts.push({ value, moved })
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

/** The jumps so far; of their sum, Chromium's own bound for a good page is 0.1. */
export const shiftsOf = (page: Page): Promise<Shift[]> =>
  page.evaluate(() => (globalThis as unknown as { shifts: Shift[] }).shifts)
