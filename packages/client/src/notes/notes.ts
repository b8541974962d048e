import { clientError } from '../errors.ts'
import type { Caller } from '../internal/caller.ts'
import { lazily } from '../internal/lazy.ts'
import type { OutboxOptions } from '../outbox/types.ts'
import type { NoteQueue } from './queue.ts'
import type { Notes, SentNote, WaitingNote } from './types.ts'

/**
 * The light front of the notes. The queue behind it is loaded when it is first used or listened to: unlike diaries,
 * notes are written by few, so a page that shows no issues never loads it.
 */
export function createNotes(
  caller: Caller,
  options: OutboxOptions = {},
): { facade: Notes; close(): Promise<void> } {
  let loading: Promise<NoteQueue> | undefined
  let queue: NoteQueue | undefined
  const none: readonly WaitingNote[] = []
  const listeners = new Set<(waiting: readonly WaitingNote[]) => void>()
  const sentListeners = new Set<(sent: SentNote) => void>()

  const start = async (): Promise<NoteQueue> => {
    try {
      const { createNoteQueue } = await lazily(() => import('./queue.ts'))
      queue = createNoteQueue(caller, options, {
        onChange: () => {
          if (queue) for (const listener of [...listeners]) listener(queue.waiting)
        },
        onSent: (sent) => sentListeners.forEach((listener) => listener(sent)),
      })
      return queue
    } catch (error) {
      // The chunk did not arrive; the next use asks for it again.
      loading = undefined
      throw error
    }
  }
  const load = (): Promise<NoteQueue> => {
    if (typeof indexedDB === 'undefined') return Promise.reject(clientError('storage_unavailable'))
    if (caller.closed.aborted) return Promise.reject(clientError('aborted'))
    loading ??= start()
    return loading
  }

  const facade: Notes = {
    enqueue: async (input, photos) => (await load()).enqueue(input, photos),
    get waiting() {
      return queue?.waiting ?? none
    },
    subscribe: (listener) => {
      listeners.add(listener)
      listener(facade.waiting)
      load().catch(() => undefined)
      return () => listeners.delete(listener)
    },
    onSent: (listener) => {
      sentListeners.add(listener)
      return () => sentListeners.delete(listener)
    },
    retry: async (id) => (await load()).retry(id),
    discard: async (id) => (await load()).discard(id),
    photos: async (id) => (await load()).photos(id),
    flush: async () => (await load()).flush(),
  }
  return { facade, close: async () => (await loading?.catch(() => undefined))?.close() }
}
