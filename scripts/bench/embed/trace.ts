import { findChromium } from '../../../test/support/chromium.ts'
import { launch } from '../../../test/compat/chromium.ts'
import { Session } from '../../../test/compat/cdp.ts'

/** How much slower than it is the processor is made, as design budgets ask: a phone's. */
export const slowdown = 4

/** An event of Chromium's trace; `tdur` is processor time of its thread, in microseconds. */
interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  ts: number
  tdur?: number
  args?: { fileName?: string }
}

/** Compiling and evaluating, each event once: neither kind is inside another. */
const evaluate = 'v8.evaluateModule'
const counted = ['v8.compileModule', evaluate]

/**
 * The engine's own events. The timeline that developer tools draw has them as well, but with it every request's line of
 * code is looked up, too.
 */
const engine = 'v8'

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * A browser in which nobody looks at a page's network. What looks, as test drivers do, has the engine say for each
 * request which line of code made it: to know that, it reads all code of the module once more, and a loader that asks
 * for six widgets pays for what no visitor's browser does.
 */
export interface Tracer {
  /**
   * Opens the page and waits until `ready`, an expression, is true. Answers with the milliseconds of processor time that
   * its main thread spends on compiling and evaluating our module scripts on a processor made slower. What is compiled on
   * other threads while it loads is not in it, nor are other processes, which would be in a clock's time. The page itself
   * runs unslowed and the figure is multiplied: Chromium's brake answers to every pause, also those that other processes
   * make, with a busy one three times as long, and a machine with other work to do would be measured with it.
   */
  scriptTime(url: string, ready: string, ours: Ours): Promise<number>
  close(): Promise<void>
}

/** Whose code is counted. */
export interface Ours {
  /** Beginning of its addresses. */
  address: string
  /** How many module scripts of the host's own stand before it in the page, and so are evaluated before it. */
  hosts: number
}

/** Modules of a page are all evaluated by its main thread. Evaluations carry no address, but come in the page's order. */
function millisecondsOf(trace: readonly TraceEvent[], { address, hosts }: Ours): number {
  const events = trace.filter(({ name, ph }) => ph === 'X' && counted.includes(name))
  const isOurs = ({ args }: TraceEvent) => args?.fileName?.startsWith(address) === true
  const main = events.find(isOurs)
  const mine = events.filter(({ pid, tid }) => pid === main?.pid && tid === main.tid)
  const evaluated = mine.filter(({ name }) => name === evaluate).sort((a, b) => a.ts - b.ts)
  const [first] = evaluated.slice(hosts)
  if (!main || !first) throw new Error('The page has none of our code')
  return (
    [...mine.filter(isOurs), ...evaluated.slice(hosts)].reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000
  )
}

async function visit(address: string, url: string, ready: string): Promise<TraceEvent[]> {
  const [browser, page] = [await Session.open(address), await Session.open(address)]
  const trace: TraceEvent[] = []
  let complete: () => void = () => undefined
  const isComplete = new Promise<void>((resolve) => (complete = resolve))
  browser.onEvent = (method, { value }) => {
    if (method === 'Tracing.dataCollected') trace.push(...(value as TraceEvent[]))
    if (method === 'Tracing.tracingComplete') complete()
  }
  // With an empty cache, as for a visitor who comes for the first time.
  const { browserContextId } = await browser.send('Target.createBrowserContext')
  try {
    await page.openPage({ browserContextId })
    await browser.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: { includedCategories: [engine], excludedCategories: ['*'] },
    })
    await page.send('Page.navigate', { url })
    const isReady = async () => {
      const answer = await page.send('Runtime.evaluate', { expression: ready, returnByValue: true })
      return (answer['result'] as { value?: unknown } | undefined)?.value === true
    }
    for (let n = 0; n < 300 && !(await isReady()); n++) await pause(100)
    await pause(300)
    await browser.send('Tracing.end')
    await isComplete
    return trace
  } finally {
    await browser.send('Target.disposeBrowserContext', { browserContextId })
    browser.close()
    page.close()
  }
}

export async function startTracer(): Promise<Tracer> {
  return launch(await findChromium(), (address, end) =>
    Promise.resolve({
      scriptTime: async (url, ready, ours) =>
        slowdown * millisecondsOf(await visit(address, url, ready), ours),
      close: end,
    }),
  )
}
