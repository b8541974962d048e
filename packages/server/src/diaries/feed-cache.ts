import { createHash } from 'node:crypto'
import type { LiveBus } from '../internal/live-bus.ts'

/** A finished page, ready to be sent many times. */
export interface CachedPage {
  /** The JSON of core's `DiaryPage` in UTF-8: encoded once, not for each answer. */
  readonly json: Buffer
  /** Weak validator: the same bytes have the same tag. */
  readonly etag: string
}

export function toCachedPage(text: string): CachedPage {
  const json = Buffer.from(text)
  return { json, etag: `W/"${createHash('sha1').update(json).digest('base64url').slice(0, 22)}"` }
}

interface Entry {
  page: Promise<CachedPage>
  until: number
}

export interface FeedCacheOptions {
  bus: Pick<LiveBus, 'subscribe' | 'healthy'>
  now: () => number
  /** The net under the live bus: the oldest page that can be shown. */
  maxAgeMs?: number
  maxEntries?: number
}

/**
 * The newest page of each area, shared by everyone who may see that area: the wire form holds nothing personal, and
 * the caller's scope is checked before this is asked. Most requests of a working morning want the same few pages.
 *
 * A change in an area drops the pages of all areas above it. A read that began before the change is dropped with them,
 * however late it ends: whoever asks afterwards starts another.
 */
export class FeedCache {
  readonly #entries = new Map<string, Map<number, Entry>>()
  readonly #options: Required<FeedCacheOptions>
  readonly #unsubscribe: () => void

  constructor(options: FeedCacheOptions) {
    this.#options = { maxAgeMs: 2000, maxEntries: 5000, ...options }
    this.#unsubscribe = options.bus.subscribe(({ area, to }) => {
      if (to.kind === 'area') this.invalidate(area)
    })
  }

  /** The page, from memory or by `read`. Callers at the same moment share one read. */
  get(area: string, size: number, read: () => Promise<string>): Promise<CachedPage> {
    // without the bus nobody tells us of changes that other processes make
    if (!this.#options.bus.healthy) return read().then(toCachedPage)
    const now = this.#options.now()
    const found = this.#entries.get(area)?.get(size)
    if (found && found.until > now) return found.page
    const entry = { page: read().then(toCachedPage), until: now + this.#options.maxAgeMs }
    this.#put(area, size, entry)
    entry.page.catch(() => this.#drop(area, size, entry))
    return entry.page
  }

  /** Forgets the pages that may show something of this area. */
  invalidate(area: string): void {
    for (let length = 2; length <= area.length; length++) this.#entries.delete(area.slice(0, length))
  }

  /** Areas of which pages are kept. */
  get size(): number {
    return this.#entries.size
  }

  close(): void {
    this.#unsubscribe()
    this.#entries.clear()
  }

  #put(area: string, size: number, entry: Entry): void {
    const ofArea = this.#entries.get(area) ?? new Map<number, Entry>()
    ofArea.set(size, entry)
    this.#entries.delete(area)
    this.#entries.set(area, ofArea)
    this.#forgetOld()
  }

  /** Areas stand in the order of their last read, so what has expired stands first. */
  #forgetOld(): void {
    const now = this.#options.now()
    for (const [area, pages] of this.#entries) {
      const tooMany = this.#entries.size > this.#options.maxEntries
      if (!tooMany && [...pages.values()].some(({ until }) => until > now)) return
      this.#entries.delete(area)
    }
  }

  #drop(area: string, size: number, entry: Entry): void {
    const ofArea = this.#entries.get(area)
    if (ofArea?.get(size) === entry) ofArea.delete(size)
  }
}
