import type { Diary } from '@minqing/core'
import type { Page, Pages } from '../model/pages.ts'
import { Heights } from './heights.ts'
import { findScroller, viewport } from './scroller.ts'
import { Space } from './space.ts'

/** What the window needs from the feed. */
export interface WindowHost {
  pages: Pages
  /** Makes (or brings back) the card of a diary. */
  mount(diary: Diary): HTMLElement
  /** Tells a card where it stands, and draws it if its diary or the context changed. Tells whether it drew. */
  place(card: HTMLElement, diary: Diary, index: number): boolean
  /** A card leaves the page. */
  unmount(card: HTMLElement, id: string): void
  /** The viewport comes near what is not there yet: above, below, or a page that was dropped. */
  near(what: 'newer' | 'older' | Page): void
}

/** Cards made in one frame while none is missing in view: keeps frames short on slow phones. */
const perFrame = 1
/** Never more cards than this, whatever their height. */
const mostCards = 120
/** Enough to begin with; the next frames add what the viewport still has room for. */
const fewCards = 7
/** Diaries kept around the window; what is farther is dropped. */
const keepAround = 250

/** Shows the part of a long list that is near the viewport, as real elements between two empty spaces. */
export class FeedWindow {
  start = 0
  end = 0
  private readonly cards = new Map<string, HTMLElement>()
  private readonly heights = new Heights()
  private readonly space: Space
  private width = 0
  private frame = 0
  private readonly resizes = new ResizeObserver(() => this.resized())

  constructor(
    private readonly above: HTMLElement,
    private readonly list: HTMLElement,
    private readonly below: HTMLElement,
    private readonly host: WindowHost,
  ) {
    this.space = new Space(above, list, below)
  }

  private get scroller() {
    return this.space.scroller
  }

  connect(): void {
    this.space.scroller = findScroller(this.list)
    this.space.scroller.target.addEventListener('scroll', this.request, { passive: true })
    // The page may scroll, too, and bring more of a scrolling ancestor into view.
    document.addEventListener('scroll', this.request, { passive: true, capture: true })
    addEventListener('resize', this.request)
    this.resizes.observe(this.list)
    this.request()
  }

  disconnect(): void {
    this.scroller?.target.removeEventListener('scroll', this.request)
    document.removeEventListener('scroll', this.request, { capture: true })
    removeEventListener('resize', this.request)
    this.resizes.disconnect()
    cancelAnimationFrame(this.frame)
    this.frame = 0
    this.space.scroller = undefined
  }

