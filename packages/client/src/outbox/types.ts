import type { Diary, Issue, NewDiary, NewIssue } from '@minqing/core/wire'
import type { ProblemData } from '../errors.ts'
import type { OutboxStore } from './store-contract.ts'

/** A photo that waits with its diary. The id is the one that the diary's `photos` names. */
export interface OutboxPhoto {
  id: string
  blob: Blob
  /** In lists, where things are sealed on this device: what `blob` holds is. `mq.outbox.photos(id)` opens it. */
  sealed?: true
}

/**
 * - `pending`: waits for its turn or for the network
 * - `sending`: on its way in some tab
 * - `parked`: the server refused it, see `problem`; waits for a person and holds up nobody
 * - `discarded`: thrown away by its author; `restore` brings it back for a week
 */
export type OutboxEntryState = 'pending' | 'sending' | 'parked' | 'discarded'

/**
 * 同时上报为事项: once the diary has arrived an issue is made from it, exactly once. It stands with the entry on disk, so
 * that it outlives the page as the diary does.
 */
export interface OutboxForward extends Pick<NewIssue, 'solved' | 'category' | 'resident'> {
  /** The issue's id. */
  issueId: string
}

/** A diary that is on this device and not yet known to be on the server. */
export interface OutboxEntry {
  /** Order of writing. */
  key: number
  /** The diary's id. */
  id: string
  /** `sub` of the author's token: nobody else's session sends it. */
  author: string
  operation: 'diaries.create'
  input: NewDiary
  photos: OutboxPhoto[]
  idempotencyKey: string
  /** What is done with the diary after it has arrived. */
  forward?: OutboxForward
  /** The diary as it arrived: it is on the server, and only `forward` is still to do, or was refused. */
  arrived?: Diary
  /** Milliseconds since the epoch, as are all times here. */
  enqueuedAt: number
  /** Failed tries since it was written, mended or retried by hand. */
  attempts: number
  /**
   * Not tried again before this, unless the network comes back or a person asks; nor waits for it, when a page starts or
   * is shown again, what did not reach the server at its last try.
   */
  nextAt: number
  state: OutboxEntryState
  /** Why it is parked, or why the last try failed. */
  problem?: ProblemData
  /** Sent bytes of its photos, 0 to 1; only while this tab is sending it. */
  progress?: number
}

/** What is kept with an entry besides its content. */
export interface OutboxExtras {
  forward?: OutboxForward
}

/** What `mq.outbox.enqueue` takes. `id` and `writtenAt` are made when absent. */
export type OutboxInput = Omit<NewDiary, 'id' | 'photos'> & { id?: string }

/** The author's own entries, oldest first. A new object on every change. */
export interface OutboxState {
  /** Whether the browser believes in a network. It may be wrong. */
  online: boolean
  /** Whether this tab is sending right now. */
  flushing: boolean
  pending: readonly OutboxEntry[]
  parked: readonly OutboxEntry[]
  /** Discarded ones that can still be restored. */
  discarded: readonly OutboxEntry[]
  /** Why the last try to send anything failed; gone after a success. `unauthenticated` means: sign in to go on. */
  lastError?: ProblemData
}

/** A diary that has just arrived, told to `onSent` listeners of the tab that sent it. */
export interface SentEntry {
  entry: OutboxEntry
  /** The server's answer. */
  diary: Diary
}

/** A diary that has just become an issue, told to `onForwarded` listeners of the tab that did it. */
export interface ForwardedEntry {
  entry: OutboxEntry
  diary: Diary
  issue: Issue
}

/** Diaries wait here until the server has them. They survive a killed browser. */
export interface Outbox {
  /**
   * Writes a diary to this device's disk. Once the promise resolves it is safe: it will be sent when the network
   * permits, exactly once, whatever happens to the page. When it rejects (`quota_full`, `storage_unavailable`,
   * `unauthenticated`) nothing was kept and the caller still has the text.
   */
  enqueue(
    input: OutboxInput,
    photos?: readonly (Blob | OutboxPhoto)[],
    extras?: OutboxExtras,
  ): Promise<OutboxEntry>
  readonly state: OutboxState
  /** Calls back at once with the current state and then on every change. Gives the way to stop. */
  subscribe(listener: (state: OutboxState) => void): () => void
  /** Calls back for every diary that this tab has sent. */
  onSent(listener: (sent: SentEntry) => void): () => void
  /**
   * Calls back for every issue that this tab has made of a diary on the entry's behalf. A refusal parks the entry: its
   * diary is on the server (`arrived`), `retry` tries to forward it again, `discard` gives that up.
   */
  onForwarded(listener: (forwarded: ForwardedEntry) => void): () => void
  /** Tries a parked entry again as it is. */
  retry(id: string): Promise<void>
  /** Takes an entry out of the queue. `restore` undoes it for a week. */
  discard(id: string): Promise<void>
  restore(id: string): Promise<void>
  /**
   * Replaces a parked entry's content (or one never tried) and puts it back in the queue in its old place. When
   * its id was taken by something else it gets a new one. Throws `entry_busy` while it may be on its way, or when
   * its diary is on the server already.
   */
  edit(
    id: string,
    input: OutboxInput,
    photos?: readonly (Blob | OutboxPhoto)[],
    extras?: OutboxExtras,
  ): Promise<OutboxEntry>
  /** The photos of an entry as they were taken, to be shown or mended. Opened when they are sealed on this device. */
  photos(id: string): Promise<OutboxPhoto[]>
  /** Sends what is due and what waits for a later try. Resolves when there is nothing left to try now. */
  flush(): Promise<void>
}

/** How the outbox is set up. The seams below `author` are for tests and hosts with storage of their own. */
export interface OutboxOptions {
  /** Database name; one per server unless told. */
  name?: string
  /**
   * `sub` of the person who writes. Unless given it is read from the token, and remembered for a start without
   * network. Give it when several people share one device.
   */
  author?: string
  /** Another place to keep entries, where there is no IndexedDB. */
  store?: OutboxStore
  /** Milliseconds since the epoch. */
  now?: () => number
  /** 0 to 1, for jitter. */
  random?: () => number
  /** The longest wait between two tries, in milliseconds; 5 minutes unless told. */
  maxBackoffMs?: number
  /** Sends by itself; `true` unless told. With `false` only `flush()` sends. */
  autoFlush?: boolean
}
