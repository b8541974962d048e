import type { LiveEvent, LiveEventType, Photo, PhotoSize } from '@minqing/core/wire'
import type { FeatureMethods, PlainFeature } from './methods.ts'
import type { AtRest } from './internal/at-rest/types.ts'
import type { Notes } from './notes/types.ts'
import type { Outbox, OutboxOptions } from './outbox/types.ts'
import type { MinqingError } from './errors.ts'

/** Languages of problem titles. */
export type Locale = 'zh-CN' | 'en'

/** Asks the host for a token. `refresh` is true when the last one was refused: do not answer from a cache then. */
export type GetToken = (how: { refresh: boolean }) => string | Promise<string>

export interface ClientOptions {
  /** Where the server is: `https://minqing.example.gov.cn`. Relative ones resolve against the page. */
  baseUrl: string
  /** Called when a token is needed first, and once more when the server refuses it. */
  getToken: GetToken
  /** `zh-CN` unless told. */
  locale?: Locale
  /**
   * Used for every request instead of the global one. Uploads use it too and then report progress by chunks. One whose
   * answers cannot be streamed has `streams: false`: live events are then asked for every few seconds.
   */
  fetch?: typeof fetch & { readonly streams?: boolean }
  /** Told of every request that failed for good, beside the rejected promise: for logs. `path` has no ids in it. */
  onProblem?: (problem: MinqingError, route: { method: string; path: string }) => void
  /**
   * Seals what is kept on this device: what waits in the outbox and in `notes`, with its photos. Ids, times and whose it
   * is stay readable. What was written before stays readable too, and is sealed at the start.
   */
  atRest?: AtRest
  outbox?: OutboxOptions
}

/** A live event with the id by which the stream can be resumed. */
export type LiveMessage<T extends LiveEventType = LiveEventType> = LiveEvent & { type: T; id: string }

/** `reset`: events were missed for longer than the server keeps them; read lists again. */
export interface LiveReset {
  type: 'reset'
  area: string
}

/** `connecting` and `waiting` (for the next try) alternate while the server is away. */
export interface LiveState {
  status: 'idle' | 'connecting' | 'open' | 'waiting' | 'failed'
  /** Why it is not open. `failed` (no right to the area) is not tried again by itself; all else is. */
  error?: MinqingError
}

export interface LiveOptions {
  /** Area whose subtree is listened to. Without it, the first area that the caller may read diaries of. */
  area?: string
  /** Where to go on: events after this id come first. */
  lastEventId?: string
}

/** Gives the way to stop. The connection closes with the last listener. */
export type Unsubscribe = () => void

/** Server events. Listeners of one area share one connection; it resumes by itself after a break. */
export interface Live {
  on<T extends LiveEventType>(
    type: T,
    listener: (event: LiveMessage<T>) => void,
    options?: LiveOptions,
  ): Unsubscribe
  on(type: 'reset', listener: (event: LiveReset) => void, options?: LiveOptions): Unsubscribe
  /** Every event, whatever its type; `reset` too. */
  on(type: '*', listener: (event: LiveMessage | LiveReset) => void, options?: LiveOptions): Unsubscribe
  /** State of the connection of an area, on every change and at once. Does not open a connection by itself. */
  onState(listener: (state: LiveState) => void, options?: LiveOptions): Unsubscribe
}

export interface UploadOptions {
  /** Area that the photo belongs to: the one of its diary. */
  area: string
  /** The photo's id, made by the caller so that an upload can go on after a restart. Made here unless given. */
  id?: string
  onProgress?: (sent: number, total: number) => void
  signal?: AbortSignal
}

/** Operations on photos, the resumable upload, and addresses for `<img>`. */
export interface Photos extends FeatureMethods<'photos'> {
  /**
   * Sends a photo by tus, going on where an earlier try of the same id stopped. Resolves when the server has
   * processed it. Throws `photo_too_large`, `photo_not_an_image`, `photo_too_many_pixels`, `area_not_found`,
   * `offline`, `timeout`, `aborted`.
   */
  upload(file: Blob, options: UploadOptions): Promise<Photo>
  /** An address for `<img src>`. It stays the same for a while, so that browsers cache, and expires within an hour. */
  url(id: string, size: PhotoSize): Promise<string>
}

/** The client: one method per operation, and live events, photos, the outbox and notes in their own shapes. */
export type Client = { readonly [F in PlainFeature]: FeatureMethods<F> } & {
  readonly baseUrl: string
  readonly photos: Photos
  readonly live: Live
  readonly outbox: Outbox
  readonly notes: Notes
  /** What seals on this device, as it was given: for stores of one's own beside the outbox. */
  readonly atRest?: AtRest
  /** Closes connections, aborts what is in flight, stops the outbox. What waits in the outbox stays on disk. */
  close(): Promise<void>
}
