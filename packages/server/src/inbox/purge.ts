import { setTimeout as sleep } from 'node:timers/promises'
import type { Deps } from '../internal/deps.ts'

/** Days for which messages are kept; the issues they tell of stay. */
export const keepDays = 180

const everyMs = 6 * 3_600_000

/** Removes messages past their time, with the marks of who has read them. Several processes may do it at once. */
export const purgeInbox = ({ pool, now }: Pick<Deps, 'pool' | 'now'>): Promise<unknown> =>
  pool.query('select mq_inbox_purge($1)', [new Date(now().getTime() - keepDays * 86_400_000)])

/** Purges at once and then every six hours, until the signal is aborted. */
export async function keepPurged(
  deps: Pick<Deps, 'pool' | 'now' | 'log'>,
  closing: AbortSignal,
): Promise<void> {
  while (!closing.aborted) {
    await purgeInbox(deps).catch((error: unknown) => {
      if (!closing.aborted) deps.log.warn({ err: error }, 'old messages could not be removed')
    })
    await sleep(everyMs, undefined, { signal: closing, ref: false }).catch(() => undefined)
  }
}
