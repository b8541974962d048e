import { createRestSealer } from './seal-rest.ts'
import { createSealingStore } from './sealing-store.ts'
import { createVault } from '../internal/at-rest/vault.ts'
import { asMinqingError, clientError, notSignedIn, type MinqingError } from '../errors.ts'
import { abortable, sleep } from '../internal/abort.ts'
import { backoffMs } from '../internal/backoff.ts'
import { loadTransport, type Caller } from '../internal/caller.ts'
import { createActions } from './actions.ts'
import { createAuthor } from './author.ts'
import { createBell } from './bell.ts'
import { makeEntry } from './entry.ts'
import { forwardDiary } from './forward.ts'
import { flushAuthor, reaches, type Reach } from './flush.ts'
import { createMirror } from './mirror.ts'
import { loadUpload, sendEntry } from './send.ts'
import { createStore } from './store.ts'
import { leaseTurn, webLockTurn } from './turn.ts'
import type {
  ForwardedEntry,
  OutboxEntry,
  OutboxExtras,
  OutboxInput,
  OutboxOptions,
  OutboxPhoto,
  OutboxState,
  SentEntry,
} from './types.ts'
import { verdictOn } from './verdict.ts'
import { entryOf } from './view.ts'

type Photos = readonly (Blob | OutboxPhoto)[]

/** The working half of the outbox. */
export interface Queue {
  enqueue(input: OutboxInput, photos: Photos, extras?: OutboxExtras): Promise<OutboxEntry>
  act(what: 'retry' | 'discard' | 'restore', id: string): Promise<void>
  edit(id: string, input: OutboxInput, photos: Photos, extras?: OutboxExtras): Promise<OutboxEntry>
  photos(id: string): Promise<OutboxPhoto[]>
  flush(): Promise<void>
  state(): OutboxState
  close(): Promise<void>
}

export interface QueueEvents {
  onState(): void
  onSent(sent: SentEntry): void
  onForwarded(forwarded: ForwardedEntry): void
}

/** Asked once per page: without it a browser short of space may clear what waits here. */
let persistenceAsked = false
function askForPersistence(): void {
  if (persistenceAsked || typeof navigator === 'undefined') return
  persistenceAsked = true
  navigator.storage?.persist?.().catch(() => undefined)
}

const longestTimerMs = 2 ** 31 - 1
const longestPauseMs = 60_000

