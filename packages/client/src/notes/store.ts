import { createSealingStore, type SealingStore } from '../outbox/sealing-store.ts'
import { createVault } from '../internal/at-rest/vault.ts'
import type { AtRest, Closed } from '../internal/at-rest/types.ts'
import { clientError } from '../errors.ts'
import type { StoredPair, StoredProgress } from '../outbox/store-contract.ts'
import { named } from '../outbox/entry.ts'
import { createStore } from '../outbox/store.ts'
import { entrySchema } from '../outbox/flush.ts'
import { newId } from '../internal/id.ts'
import { jsonCopy } from '../internal/json.ts'
import type { OutboxPhoto } from '../outbox/types.ts'
import type { NoteInput, WaitingNote } from './types.ts'

/** What goes to disk: the outbox's record with a note in place of a diary. Whoever sends it needs nothing else. */
export interface StoredNote {
  key: number
  schema: number
  id: string
  author: string
  operation: 'issues.addProgress'
  input: NoteInput
  photos: OutboxPhoto[]
  idempotencyKey: string
  enqueuedAt: number
  /** Why it could not be opened. */
  closed?: Closed
}
export interface NotePair {
  entry: StoredNote
  progress?: StoredProgress
}

/**
 * The store of the outbox, in a database of its own: it keeps order, disk and transactions, and never looks into an
 * entry's content. That a note stands where it says diary is known to this file alone.
 */
export interface NoteStore {
  readonly outbox: SealingStore
  add(note: Omit<StoredNote, 'key'>): Promise<number>
  list(author: string): Promise<NotePair[]>
}

export function createNoteStore(name: string, atRest: AtRest | undefined): NoteStore {
  // Of which issue it is stays readable: a note that cannot be opened is told of there.
  const stub = ({ issue }: NoteInput): NoteInput => ({ issue, area: '', note: '' })
  const outbox = createSealingStore(createStore(name), createVault(atRest, name), stub)
  return {
    outbox,
    add: (note) => outbox.add(note as unknown as StoredPair['entry']),
    list: async (author) => (await outbox.list(author)) as unknown as NotePair[],
  }
}

/** The same record, of the flush. */
export const noteOf = (entry: StoredPair['entry']): StoredNote => entry as unknown as StoredNote

export const makeNote = (
  input: NoteInput,
  photos: readonly (Blob | OutboxPhoto)[],
  author: string,
  now: number,
): Omit<StoredNote, 'key'> => ({
  schema: entrySchema,
  id: newId(),
  author,
  operation: 'issues.addProgress',
  // A framework's reactive proxy cannot be cloned into the database; its JSON can.
  input: jsonCopy(input),
  photos: photos.map(named),
  idempotencyKey: newId(),
  enqueuedAt: now,
})

/** A stored note as people see it. */
export function shown({ entry, progress }: NotePair): WaitingNote {
  const { key, id, input, photos, enqueuedAt, closed } = entry
  const state = closed || progress?.state === 'parked' ? 'parked' : 'pending'
  const common = { key, id, input, photos, enqueuedAt, attempts: progress?.attempts ?? 0, state } as const
  const problem = closed ? clientError(closed).toJSON() : progress?.problem
  return problem ? { ...common, problem } : common
}
