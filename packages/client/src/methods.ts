import type { InputOf, Operations, OutputOf } from '@minqing/core/wire'
import type { Pages } from './pages.ts'

/** Options of one call. */
export interface CallOptions {
  /** Ends the call early with `aborted`. */
  signal?: AbortSignal
  /** Milliseconds for each attempt; 20,000 unless told. */
  timeoutMs?: number
  /** Names a POST, so that a repeated one is done once. Made by the client unless given. */
  idempotencyKey?: string
}

/** Options of a change that must not overwrite another's: the version that the caller has seen. */
export interface VersionedOptions extends CallOptions {
  /** `version` of the thing as it was read; another one answers `version_conflict`. */
  version: number
}

type Versioned = { ifMatch: true }
type Paged = { paged: true }
type ItemOf<Page> = Page extends { items: (infer T)[] } ? T : never

/** Input first, options second; operations without input may be called bare. */
type Arguments<O> = O extends Versioned
  ? [input: InputOf<O>, options: VersionedOptions]
  : unknown extends InputOf<O>
    ? [input?: undefined, options?: CallOptions]
    : [input: InputOf<O>, options?: CallOptions]

/** What one row of core's operations table becomes. */
export type OperationMethod<O> = (
  ...args: Arguments<O>
) => O extends Paged ? Pages<ItemOf<OutputOf<O>>> : Promise<OutputOf<O>>

/** What the client offers in another shape: the event stream is `mq.live`, a photo's bytes are `mq.photos.url`. */
type Reshaped = { live: 'stream' | 'missed'; photos: 'file' }
type Omitted<F> = F extends keyof Reshaped ? Reshaped[F] : never

/** Operations of one feature as methods: `mq.diaries.create(input, options)`. */
export type FeatureMethods<F extends keyof Operations> = {
  [K in keyof Operations[F] as Exclude<K, Omitted<F>>]: OperationMethod<Operations[F][K]>
}

/** Features whose operations are methods as they are. */
export type PlainFeature = Exclude<keyof Operations, 'live' | 'photos'>
