import type { Diary } from '@minqing/core'

/** Where a diary stands in every list: newest first, and by id among those of the same millisecond. */
export type Position = Pick<Diary, 'createdAt' | 'id'>

/** Sort order of the feed; negative when `a` stands above (is newer than) `b`. */
export const compare = (a: Position, b: Position): number =>
  a.createdAt === b.createdAt ? (a.id < b.id ? 1 : a.id > b.id ? -1 : 0) : a.createdAt < b.createdAt ? 1 : -1

/**
 * A run of neighboring diaries. Far from the viewport the diaries are dropped and only their number, bounds and
 * height stay; the bounds are enough to read the run again.
 */
export interface Page {
  items: Diary[] | undefined
  count: number
  /** Pixels measured (or estimated) when the diaries were dropped; 0 means unknown. */
  height: number
  newest: Position
  oldest: Position
}

const pageOf = (items: Diary[]): Page => ({
  items,
  count: items.length,
  height: 0,
  newest: items[0]!,
  oldest: items[items.length - 1]!,
})

/** Live diaries grow the first page; beyond this it is split, so that it can be dropped like any other. */
const splitAbove = 80

/** The loaded part of a list: pages from newer to older, without gaps. Indices count diaries from the top. */
export class Pages {
  readonly list: Page[] = []

  /** Diaries known, dropped ones included. */
  get length(): number {
    return this.list.reduce((sum, page) => sum + page.count, 0)
  }

  /** The page that holds the index, and the index of its first diary. */
  locate(index: number): { page: Page; start: number } | undefined {
    let start = 0
    for (const page of this.list) {
      if (index < start + page.count) return index < 0 ? undefined : { page, start }
      start += page.count
    }
    return undefined
  }

  at(index: number): Diary | undefined {
    const found = this.locate(index)
    return found?.page.items?.[index - found.start]
  }

  /** −1 when it is not loaded. */
  indexOf(id: string): number {
    let start = 0
    for (const page of this.list) {
      const offset = page.items ? page.items.findIndex((diary) => diary.id === id) : -1
      if (offset >= 0) return start + offset
      start += page.count
    }
    return -1
  }

  /** Adds older diaries below; returns how many were new. */
  append(items: readonly Diary[]): number {
    const last = this.list[this.list.length - 1]
    const fresh = last ? items.filter((diary) => compare(last.oldest, diary) < 0) : [...items]
    if (fresh.length) this.list.push(pageOf(fresh))
    return fresh.length
  }

  /** Adds newer diaries (newest first) above; returns by how much every index grows. */
  prepend(items: readonly Diary[]): number {
    const first = this.list[0]
    const fresh = first ? items.filter((diary) => compare(diary, first.newest) < 0) : [...items]
    if (fresh.length) this.list.unshift(pageOf(fresh))
    return fresh.length
  }

  /** Puts one diary where it belongs; returns its index, or −1 when it is there already or its place is not loaded. */
  insert(diary: Diary): number {
    let start = 0
    for (const [at, page] of this.list.entries()) {
      const last = at === this.list.length - 1
      if (compare(diary, page.oldest) <= 0 || (last && compare(diary, page.oldest) > 0)) {
        return page.items ? this.#insertInto(page, at, start, diary) : -1
      }
      start += page.count
    }
    if (this.list.length) return -1
    this.list.push(pageOf([diary]))
    return 0
  }

  #insertInto(page: Page, at: number, start: number, diary: Diary): number {
    const items = page.items!
    let offset = items.findIndex((other) => compare(diary, other) <= 0)
    if (offset < 0) offset = items.length
    if (items[offset]?.id === diary.id) return -1
    items.splice(offset, 0, diary)
    this.#settle(page)
    if (items.length > splitAbove) {
      const half = items.length >> 1
      this.list.splice(at, 1, pageOf(items.slice(0, half)), pageOf(items.slice(half)))
    }
    return start + offset
  }

  /** Puts a newer state in place of the loaded one; an older version is ignored. Tells whether it was taken. */
  replace(diary: Diary): boolean {
    for (const { items } of this.list) {
      const offset = items ? items.findIndex((other) => other.id === diary.id) : -1
      if (offset < 0) continue
      if (items![offset]!.version > diary.version) return false
      items![offset] = diary
      return true
    }
    return false
  }

  /** Takes a diary away; returns the index it had, or −1. */
  remove(id: string): number {
    const index = this.indexOf(id)
    const found = index < 0 ? undefined : this.locate(index)
    if (!found) return -1
    found.page.items!.splice(index - found.start, 1)
    if (found.page.items!.length) this.#settle(found.page)
    else this.list.splice(this.list.indexOf(found.page), 1)
    return index
  }

  #settle(page: Page): void {
    Object.assign(page, { ...pageOf(page.items!), height: 0 })
  }

  /** Forgets the diaries of pages wholly outside `from`–`to`. `heightOf` says how tall a diary is. */
  drop(from: number, to: number, heightOf: (diary: Diary) => number): void {
    let start = 0
    for (const page of this.list) {
      const end = start + page.count
      if (page.items && (end <= from || start >= to)) {
        page.height = page.items.reduce((sum, diary) => sum + heightOf(diary), 0)
        page.items = undefined
      }
      start = end
    }
  }

  /** The first page between the indices whose diaries were dropped. */
  missing(from: number, to: number): Page | undefined {
    let start = 0
    for (const page of this.list) {
      const end = start + page.count
      if (!page.items && start < to && end > from) return page
      start = end
    }
    return undefined
  }

  /**
   * Gives a page its diaries back, as they are now. Returns the index of the page's first diary and by how much the
   * number of its diaries changed.
   */
  fill(page: Page, items: readonly Diary[]): { start: number; grown: number } {
    const at = this.list.indexOf(page)
    if (at < 0) return { start: -1, grown: 0 }
    const start = this.list.slice(0, at).reduce((sum, { count }) => sum + count, 0)
    const inside = items.filter(
      (diary) => compare(diary, page.newest) >= 0 && compare(diary, page.oldest) <= 0,
    )
    const grown = inside.length - page.count
    if (inside.length) {
      page.items = inside
      page.count = inside.length
    } else this.list.splice(at, 1)
    return { start, grown }
  }
}
