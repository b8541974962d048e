import type { CDPSession, Page } from 'playwright-core'
import { complaints, shiftsOf, watchShifts, type Shift } from '../../../test/site/support.ts'
import { looksOf, type Looks } from './looks.ts'
import { widthOf, type Make } from './portals.ts'
import type { Stage } from './stage.ts'
import { slowdown, type Ours, type Tracer } from './trace.ts'

export interface Visit {
  shifts: Shift[]
  /** Errors in the console, and exceptions. */
  complained: string[]
  /** Milliseconds of processor time on the main thread: all scripts, and everything. */
  scripts: number
  work: number
  /** Bytes of JavaScript after a collection of garbage, the engine's compiled code among them. */
  heap: number
  looks: Looks
}

/** What tells, in each widget's shadow tree, that it shows what the server said. */
const shows: Record<string, string> = {
  'mq-diary-composer': '.where',
  'mq-diary-feed': '[part~=card]',
  'mq-inbox': '.list',
  'mq-issue-report': '[part~=card]',
  'mq-issue-status': '[part~=form], [part~=card]',
  'mq-issue-tracker': '[part~=row]',
}

// Through the debugger, with nothing of a test driver put into the page: what it holds is weighed.
const evaluate = async <T>(cdp: CDPSession, expression: string): Promise<T> =>
  (await cdp.send('Runtime.evaluate', { expression, returnByValue: true })).result.value as T

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

async function settled(cdp: CDPSession, tags: readonly string[]): Promise<void> {
  const selectors = JSON.stringify(shows)
  const missing = `[...document.querySelectorAll('[data-widget]')].filter(
    (one) => !one.shadowRoot?.querySelector(${selectors}[one.localName])).map(({ localName }) => localName)`
  const end = Date.now() + 60_000
  let left = [...tags]
  while (Date.now() < end) {
    if (tags.length) left = await evaluate(cdp, missing)
    if (left.length === 0 && (await evaluate(cdp, `document.readyState === 'complete'`))) return pause(1000)
    await pause(100)
  }
  throw new Error(`Nothing is shown by ${left.join(', ')}`)
}

async function metricsOf(cdp: CDPSession): Promise<(name: string) => number> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return (name) => metrics.find((one) => one.name === name)!.value
}

export async function collected(cdp: CDPSession): Promise<number> {
  // The second takes what the first has made free: weak references, finished promises.
  for (let n = 0; n < 3; n++) await cdp.send('HeapProfiler.collectGarbage')
  return (await cdp.send('Runtime.getHeapUsage')).usedSize
}

/** Opens a page with a slower processor; `look` is handed what the debugger sees. */
async function visit<T>(
  { browser }: Stage,
  make: Make,
  look: (page: Page, cdp: CDPSession) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: widthOf[make], height: 850 } })
  try {
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    await watchShifts(page)
    return await look(page, cdp)
  } finally {
    await context.close()
  }
}

/** A page once everything is shown; `tags` are those that are to come to life. */
export const look = (stage: Stage, path: string, make: Make, tags: readonly string[]): Promise<Visit> =>
  visit(stage, make, async (page, cdp) => {
    const complained = complaints(page)
    await page.goto(stage.origin + path)
    await settled(cdp, tags)
    const metric = await metricsOf(cdp)
    const heap = await collected(cdp)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    const shifts = await shiftsOf(page)
    return {
      shifts,
      complained,
      scripts: metric('ScriptDuration') * 1000,
      work: metric('TaskDuration') * 1000,
      heap,
      looks: await looksOf(page),
    }
  })

/** Milliseconds in which the main thread compiles and evaluates our scripts until these kinds of widgets are defined. */
export const start = (tracer: Tracer, url: string, tags: readonly string[], ours: Ours): Promise<number> =>
  tracer.scriptTime(
    url,
    `document.readyState === 'complete' && ${JSON.stringify(tags)}.every((tag) => customElements.get(tag))`,
    ours,
  )