  readonly request = (): void => {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0
      if (this.scroller) this.update()
    })
  }

  card(id: string): HTMLElement | undefined {
    return this.cards.get(id)
  }

  /** Whether the top of the list is in view, so that what is new may slide in. */
  get atTop(): boolean {
    if (!this.scroller) return true
    return this.start === 0 && this.list.getBoundingClientRect().top >= viewport(this.scroller).top - 8
  }

  /** Shows the first diaries, and scrolls to them unless the top of the list is in view. */
  toTop(): void {
    if (!this.scroller) return
    this.show(0, Math.min(this.host.pages.length, fewCards), false)
    const behind = viewport(this.scroller).top + 64 - this.above.getBoundingClientRect().top
    if (behind > 0) this.space.scrollBy(-behind)
    this.request()
  }

  /** Shows the last diaries, and scrolls to them. */
  toEnd(): void {
    const { length } = this.host.pages
    this.show(Math.max(0, length - fewCards), length, false)
    if (this.scroller) {
      this.space.scrollBy(this.below.getBoundingClientRect().bottom + 64 - viewport(this.scroller).bottom)
    }
    this.request()
  }

  /** Another list: nothing of the old one stays. */
  clear(): void {
    this.start = this.end = 0
    this.heights.clear()
    this.show(0, 0, false)
    this.space.set(0)
  }

  /** The diaries changed: shows the same stretch of them, around the same card; or what is new above, at the top. */
  sync(follow = true): void {
    const { pages } = this.host
    const { length } = pages
    let shift = 0
    const kept = this.anchor((id) => pages.indexOf(id) >= 0)
    if (kept) {
      const before = [...this.cards.keys()].indexOf(kept.id)
      shift = pages.indexOf(kept.id) - before - this.start
    }
    const stick = follow && this.start === 0 && shift > 0 && this.atTop
    const start = Math.max(0, Math.min(stick ? 0 : this.start + shift, length))
    this.show(start, Math.max(start, Math.min(this.end + shift, start + mostCards, length)), !stick)
    this.request()
  }

  private resized(): void {
    const width = this.list.clientWidth
    if (width !== this.width) this.heights.clear()
    this.width = width
    this.request()
  }

  /** Measured, or guessed. */
  readonly heightOf = this.heights.of

  private heightBetween(from: number, to: number): number {
    return this.heights.between(this.host.pages, from, to)
  }

  private update(): void {
    const view = viewport(this.scroller!)
    const room = Math.max(600, view.bottom - view.top)
    const { length } = this.host.pages
    if (!length || view.bottom <= view.top) return
    const listTop = this.list.getBoundingClientRect().top
    const listBottom = this.below.getBoundingClientRect().top
    if (this.end > this.start && (listTop > view.bottom + 2 * room || listBottom < view.top - 2 * room)) {
      this.jump(listTop, listBottom, view.top)
    } else this.creep(view, room, listTop, listBottom)
    this.forget()
  }

  /** The scrollbar was dragged far away: shows what lies there by the heights known. */
  private jump(listTop: number, listBottom: number, top: number): void {
    const { pages } = this.host
    const up = listTop > top
    let at = up ? this.start : this.end
    let left = up ? listTop - top : top - listBottom
    while (left > 0 && (up ? at > 0 : at < pages.length)) {
      const height = up ? this.heightBetween(at - 1, at) : this.heightBetween(at, at + 1)
      at += up ? -1 : 1
      left -= height
    }
    at = Math.max(0, Math.min(at, pages.length - 1))
    const missing = pages.missing(at, at + 1)
    if (missing) return this.host.near(missing)
    const { size } = this.space
    const place = (up ? size - (listTop - top) : size + (top - listTop)) + Math.max(0, -left)
    this.show(at, Math.min(at + perFrame * 2, pages.length), false)
    this.space.set(at ? Math.max(0, place) : 0)
    this.request()
  }

  private creep(view: { top: number; bottom: number }, room: number, top: number, bottom: number): void {
    const { pages } = this.host
    const { length } = pages
    let { start, end } = this
    let budget = perFrame
    while (end < length && bottom < view.bottom + room && end - start < mostCards) {
      if (bottom > view.bottom && budget-- <= 0) break
      const diary = pages.at(end)
      if (!diary) break
      bottom += this.heightOf(diary)
      end++
    }
    while (start > 0 && top > view.top - room && end - start < mostCards) {
      if (top < view.top && budget-- <= 0) break
      const diary = pages.at(start - 1)
      if (!diary) break
      top -= this.heightOf(diary)
      start--
    }
    const rects = [...this.cards.values()].map((card) => card.getBoundingClientRect())
    for (let i = 0; i < rects.length - 1 && rects[i]!.bottom < view.top - room * 1.5; i++) start++
    for (let i = rects.length - 1; i > 0 && rects[i]!.top > view.bottom + room * 1.5; i--) end--
    if (start !== this.start || end !== this.end) {
      this.show(start, end, true)
      this.request()
    }
    if (bottom < view.bottom + 2 * room) {
      if (end === length) this.host.near('older')
      else if (!pages.at(end)) this.host.near(pages.missing(end, end + 1)!)
    }
    if (top > view.top - 2 * room) {
      if (!start) this.host.near('newer')
      else if (!pages.at(start - 1)) this.host.near(pages.missing(start - 1, start)!)
    }
  }

  /** The first card in view that will stay, and where it is. */
  private anchor(stays: (id: string) => boolean): { id: string; card: HTMLElement; top: number } | undefined {
    const top = this.scroller ? viewport(this.scroller).top : 0
    let found: { id: string; card: HTMLElement; top: number } | undefined
    for (const [id, card] of this.cards) {
      if (!stays(id)) continue
      const rect = card.getBoundingClientRect()
      found = { id, card, top: rect.top }
      if (rect.bottom > top) break
    }
    return found
  }

  /** Makes the list show the diaries from `start` to before `end`, and keeps what is being read where it is. */
  private show(start: number, end: number, keep: boolean): void {
    const diaries: Diary[] = []
    for (let i = start; i < end; i++) {
      const diary = this.host.pages.at(i)
      if (!diary) break
      diaries.push(diary)
    }
    const ids = new Set(diaries.map(({ id }) => id))
    const anchor = keep ? this.anchor((id) => ids.has(id)) : undefined
    this.space.exchange(() => {
      const gone = this.takeAway(ids)
      const changed = this.lay(diaries, start, anchor?.card)
      this.start = start
      this.end = start + diaries.length
      this.space.setBelow(this.heightBetween(this.end, this.host.pages.length))
      // Cards that only left above are measured already: no layout has to be made to know where the rest goes.
      if (anchor && start && !changed) this.space.set(this.space.size + gone)
      else if (anchor) this.space.hold(anchor.card, anchor.top, this.heightBetween(0, start))
      else if (!keep) this.space.setAbove(this.heightBetween(0, start))
    })
  }

  /** Takes away the cards of other diaries. Gives the pixels of those that stood above the first one that stays. */
  private takeAway(stays: ReadonlySet<string>): number {
    const { host, list, cards } = this
    const top = list.getBoundingClientRect().top
    let gone: number | undefined
    // All is measured before anything moves: one layout.
    for (const [id, card] of cards) {
      if (!stays.has(id)) this.heights.measure(id, card, card.nextElementSibling ?? this.below)
      else gone ??= card.getBoundingClientRect().top - top
    }
    for (const [id, card] of cards) {
      if (stays.has(id)) continue
      cards.delete(id)
      host.unmount(card, id)
      card.remove()
    }
    return gone ?? 0
  }

  /** Puts the cards of these diaries into the list. Tells whether anything changed down to the anchor. */
  private lay(diaries: readonly Diary[], start: number, anchor: HTMLElement | undefined): boolean {
    const { host, list, cards } = this
    const before = new Map(cards)
    cards.clear()
    let next = list.firstElementChild
    let changed = false
    let passed = false
    diaries.forEach((diary, offset) => {
      const card = before.get(diary.id) ?? host.mount(diary)
      cards.set(diary.id, card)
      const drawn = host.place(card, diary, start + offset)
      passed ||= card === anchor
      if (drawn && (!passed || card === anchor)) changed = true
      if (card === next) next = next.nextElementSibling
      else list.insertBefore(card, next)
    })
    return changed
  }

  private forget(): void {
    const loaded = this.host.pages.list.filter(({ items }) => items).length
    if (loaded < 14) return
    this.host.pages.drop(this.start - keepAround, this.end + keepAround, this.heightOf)
    const kept = new Set(this.host.pages.list.flatMap(({ items }) => items?.map(({ id }) => id) ?? []))
    this.heights.keep(kept)
  }
}
