import { makeProfile, startBrowser } from '../../test/faults/support/browser.ts'
import { startPortal } from '../../test/faults/support/portal.ts'
import type { Round } from './outbox/page.ts'

/**
 * How many diaries a second the outbox takes, as a share of what idb writes raw: the same record into the same kind
 * of store, one strict transaction each, in the same Chromium, taking turns. Without network, as in the field.
 */
const goal = 0.8
const rounds = 6

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!

export default async function outbox(): Promise<boolean> {
  const portal = await startPortal(new URL('./outbox/page.ts', import.meta.url).pathname)
  const profile = await makeProfile()
  const browser = await startBrowser(profile.path)
  try {
    const page = await browser.open(portal.origin)
    const shares: number[] = []
    for (const [title, bytes, count] of [
      ['text only', 0, 200],
      ['one photo of 300 KB', 300_000, 60],
    ] as const) {
      const measured: Round[] = []
      for (let round = 0; round < rounds; round++) {
        measured.push(
          await page.evaluate(([r, c, b]) => window.measure(r, c, b), [round, count, bytes] as const),
        )
      }
      const share = median(measured.map((one) => one.enqueuePerSecond / one.rawPerSecond))
      const mine = median(measured.map((one) => one.enqueuePerSecond))
      const raw = median(measured.map((one) => one.rawPerSecond))
      console.log(
        `${title}: enqueue ${mine.toFixed(0)}/s, raw idb ${raw.toFixed(0)}/s, share ${share.toFixed(2)}`,
      )
      shares.push(share)
    }
    const worst = Math.min(...shares)
    console.log(`outbox: share=${worst.toFixed(2)} goal ${goal}`)
    return worst >= goal
  } finally {
    await browser.close()
    await profile.remove()
    await portal.close()
  }
}
