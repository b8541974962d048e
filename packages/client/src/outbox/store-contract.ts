import type { Closed } from '../internal/at-rest/types.ts'
import type { OutboxEntry, OutboxForward, OutboxPhoto } from './types.ts'
import type { ProblemData } from '../errors.ts'

/** The part of an entry that never changes while it waits. Written once, with its photos. */
export interface StoredEntry {
  /** Absent before it is stored: the store gives it. */
  key?: number
  /** Shape of this record. A newer one is kept, shown and never touched. */
  schema: number
  id: string
  author: string
  operation: OutboxEntry['operation']
  input: OutboxEntry['input']
  photos: OutboxPhoto[]
  idempotencyKey: string
  forward?: OutboxForward
  /** Written when the diary is on the server and `forward` is not done; its photos are gone from here then. */
  arrived?: OutboxEntry['arrived']
  enqueuedAt: number
  /** On disk, where things are sealed: all that is not an id or a time. `input` says nothing then. */
  sealed?: Uint8Array
  /** Never on disk: why it could not be opened. */
  closed?: Closed
}

/** How far an entry got. A record of its own, so that a failed try does not write the photos again. */
export interface StoredProgress {
  key: number
  attempts: number
  nextAt: number
  state: 'pending' | 'parked' | 'discarded'
  problem?: ProblemData
  /** When it was discarded. */
  at?: number
}

/** An entry with its progress, if it has any. */
export interface StoredPair {
  entry: StoredEntry & { key: number }
  progress?: StoredProgress
}

/**
 * Where entries are kept. Every method is one transaction: when its promise resolves the change is on disk, when it
 * rejects nothing has changed.
 */
export interface OutboxStore {
  /** Appends, and gives the key: larger than every key before. */
  add(entry: StoredEntry): Promise<number>
  /** All entries of one author in order of their keys. */
  list(author: string): Promise<StoredPair[]>
  get(key: number): Promise<StoredPair | undefined>
  /** Reads one entry and decides in the same transaction what becomes of it. `undefined` when it is gone. */
  change(key: number, decide: (pair: StoredPair) => Change | undefined): Promise<StoredPair | undefined>
  /** Small facts beside the entries: who wrote last, who holds the lease. */
  getFact(name: string): Promise<unknown>
  /** Reads and writes one fact in one transaction; `undefined` leaves it as it is. */
  changeFact(name: string, decide: (value: unknown) => unknown): Promise<void>
  close(): void
}

/** What `change` does: removes both records, or writes the given ones. */
export type Change = 'remove' | { entry?: StoredEntry & { key: number }; progress?: StoredProgress | null }
