import { asMinqingError, isMinqingError, type MinqingError } from '../errors.ts'
import type { LiveMessage, LiveReset, LiveState } from '../types.ts'
import { linked, sleep } from './abort.ts'
import { backoffMs } from './backoff.ts'
import type { Caller } from './caller.ts'
import { lazily } from './lazy.ts'

export interface ConnectionEvents {
  lastEventId: string | undefined
  onEvent(event: LiveMessage | LiveReset): void
  onState(state: LiveState): void
}

/** One event stream that comes back by itself. */
export interface Connection {
  /** Tries again at once, if it waits or has given up. */
  wake(): void
  close(): void
}

/** A hidden page gives its connection back after this long; browsers allow only six per server. */
const hiddenMs = 60_000
const longestWaitMs = 30_000
/** An open stream that was quiet for a while counts as a good one: the next break starts a short wait again. */
const settledMs = 5_000

/** Trying again would not help: the area is wrong, or the person may not read it. */
export const isFinal = (error: MinqingError) =>
  error.status !== undefined && error.status < 500 && ![401, 408, 409, 425, 429].includes(error.status)

export function createConnection(caller: Caller, area: string, events: ConnectionEvents): Connection {
  const end = new AbortController()
  const { controller: over } = linked(end.signal, caller.closed)
  let lastEventId = events.lastEventId
  let everOpen = false
  let baseMs: number | undefined
  let pause = new AbortController()
  let attempt: AbortController | undefined
  let hiddenTimer: ReturnType<typeof setTimeout> | undefined
  let parked = false

  const receive = (event: LiveMessage | LiveReset) => {
    if (!over.signal.aborted) events.onEvent(event)
  }

  const listen = async (): Promise<void> => {
    const read = caller.streams
      ? (await lazily(() => import('./live-stream.ts'))).readStream
      : (await lazily(() => import('./live-poll.ts'))).pollEvents
    attempt = new AbortController()
    const { controller, unlink } = linked(attempt.signal, over.signal)
    try {
      await read(caller, area, lastEventId, controller, {
        onOpen: () => {
          // Nothing to resume from: what happened in between is unknown, so lists must be read again.
          if (everOpen && lastEventId === undefined) receive({ type: 'reset', area })
          everOpen = true
          events.onState({ status: 'open' })
        },
        onId: (id) => (lastEventId = id),
        onRetry: (ms) => (baseMs = ms),
        onEvent: receive,
      })
    } finally {
      unlink()
    }
  }

  /** Waits until a person looks at the page again, or somebody asks. */
  const rest = async (state: LiveState) => {
    events.onState(state)
    parked = true
    await sleep(2 ** 31 - 1, pause.signal)
    parked = false
  }

  const loop = async () => {
    let failures = 0
    while (!over.signal.aborted) {
      pause = linked(over.signal).controller
      if (isHidden() && hiddenTimer === undefined) {
        await rest({ status: 'idle' })
        continue
      }
      events.onState({ status: 'connecting' })
      const began = Date.now()
      let error: MinqingError | undefined
      try {
        await listen()
      } catch (thrown) {
        error = asMinqingError(thrown)
      }
      if (over.signal.aborted) break
      if (Date.now() - began > settledMs) failures = 0
      if (error && isMinqingError(error, 'aborted')) continue
      if (error && isFinal(error)) {
        await rest({ status: 'failed', error })
        continue
      }
      failures++
      events.onState(error ? { status: 'waiting', error } : { status: 'waiting' })
      const backoff = backoffMs(failures, Math.random, longestWaitMs)
      await sleep(error?.retryAfterMs ?? (error ? backoff : (baseMs ?? backoff)), pause.signal)
    }
    events.onState({ status: 'idle' })
  }

  const isHidden = () => typeof document !== 'undefined' && document.visibilityState === 'hidden'
  const onVisibility = () => {
    clearTimeout(hiddenTimer)
    hiddenTimer = undefined
    if (!isHidden()) return pause.abort()
    hiddenTimer = setTimeout(() => {
      hiddenTimer = undefined
      attempt?.abort()
    }, hiddenMs)
  }
  const onOnline = () => pause.abort()
  const page = typeof document === 'undefined' ? undefined : document
  const host = typeof addEventListener === 'function' ? globalThis : undefined
  if (!over.signal.aborted) {
    page?.addEventListener('visibilitychange', onVisibility)
    host?.addEventListener('online', onOnline)
  }
  // A page that is opened in the background connects as well, and then rests like any other.
  if (isHidden() && !over.signal.aborted) onVisibility()
  void loop()

  // Also when the client is closed under its listeners.
  over.signal.addEventListener('abort', () => {
    clearTimeout(hiddenTimer)
    page?.removeEventListener('visibilitychange', onVisibility)
    host?.removeEventListener('online', onOnline)
  })

  return {
    wake: () => {
      if (parked && !isHidden()) pause.abort()
    },
    close: () => end.abort(),
  }
}
