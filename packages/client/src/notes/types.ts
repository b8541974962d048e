import type { Issue } from '@minqing/core/wire'
import type { ProblemData } from '../errors.ts'
import type { OutboxPhoto } from '../outbox/types.ts'

/** A progress note on an issue, as it is written down. */
export interface NoteInput {
  /** The issue's id. */
  issue: string
  /** Code of the issue's area: its photos are uploaded for it. */
  area: string
  /** The unit that speaks; needed only by somebody who works for several with a part in the issue. */
  unit?: string
  note: string
  /** Ids of persons to tell. */
  mentions?: string[]
}

/** A note that is on this device and not yet known to be on the server. States are those of the outbox. */
export interface WaitingNote {
  /** Order of writing. */
  key: number
  id: string
  input: NoteInput
  photos: OutboxPhoto[]
  /** Milliseconds since the epoch. */
  enqueuedAt: number
  attempts: number
  state: 'pending' | 'parked'
  /** Why it is parked, or why the last try failed. */
  problem?: ProblemData
}

/** A note that has just arrived, and the issue as it is with it. */
export interface SentNote {
  note: WaitingNote
  issue: Issue
}

/**
 * Progress notes wait here until the server has them, as diaries do in the outbox: on this device's disk, sent in the
 * order of writing, exactly once, removed only after the server's answer. A note that the server refuses is parked
 * with the reason and holds up nobody.
 */
export interface Notes {
  /**
   * Writes a note to disk. Once the promise resolves it is safe. When it rejects (`quota_full`,
   * `storage_unavailable`, `unauthenticated`) nothing was kept and the caller still has the text.
   */
  enqueue(input: NoteInput, photos?: readonly (Blob | OutboxPhoto)[]): Promise<WaitingNote>
  /** The writer's own notes that wait, oldest first. A new list on every change. */
  readonly waiting: readonly WaitingNote[]
  /** Calls back with what waits, at once and on every change. Gives the way to stop. */
  subscribe(listener: (waiting: readonly WaitingNote[]) => void): () => void
  /** Calls back for every note that this tab has sent. */
  onSent(listener: (sent: SentNote) => void): () => void
  /** Tries a parked note again as it is. */
  retry(id: string): Promise<void>
  /** The photos of a note as they were taken. Opened when they are sealed on this device. */
  photos(id: string): Promise<OutboxPhoto[]>
  /** Throws a note away; gives it back, so that its text can be written into a form again. */
  discard(id: string): Promise<WaitingNote | undefined>
  /** Sends what waits. Resolves when there is nothing left to try now. */
  flush(): Promise<void>
}
