import type { Browser, Page } from 'playwright-core'

/** How much slower than it is the processor is made, as design budgets ask: a phone's. */
export const slowdown = 4

/** An event of Chromium's trace; `tdur` is processor time of its thread, in microseconds. */
interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  tdur?: number
}

/** Compiling and evaluating, each event once: neither kind is inside another. */
const counted = ['v8.compileModule', 'v8.evaluateModule']

/**
 * Traces a page until the returned function is called, which answers with the milliseconds of processor time that its
 * main thread spends on compiling and evaluating module scripts on a processor made slower. What is compiled on other
 * threads while it loads is not in it, nor are other processes, which would be in a clock's time. The page itself runs
 * unslowed and the figure is multiplied: Chromium's brake answers to every pause, also those that other processes make,
 * with a busy one three times as long, and a machine with other work to do would be measured with it.
 */
export async function scriptTime(browser: Browser, page: Page): Promise<() => Promise<number>> {
  await browser.startTracing(page, { categories: ['devtools.timeline'] })
  return async () => {
    const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] }
    const events = traceEvents.filter(({ name, ph }) => ph === 'X' && counted.includes(name))
    // All modules of the page are evaluated by its main thread.
    const main = events.find(({ name }) => name === 'v8.evaluateModule')
    const mine = events.filter(({ pid, tid }) => pid === main?.pid && tid === main.tid)
    return (slowdown * mine.reduce((sum, { tdur = 0 }) => sum + tdur, 0)) / 1000
  }
}
