import type { Author } from './author.ts'
import { isWaiting } from './flush.ts'
import type { OutboxStore, StoredPair } from './store-contract.ts'
import type { OutboxState } from './types.ts'
import { stateOf, type Moment } from './view.ts'

/** The author's entries as last read, and what is going on: what `mq.outbox.state` shows. */
export interface Mirror {
  /** Reads the store again. Calls during a read share one more read after it. */
  refresh(): Promise<void>
  /** Shows an entry that was just stored, before the store is read again. */
  insert(pair: StoredPair): void
  set(change: Partial<Moment>): void
  state(): OutboxState
  hasWaiting(): boolean
  /** Whether some wait for the key to what is kept here. */
  hasLocked(): boolean
}

export function createMirror(store: OutboxStore, author: Author, onChange: () => void): Mirror {
  let pairs: readonly StoredPair[] = []
  let shown: OutboxState | undefined
  let told = false
  let reading: Promise<void> | undefined
  let readAgain: Promise<void> | undefined
  let insertedMeanwhile: StoredPair[] = []
  const moment: Moment = {
    online: typeof navigator === 'undefined' || navigator.onLine !== false,
    flushing: false,
  }

  /** Many changes in one turn of the event loop are one notice. */
  const tell = () => {
    shown = undefined
    if (told) return
    told = true
    queueMicrotask(() => {
      told = false
      onChange()
    })
  }

  const read = async (): Promise<void> => {
    insertedMeanwhile = []
    const who = author.current ?? (await author.resolve())
    const found = await store.list(who)
    // One stored while we read may be missing in what was read.
    const last = found.length > 0 ? found[found.length - 1]!.entry.key : 0
    pairs = [...found, ...insertedMeanwhile.filter(({ entry }) => entry.key > last && entry.author === who)]
    tell()
  }

  const refresh = (): Promise<void> => {
    if (!reading) {
      const done = () => (reading = undefined)
      reading = read()
      reading.then(done, done)
      return reading
    }
    readAgain ??= reading
      .catch(() => undefined)
      .then(() => {
        readAgain = undefined
        return refresh()
      })
    return readAgain
  }

  return {
    // Nobody waits for most of these; the state simply stays as it was while storage or sign-in is away.
    refresh: () => refresh().catch(() => undefined),
    insert: (pair) => {
      pairs = [...pairs, pair]
      insertedMeanwhile.push(pair)
      tell()
    },
    set: (change) => {
      Object.assign(moment, change)
      tell()
    },
    state: () => (shown ??= stateOf(pairs, moment)),
    hasWaiting: () => pairs.some(isWaiting),
    hasLocked: () => pairs.some(({ entry }) => entry.closed === 'entry_locked'),
  }
}
