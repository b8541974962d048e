import type { CDPSession } from 'playwright-core'
import { tags } from '../../../test/embed/support/portal.ts'
import { collected } from './cost.ts'
import { loaderTag } from './portals.ts'
import { kindsOf, type Kinds } from './snapshot.ts'
import type { Stage } from './stage.ts'

/*
 * Widgets of all kinds come and go two hundred times, sooner or later in the course of their loading. Weighed is what the
 * page holds afterwards, compared with what it held after as many rounds before. The engine is as it is on people's
 * machines, compilers and all: in the first rounds it turns what runs often into machine code, and it never quite ends,
 * in steps of some KB whenever a function has become often enough. So code is told apart: the goal is for what scripts
 * hold, which a leak would be in, and the whole is told beside it. test/embed/traces.test.ts has the same goal for the
 * whole heap, with those compilers off.
 */
const warmUp = 200
const rounds = 200

/** In the page: mounts and unmounts; every tenth time all have drawn all that they show first. */
async function mount([names, from, to]: readonly [readonly string[], number, number]): Promise<void> {
  const place = document.querySelector('#place')!
  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  const drawn = (tag: string, part: string) =>
    place.querySelector(tag)?.shadowRoot?.querySelector(`[part~=${part}]`)
  const isDrawn = () =>
    drawn('mq-diary-feed', 'card') && drawn('mq-issue-tracker', 'row') && drawn('mq-inbox', 'bar')
  for (let round = from; round < to; round++) {
    const scope = document.createElement('mq-scope')
    scope.append(...names.map((name) => document.createElement(name)))
    place.append(scope)
    const end = performance.now() + 20_000
    if (round % 10 === 0) while (!isDrawn() && performance.now() < end) await wait(20)
    else await wait(round % 7)
    if (round % 10 === 0 && !isDrawn()) throw new Error(`Nothing was drawn in round ${round}`)
    place.replaceChildren()
    await wait(0)
  }
  // what has been begun comes to its end
  await wait(2000)
}

interface Weight {
  all: number
  kinds: Kinds
}

async function weigh(cdp: CDPSession): Promise<Weight> {
  const all = await collected(cdp)
  return { all, kinds: await kindsOf(cdp) }
}

const percent = (share: number) => `${(share * 100).toFixed(2)} %`

/** Share by which what scripts hold has grown over the rounds. */
export async function heapGrowth(stage: Stage): Promise<number> {
  stage.put(
    '/rounds',
    `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>门户</title><link rel="icon" href="data:,">
    ${loaderTag(stage.cdn)}</head><body><div id="place"></div></body></html>`,
  )
  const context = await stage.browser.newContext()
  try {
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    await page.goto(`${stage.origin}/rounds`)
    await page.evaluate(mount, [tags, 0, warmUp] as const)
    const before = await weigh(cdp)
    await page.evaluate(mount, [tags, warmUp, warmUp + rounds] as const)
    const after = await weigh(cdp)
    const all = after.all / before.all - 1
    const objects = after.kinds.objects / before.kinds.objects - 1
    const kb = (bytes: number) => `${(bytes / 1024).toFixed(0)} KB`
    console.log(
      `\n${rounds} rounds after ${warmUp} to warm up: heap ${kb(before.all)} → ${kb(after.all)} (${percent(all)}), ` +
        `of it what scripts hold ${kb(before.kinds.objects)} → ${kb(after.kinds.objects)} (${percent(objects)}), ` +
        `compiled code and its shapes ${kb(before.kinds.code)} → ${kb(after.kinds.code)}`,
    )
    for (const [name, bytes, count] of after.kinds.grownSince(before.kinds).slice(0, 8)) {
      console.log(`  ${name}: ${count > 0 ? '+' : ''}${count}, ${bytes > 0 ? '+' : ''}${bytes} bytes`)
    }
    return objects
  } finally {
    await context.close()
  }
}
