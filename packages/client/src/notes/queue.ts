import type { Issue } from '@minqing/core/wire'
import { asMinqingError, clientError, notSignedIn, type MinqingError } from '../errors.ts'
import { abortable } from '../internal/abort.ts'
import { backoffMs } from '../internal/backoff.ts'
import { loadTransport, type Caller } from '../internal/caller.ts'
import { createRestSealer } from '../outbox/seal-rest.ts'
import { createAuthor } from '../outbox/author.ts'
import { createBell } from '../outbox/bell.ts'
import { flushAuthor, reaches, type FlushParts, type Reach } from '../outbox/flush.ts'
import type { StoredPair } from '../outbox/store-contract.ts'
import { leaseTurn, webLockTurn } from '../outbox/turn.ts'
import type { OutboxOptions, OutboxPhoto } from '../outbox/types.ts'
import { verdictOn } from '../outbox/verdict.ts'
import { loadUpload, sendNote } from './send.ts'
import { createNoteStore, makeNote, shown, type NotePair } from './store.ts'
import type { Notes, SentNote, WaitingNote } from './types.ts'

/** The working half of the notes. */
export interface NoteQueue extends Pick<Notes, 'enqueue' | 'retry' | 'photos' | 'discard' | 'flush'> {
  readonly waiting: readonly WaitingNote[]
  close(): Promise<void>
}

export interface NoteEvents {
  onChange(): void
  onSent(sent: SentNote): void
}

const longestTimerMs = 2 ** 31 - 1
const longestPauseMs = 60_000

/**
 * Works as the outbox's queue does and on the same parts: the author of the token, one tab at a time, the same order,
 * the same verdict on a failed try. `options` are those of the outbox.
 */