export function createQueue(caller: Caller, options: OutboxOptions, events: QueueEvents): Queue {
  const name = options.name ?? `mq-outbox:${caller.baseUrl}`
  const now = options.now ?? Date.now
  const vault = createVault(caller.atRest, name)
  const store = createSealingStore(
    options.store ?? createStore(name),
    vault,
    ({ id }: OutboxEntry['input']) => ({
      id,
      area: '',
      kind: 'visit' as const,
      text: '',
    }),
  )
  const author = createAuthor(caller, store, options.author)
  const actions = createActions(store, author.resolve, now)
  const mirror = createMirror(store, author, events.onState)
  const bell = createBell(name, () => mirror.refresh())
  const lockName = (who: string) => `mq-outbox:${name}:${who}`
  const takeTurn = (who: string) =>
    typeof navigator !== 'undefined' && navigator.locks
      ? webLockTurn(navigator.locks, lockName(who), caller.closed)
      : leaseTurn(store, lockName(who), caller.closed, now)

  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined
  let again: Reach | undefined
  /** Until then a new entry changes nothing: one before it waits. */
  let heldUntil = 0
  /** Flushes in a row that did not come to the first entry. */
  let failures = 0
  /** Written here and never tried: the server cannot have any of their photos, so it need not be asked. */
  const untried = new Set<number>()

  const flushOnce = async (reach: Reach): Promise<void> => {
    // Waiting entries are looked at before a token is asked for: most page loads have none.
    await mirror.refresh()
    if (!mirror.hasWaiting()) return
    const before = author.current
    const who = await abortable(author.confirm(), caller.closed)
    if (who !== before) await mirror.refresh()
    if (options.author !== undefined && who !== options.author)
      throw notSignedIn(undefined, 'signed in as another')
    await takeTurn(who)(async () => {
      mirror.set({ flushing: true })
      const end = await flushAuthor(
        {
          store,
          now,
          random: options.random ?? Math.random,
          maxBackoffMs: options.maxBackoffMs ?? 300_000,
          send: (entry) => {
            const report = (progress: number) => mirror.set({ sending: { key: entry.key, progress } })
            report(0)
            const mayExist = !untried.delete(entry.key)
            const send = () => sendEntry(caller, store, entry, mayExist, report, caller.closed)
            return entry.forward ? forwardDiary(caller, store, entry, send, events) : send()
          },
          onStep: (pair, diary) => {
            mirror.set({ sending: undefined, ...(diary ? { lastError: undefined } : {}) })
            void mirror.refresh()
            bell.ring()
            // Of one with a wish it was told when the diary arrived.
            if (diary && !pair.entry.forward) events.onSent({ entry: entryOf(pair), diary })
          },
        },
        who,
        reach,
      )
      settle(end.error, end.nextAt)
    })
  }

  const settle = (error?: MinqingError, nextAt?: number) => {
    if (caller.closed.aborted) return
    if (error && error.code !== 'aborted') mirror.set({ lastError: error.toJSON() })
    clearTimeout(timer)
    heldUntil = error ? (nextAt ?? 0) : 0
    if (nextAt === undefined || options.autoFlush === false) return
    timer = setTimeout(() => void run('due'), Math.min(Math.max(nextAt - now(), 50), longestTimerMs))
  }

  /** Nothing tells when the key is at hand that was not. */
  let lockTimer: ReturnType<typeof setTimeout> | undefined
  const lookAgain = () => {
    if (!vault.seals || options.autoFlush === false || caller.closed.aborted) return
    clearTimeout(lockTimer)
    if (mirror.hasLocked()) lockTimer = setTimeout(() => void run('due'), longestPauseMs)
  }

  /** Before the first entry something failed: who is signed in could not be asked, or the disk did not answer. */
  const postpone = (error: MinqingError) => {
    const signedOut = verdictOn(error) === 'pause'
    const wait = signedOut
      ? longestPauseMs
      : backoffMs(++failures, options.random ?? Math.random, longestPauseMs)
    settle(error, Math.round(now() + wait))
  }

  const run = (reach: Reach, delayMs = 0): Promise<void> => {
    if (running) {
      if (!again || reaches.indexOf(reach) > reaches.indexOf(again)) again = reach
      const current = running
      return current.then(() => running ?? undefined)
    }
    running = sleep(delayMs, caller.closed)
      .then(() => flushOnce(reach))
      .then(
        () => (failures = 0),
        (error: unknown) => postpone(asMinqingError(error)),
      )
      // Whoever waited for the flush sees what it did.
      .then(() => mirror.refresh())
      .then(() => {
        running = undefined
        lookAgain()
        mirror.set({ flushing: false, sending: undefined })
        const next = again
        again = undefined
        // A burst of new entries is read together instead of one by one.
        if (next && !caller.closed.aborted) void run(next, next === 'due' ? 100 : 0)
      })
    return running
  }
  const wake = (reach: Reach) => {
    if (options.autoFlush !== false && !caller.closed.aborted) void run(reach)
  }

  const sealRest = createRestSealer(store, author, takeTurn, caller.closed)
  const onOnline = () => {
    mirror.set({ online: true })
    wake('all')
    sealRest()
  }
  const onOffline = () => mirror.set({ online: false })
  const onVisible = () => {
    if (document.visibilityState === 'visible') wake('cutOff')
  }
  const page = typeof document === 'undefined' ? undefined : document
  const host = typeof addEventListener === 'function' ? globalThis : undefined
  host?.addEventListener('online', onOnline)
  host?.addEventListener('offline', onOffline)
  page?.addEventListener('visibilitychange', onVisible)

  // While there is a network: what is written later without one must not need it.
  loadTransport().catch(() => undefined)
  void author
    .resolve()
    .then(() => actions.purge())
    .catch(() => undefined)
    .then(() => {
      wake('cutOff')
      sealRest()
    })

  const changed = async () => {
    bell.ring()
    await mirror.refresh()
    wake('due')
  }

  return {
    enqueue: async (input, photos, extras) => {
      askForPersistence()
      if (photos.length > 0) loadUpload().catch(() => undefined)
      const who = author.current ?? (await author.resolve())
      const entry = makeEntry(input, photos, who, now(), extras)
      const key = await store.add(entry)
      untried.add(key)
      const pair = { entry: { ...entry, key } }
      mirror.insert(pair)
      bell.ring()
      if (heldUntil <= now()) wake('due')
      return entryOf(pair)
    },
    act: async (what, id) => {
      await actions[what](id)
      await changed()
    },
    edit: async (id, input, photos, extras) => {
      const sending = mirror.state().pending.some((entry) => entry.id === id && entry.state === 'sending')
      if (sending) throw clientError('entry_busy')
      const pair = await actions.edit(id, input, photos, extras)
      await changed()
      return entryOf(pair)
    },
    photos: actions.photos,
    flush: () => run('all'),
    state: mirror.state,
    close: async () => {
      clearTimeout(timer)
      clearTimeout(lockTimer)
      host?.removeEventListener('online', onOnline)
      host?.removeEventListener('offline', onOffline)
      page?.removeEventListener('visibilitychange', onVisible)
      await running?.catch(() => undefined)
      bell.close()
      store.close()
    },
  }
}
