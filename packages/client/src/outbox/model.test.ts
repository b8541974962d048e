import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { Page } from 'playwright-core'
import { makeProfile, startBrowser, type RunningBrowser } from '../../../../test/faults/support/browser.ts'
import { startPortal } from '../../../../test/faults/support/portal.ts'
import type { Client } from '../index.ts'

/**
 * Random histories of one outbox in a real IndexedDB: writing, sending, crashing, mending. The network is scripted
 * at `fetch`, the only place where a server can be made to fail in every way at a chosen moment.
 */
type Step =
  | { do: 'enqueue'; good: boolean }
  | { do: 'flush' }
  | { do: 'crash' }
  | { do: 'discard' | 'restore' | 'retry' | 'mend'; pick: number }
/** What becomes of one request: done, done but unanswered, refused by something on the way, never there. */
type Fate = 'ok' | 'answerLost' | 'cut' | 500 | 503 | 429 | 'portal'

interface Outcome {
  /** Written by the outbox and not discarded since. */
  kept: string[]
  stored: [text: string, id: string][]
  parked: string[]
  pending: string[]
}

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('enqueue' as const), good: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('flush' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('discard' as const, 'restore' as const, 'retry' as const, 'mend' as const),
      pick: fc.nat(20),
    }),
  },
)
const fate = fc.constantFrom<Fate>('ok', 'ok', 'answerLost', 'cut', 500, 503, 429, 'portal')

/** Runs in the page. */
async function play([name, steps, fates]: readonly [string, Step[], Fate[]]): Promise<Outcome> {
  const stored = new Map<string, string>()
  const waiting = [...fates]
  const answer = (status: number, body: unknown) =>
    new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
  const refusal = (status: number, code: string) =>
    answer(status, { code, status, titles: { 'zh-CN': code, en: code } })
  /** As the server does it: a bad one is refused, a known id with the same content is the same diary. */
  const serve = (diary: { id: string; text: string }) => {
    if (diary.text.startsWith('bad')) return refusal(400, 'invalid_input')
    if ((stored.get(diary.id) ?? diary.text) !== diary.text) return refusal(409, 'id_taken')
    stored.set(diary.id, diary.text)
    return answer(201, diary)
  }
  const network = async (input: RequestInfo | URL) => {
    const diary = JSON.parse(await (input as Request).text()) as { id: string; text: string }
    const what = waiting.shift() ?? 'ok'
    await new Promise((resolve) => setTimeout(resolve, 1))
    if (what === 'cut') throw new TypeError('Failed to fetch')
    if (what === 'portal') return new Response('<p>login', { status: 200 })
    if (typeof what === 'number')
      return refusal(what, what === 429 ? 'rate_limited' : what === 503 ? 'unavailable' : 'internal')
    const served = serve(diary)
    if (what === 'answerLost') throw new TypeError('Failed to fetch')
    return served
  }
  const open = (): Client =>
    window.mqKit.createClient({
      baseUrl: location.origin,
      getToken: () => `x.${btoa('{"sub":"author"}')}.y`,
      fetch: network,
      outbox: { name, maxBackoffMs: 1, autoFlush: false },
    })
  let mq = open()
  const kept = new Map<string, string>()
  const discarded = new Map<string, string>()
  let count = 0
  const at = <T>(items: readonly T[], pick: number) => items[pick % Math.max(items.length, 1)]

  for (const one of steps) {
    const { parked, pending, discarded: gone } = mq.outbox.state
    if (one.do === 'enqueue') {
      const text = `${one.good ? 'good' : 'bad'} ${count++}`
      const entry = await mq.outbox.enqueue({ area: '330683', kind: 'visit', text })
      kept.set(entry.id, text)
    } else if (one.do === 'flush') {
      await mq.outbox.flush()
    } else if (one.do === 'crash') {
      // In the middle of whatever it does; the next page finds what the disk has.
      void mq.outbox.flush().catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 6))
      await mq.close()
      mq = open()
      await mq.outbox.flush()
    } else if (one.do === 'discard') {
      const entry = at([...parked, ...pending], one.pick)
      if (!entry) continue
      await mq.outbox.discard(entry.id)
      discarded.set(entry.id, kept.get(entry.id)!)
      kept.delete(entry.id)
    } else if (one.do === 'restore') {
      const entry = at(gone, one.pick)
      if (!entry) continue
      await mq.outbox.restore(entry.id)
      kept.set(entry.id, discarded.get(entry.id)!)
    } else {
      const entry = at(parked, one.pick)
      if (!entry) continue
      if (one.do === 'retry') await mq.outbox.retry(entry.id)
      else {
        const text = `good ${count++}`
        await mq.outbox.edit(entry.id, { area: '330683', kind: 'visit', text })
        kept.set(entry.id, text)
      }
    }
  }
  // The network gets well, and everything that can go goes.
  waiting.length = 0
  for (let tries = 0; tries < 5; tries++) await mq.outbox.flush()
  const { parked, pending } = mq.outbox.state
  const texts = (entries: typeof parked) => entries.map(({ input }) => input.text)
  await mq.close()
  return {
    kept: [...kept.values()],
    stored: [...stored].map(([id, text]) => [text, id]),
    parked: texts(parked),
    pending: texts(pending),
  }
}

let portal: Awaited<ReturnType<typeof startPortal>>
let profile: Awaited<ReturnType<typeof makeProfile>>
let browser: RunningBrowser
let page: Page

before(async () => {
  portal = await startPortal()
  profile = await makeProfile()
  browser = await startBrowser(profile.path)
  page = await browser.open(portal.origin)
})
after(async () => {
  await browser?.close()
  await profile?.remove()
  await portal?.close()
})

test('whatever happens, each kept diary is stored once or parked with its author, and none is forgotten', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 3, maxLength: 25 }),
      fc.array(fate, { maxLength: 30 }),
      async (steps, fates) => {
        const { kept, stored, parked, pending } = await page.evaluate(play, [
          `model-${run++}`,
          steps,
          fates,
        ] as const)
        assert.deepEqual(pending, [], 'nothing waits for ever')
        const texts = stored.map(([text]) => text)
        assert.equal(new Set(texts).size, texts.length, 'nothing is stored twice')
        const here = [...texts, ...parked]
        assert.deepEqual(
          kept.filter((text) => !here.includes(text)),
          [],
          'nothing is lost',
        )
        assert.ok(
          parked.every((text) => text.startsWith('bad')),
          'only what was refused is parked',
        )
      },
    ),
    {
      numRuns: 60,
      // Found once: an entry that had only met a bad network came back from the bin as refused.
      examples: [
        [
          [
            { do: 'enqueue', good: true },
            { do: 'flush' },
            { do: 'discard', pick: 0 },
            { do: 'restore', pick: 0 },
          ],
          ['answerLost'],
        ],
      ],
      interruptAfterTimeLimit: 40_000,
      markInterruptAsFailure: false,
    },
  )
  assert.ok(run >= 10, `only ${run} histories in the time`)
})