export function createNoteQueue(caller: Caller, options: OutboxOptions, events: NoteEvents): NoteQueue {
  const name = options.name === undefined ? `mq-notes:${caller.baseUrl}` : `${options.name}:notes`
  const now = options.now ?? Date.now
  const random = options.random ?? Math.random
  const store = createNoteStore(name, caller.atRest)
  const author = createAuthor(caller, store.outbox, options.author)
  const bell = createBell(name, () => void refresh())
  const lockName = (who: string) => `mq-notes:${name}:${who}`
  const takeTurn = (who: string) =>
    typeof navigator !== 'undefined' && navigator.locks
      ? webLockTurn(navigator.locks, lockName(who), caller.closed)
      : leaseTurn(store.outbox, lockName(who), caller.closed, now)

  let pairs: NotePair[] = []
  let waiting: readonly WaitingNote[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined
  let again: Reach | undefined
  let failures = 0
  const untried = new Set<number>()

  const refresh = async (): Promise<void> => {
    try {
      pairs = await store.list(author.current ?? (await author.resolve()))
      waiting = pairs.map(shown)
      events.onChange()
    } catch {
      // What is shown stays as it was while storage or sign-in is away.
    }
  }

  const settle = (error?: MinqingError, nextAt?: number) => {
    clearTimeout(timer)
    if (error) failures++
    if (nextAt === undefined || options.autoFlush === false || caller.closed.aborted) return
    timer = setTimeout(() => void run('due'), Math.min(Math.max(nextAt - now(), 50), longestTimerMs))
  }

  const parts: FlushParts = {
    store: store.outbox,
    now,
    random,
    maxBackoffMs: options.maxBackoffMs ?? 300_000,
    // The flush hands on what `send` answers and looks at nothing in it.
    send: (async (entry: StoredPair['entry']) =>
      sendNote(
        caller,
        store.outbox,
        entry,
        !untried.delete(entry.key),
        caller.closed,
      )) as unknown as FlushParts['send'],
    onStep: (pair, answer) => {
      const note = shown(pair as unknown as NotePair)
      if (answer) events.onSent({ note, issue: answer as unknown as Issue })
      void refresh()
      bell.ring()
    },
  }

  const flushOnce = async (reach: Reach): Promise<void> => {
    await refresh()
    if (waiting.every(({ state }) => state === 'parked')) return
    const before = author.current
    const who = await abortable(author.confirm(), caller.closed)
    if (who !== before) await refresh()
    if (options.author !== undefined && who !== options.author)
      throw notSignedIn(undefined, 'signed in as another')
    await takeTurn(who)(async () => {
      const { error, nextAt } = await flushAuthor(parts, who, reach)
      if (!error) failures = 0
      settle(error, nextAt)
    })
  }

  /** Nothing tells when the key is at hand that was not. */
  let lockTimer: ReturnType<typeof setTimeout> | undefined
  const lookAgain = () => {
    if (!store.outbox.seals || options.autoFlush === false || caller.closed.aborted) return
    clearTimeout(lockTimer)
    const isLocked = waiting.some(({ problem }) => problem?.code === 'entry_locked')
    if (isLocked) lockTimer = setTimeout(() => void run('due'), longestPauseMs)
  }

  /** Before the first note something failed: who is signed in could not be asked, or the disk did not answer. */
  const postpone = (error: MinqingError) => {
    const signedOut = verdictOn(error) === 'pause'
    settle(
      error,
      Math.round(now() + (signedOut ? longestPauseMs : backoffMs(failures + 1, random, longestPauseMs))),
    )
  }

  const run = (reach: Reach): Promise<void> => {
    if (running) {
      if (!again || reaches.indexOf(reach) > reaches.indexOf(again)) again = reach
      const current = running
      return current.then(() => running ?? undefined)
    }
    running = flushOnce(reach)
      .catch((error: unknown) => postpone(asMinqingError(error)))
      .then(refresh)
      .then(() => {
        running = undefined
        lookAgain()
        const next = again
        again = undefined
        if (next && !caller.closed.aborted) void run(next)
      })
    return running
  }
  const wake = (reach: Reach) => {
    if (options.autoFlush !== false && !caller.closed.aborted) void run(reach)
  }

  const sealRest = createRestSealer(store.outbox, author, takeTurn, caller.closed)
  const onOnline = () => {
    wake('all')
    sealRest()
  }
  const onVisible = () => {
    if (document.visibilityState === 'visible') wake('cutOff')
  }
  const page = typeof document === 'undefined' ? undefined : document
  const host = typeof addEventListener === 'function' ? globalThis : undefined
  host?.addEventListener('online', onOnline)
  page?.addEventListener('visibilitychange', onVisible)

  // While there is a network: what is written later without one must not need it.
  loadTransport().catch(() => undefined)
  wake('cutOff')
  sealRest()
  if (options.autoFlush === false) void refresh()

  const changed = async () => {
    bell.ring()
    await refresh()
    wake('due')
  }
  const keyOf = async (id: string): Promise<number | undefined> => {
    await refresh()
    return pairs.find(({ entry }) => entry.id === id)?.entry.key
  }

  return {
    enqueue: async (input, photos = []) => {
      if (photos.length > 0) loadUpload().catch(() => undefined)
      const who = author.current ?? (await author.resolve())
      const note = makeNote(input, photos, who, now())
      const key = await store.add(note)
      untried.add(key)
      await changed()
      return shown({ entry: { ...note, key } })
    },
    retry: async (id) => {
      const key = await keyOf(id)
      const { closed } = pairs.find(({ entry }) => entry.id === id)?.entry ?? {}
      if (closed) throw clientError(closed)
      if (key !== undefined) await store.outbox.change(key, () => ({ progress: null }))
      await changed()
    },
    discard: async (id) => {
      const pair = pairs.find(({ entry }) => entry.id === id)
      const key = await keyOf(id)
      if (key !== undefined) await store.outbox.change(key, () => 'remove')
      await changed()
      return pair && shown(pair)
    },
    photos: async (id) => {
      await refresh()
      const entry = pairs.find((pair) => pair.entry.id === id)?.entry
      if (entry?.closed) throw clientError(entry.closed)
      const photos: OutboxPhoto[] = []
      for (const photo of entry?.photos ?? [])
        photos.push({
          id: photo.id,
          blob: await store.outbox.photo(entry as unknown as StoredPair['entry'], photo),
        })
      return photos
    },
    flush: () => run('all'),
    get waiting() {
      return waiting
    },
    close: async () => {
      clearTimeout(timer)
      clearTimeout(lockTimer)
      host?.removeEventListener('online', onOnline)
      page?.removeEventListener('visibilitychange', onVisible)
      await running?.catch(() => undefined)
      bell.close()
      store.outbox.close()
    },
  }
}
