import { entrySchema } from './flush.ts'
import type { StoredPair } from './store-contract.ts'
import type { OutboxEntry, OutboxEntryState, OutboxState } from './types.ts'
import { clientError, type ProblemData } from '../errors.ts'

/** What the queue knows beside the stored pairs. */
export interface Moment {
  online: boolean
  flushing: boolean
  lastError?: ProblemData
  /** The entry that this tab is sending, and how much of its photos is there. */
  sending?: { key: number; progress: number }
}

/** One entry as people see it. One that cannot be read, or is of a newer schema, is shown as parked: nobody here sends it. */
export function entryOf({ entry, progress }: StoredPair, sending?: Moment['sending']): OutboxEntry {
  const { key, id, author, operation, input, photos, idempotencyKey, enqueuedAt } = entry
  const { forward, arrived } = entry
  const extras = { ...(forward && { forward }), ...(arrived && { arrived }) }
  const tries = { attempts: progress?.attempts ?? 0, nextAt: progress?.nextAt ?? 0 }
  const common = {
    key,
    id,
    author,
    operation,
    input,
    photos,
    idempotencyKey,
    enqueuedAt,
    ...extras,
    ...tries,
  }
  const discarded = progress?.state === 'discarded'
  const unreadable = entry.closed ?? (entry.schema > entrySchema ? 'entry_unknown' : undefined)
  if (unreadable && !discarded) {
    return { ...common, photos: photos ?? [], state: 'parked', problem: clientError(unreadable).toJSON() }
  }
  if (sending?.key === key) return { ...common, state: 'sending', progress: sending.progress }
  const state: OutboxEntryState = progress?.state ?? 'pending'
  return progress?.problem ? { ...common, state, problem: progress.problem } : { ...common, state }
}

export function stateOf(pairs: readonly StoredPair[], moment: Moment): OutboxState {
  const { online, flushing, lastError, sending } = moment
  const entries = pairs.map((pair) => entryOf(pair, sending))
  const inState = (...states: OutboxEntryState[]) => entries.filter(({ state }) => states.includes(state))
  const lists = {
    pending: inState('pending', 'sending'),
    parked: inState('parked'),
    discarded: inState('discarded'),
  }
  return lastError ? { online, flushing, ...lists, lastError } : { online, flushing, ...lists }
}
