import { clientError } from '../errors.ts'
import type { Caller } from '../internal/caller.ts'
import { lazily } from '../internal/lazy.ts'
import type { Queue } from './queue.ts'
import type { ForwardedEntry, Outbox, OutboxOptions, OutboxState, SentEntry } from './types.ts'

const canStore = (options: OutboxOptions) => options.store !== undefined || typeof indexedDB !== 'undefined'

const isOnline = () => typeof navigator === 'undefined' || navigator.onLine !== false

/** The light front of the outbox. The queue behind it is loaded when a browser has time, or when it is used. */
export function createOutbox(
  caller: Caller,
  options: OutboxOptions = {},
): { facade: Outbox; close(): Promise<void> } {
  let loading: Promise<Queue> | undefined
  let queue: Queue | undefined
  const empty = { pending: [], parked: [], discarded: [] }
  const state: OutboxState = { online: isOnline(), flushing: false, ...empty }
  const listeners = new Set<(state: OutboxState) => void>()
  const sentListeners = new Set<(sent: SentEntry) => void>()
  const forwardedListeners = new Set<(forwarded: ForwardedEntry) => void>()

  const load = (): Promise<Queue> => {
    if (!canStore(options)) return Promise.reject(clientError('storage_unavailable'))
    if (caller.closed.aborted) return Promise.reject(clientError('aborted'))
    loading ??= start()
    return loading
  }
  const start = async (): Promise<Queue> => {
    try {
      const { createQueue } = await lazily(() => import('./queue.ts'))
      queue = createQueue(caller, options, {
        onState: () => {
          for (const listener of [...listeners]) listener(queue!.state())
        },
        onSent: (sent) => sentListeners.forEach((listener) => listener(sent)),
        onForwarded: (forwarded) => forwardedListeners.forEach((listener) => listener(forwarded)),
      })
      return queue
    } catch (error) {
      // The chunk did not arrive; the next use asks for it again.
      loading = undefined
      throw error
    }
  }

  // Earlier entries wait on disk: look for them once the page has drawn itself.
  if (canStore(options) && options.autoFlush !== false) {
    setTimeout(() => {
      if (!caller.closed.aborted) load().catch(() => undefined)
    }, 0)
  }

  const facade: Outbox = {
    enqueue: async (input, photos = [], extras) => (await load()).enqueue(input, photos, extras),
    get state() {
      return queue ? queue.state() : state
    },
    subscribe: (listener) => {
      listeners.add(listener)
      listener(facade.state)
      return () => listeners.delete(listener)
    },
    onSent: (listener) => {
      sentListeners.add(listener)
      return () => sentListeners.delete(listener)
    },
    onForwarded: (listener) => {
      forwardedListeners.add(listener)
      return () => forwardedListeners.delete(listener)
    },
    retry: async (id) => (await load()).act('retry', id),
    discard: async (id) => (await load()).act('discard', id),
    restore: async (id) => (await load()).act('restore', id),
    edit: async (id, input, photos = [], extras) => (await load()).edit(id, input, photos, extras),
    photos: async (id) => (await load()).photos(id),
    flush: async () => (await load()).flush(),
  }
  return { facade, close: async () => (await loading?.catch(() => undefined))?.close() }
}
