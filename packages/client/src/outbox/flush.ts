import type { Diary } from '@minqing/core/wire'
import { asMinqingError, type MinqingError } from '../errors.ts'
import { backoffMs } from '../internal/backoff.ts'
import type { OutboxStore, StoredPair, StoredProgress } from './store-contract.ts'
import { stumbleLimit, verdictOn, wasCutOff } from './verdict.ts'

/** The newest shape of a stored entry that this code understands: 2 has a wish to forward. */
export const entrySchema = 2
/** What a sealed entry says instead of its shape: a page of before sealing leaves it alone, and so does this one unopened. */
export const sealedSchema = 3

export interface FlushParts {
  readonly store: OutboxStore
  /** Sends one entry, or rejects with what went wrong. */
  readonly send: (entry: StoredPair['entry']) => Promise<Diary>
  readonly now: () => number
  readonly random: () => number
  readonly maxBackoffMs: number
  /** Called after every change in the store. `diary` is there when the entry has arrived and is gone from here. */
  readonly onStep: (pair: StoredPair, diary?: Diary) => void
}

/** How a flush ended: why it stopped before the end of the queue, and when to look again. */
export interface FlushEnd {
  error?: MinqingError
  nextAt?: number
}

/**
 * What a flush tries: what is `due`; besides, what was `cutOff` from the server at its last try, as at the start of a
 * page, which has no `online` event to tell it that the network is back; or `all`. From little to much.
 */
export const reaches = ['due', 'cutOff', 'all'] as const
export type Reach = (typeof reaches)[number]

const pauseMs = 60_000

export const isWaiting = ({ entry, progress }: StoredPair): boolean =>
  entry.schema <= entrySchema && (progress === undefined || progress.state === 'pending')

const dueAt = ({ progress }: StoredPair, parts: FlushParts): number => {
  const at = progress?.nextAt ?? 0
  // Further ahead than any wait can be: the clock was set back since.
  return at > parts.now() + parts.maxBackoffMs ? 0 : at
}

/**
 * Sends an author's entries in the order of writing. Ends at the first that must wait, so that none overtakes
 * another, except those that only their own content holds up.
 */
export async function flushAuthor(parts: FlushParts, author: string, reach: Reach): Promise<FlushEnd> {
  const tried = new Set<number>()
  const end: FlushEnd = {}
  const wakeAt = (at: number) => (end.nextAt = Math.min(end.nextAt ?? Infinity, at))
  for (;;) {
    // Entries written meanwhile, here or in another tab, are found by looking again.
    const fresh = (await parts.store.list(author)).filter(
      (pair) => isWaiting(pair) && !tried.has(pair.entry.key),
    )
    if (fresh.length === 0) return end
    for (const listed of fresh) {
      tried.add(listed.entry.key)
      if (dueAt(listed, parts) > parts.now() && !isReached(listed, reach)) {
        wakeAt(dueAt(listed, parts))
        if (mayBeOvertaken(listed)) continue
        return end
      }
      // It may have been discarded, mended or sent by somebody else since it was listed.
      const pair = await parts.store.get(listed.entry.key)
      if (!pair || !isWaiting(pair)) continue
      const stop = await step(parts, pair)
      if (stop) {
        end.error = stop.error
        if (stop.nextAt !== undefined) wakeAt(stop.nextAt)
        if (!stop.goOn) return end
      }
    }
  }
}

/** A wait that the server asked for stands, whoever looks again. */
const isReached = ({ progress }: StoredPair, reach: Reach): boolean =>
  reach === 'all' || (reach === 'cutOff' && progress?.problem !== undefined && wasCutOff(progress.problem))

const mayBeOvertaken = ({ progress }: StoredPair): boolean =>
  progress?.problem !== undefined &&
  progress.attempts >= stumbleLimit &&
  verdictOn(progress.problem) === 'stumble'

/** Tries one entry. Gives nothing when the queue goes on as if it had not been there. */
async function step(
  parts: FlushParts,
  pair: StoredPair,
): Promise<(FlushEnd & { goOn?: boolean }) | undefined> {
  const { key, idempotencyKey } = pair.entry
  // Its author may have mended it meanwhile, in another tab: what became of the old content says nothing of the new.
  const isSame = (now: StoredPair) => now.entry.idempotencyKey === idempotencyKey
  try {
    const diary = await parts.send(pair.entry)
    await parts.store.change(key, (now) => (isSame(now) ? 'remove' : undefined))
    parts.onStep(pair, diary)
    return undefined
  } catch (thrown) {
    const error = asMinqingError(thrown)
    if (error.code === 'storage_unavailable' || error.code === 'quota_full') throw error
    const verdict = verdictOn(error)
    if (verdict === 'stop') return {}
    if (verdict === 'pause') return { error, nextAt: parts.now() + pauseMs }
    const attempts = (pair.progress?.attempts ?? 0) + 1
    const wait = error.retryAfterMs ?? backoffMs(attempts, parts.random, parts.maxBackoffMs)
    const nextAt = Math.round(parts.now() + Math.min(wait, parts.maxBackoffMs))
    const state = verdict === 'park' ? 'parked' : 'pending'
    const progress: StoredProgress = { key, attempts, nextAt, state, problem: error.toJSON() }
    // Its author may have discarded it meanwhile; that stands.
    await parts.store.change(key, (now) => (isSame(now) && isWaiting(now) ? { progress } : undefined))
    parts.onStep(pair)
    if (verdict === 'park') return undefined
    return { error, nextAt, goOn: verdict === 'stumble' && attempts >= stumbleLimit }
  }
}
