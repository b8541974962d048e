import type { Scroller } from './scroller.ts'

/** So long after the last exchange of cards the browser's own scroll anchoring is trusted again. */
const restMs = 100
/** Browsers stop near 33 million pixels; a feed is only one part of a page. */
const tallest = 8_000_000

/**
 * The empty spaces above and below the cards of a long list.
 *
 * Heights above are partly guesses. So the space above is elastic: when a card turns out taller or shorter than
 * guessed, the space gives way and what is being read stays where it is. Only where the space is used up (near the
 * top) the scroll position is corrected instead.
 */
export class Space {
  /** Pixels above the cards. */
  size = 0
  /** What scrolls, while the feed is in a page. */
  scroller?: Scroller | undefined
  private rest?: ReturnType<typeof setTimeout>

  constructor(
    private readonly above: HTMLElement,
    private readonly list: HTMLElement,
    private readonly below: HTMLElement,
  ) {}

  set(size: number): void {
    this.size = size
    this.above.style.height = `${size}px`
  }

  /** Stands for diaries above that have these pixels. */
  setAbove(known: number): void {
    this.set(Math.min(tallest, known))
  }

  setBelow(known: number): void {
    this.below.style.height = `${Math.min(tallest, known)}px`
  }

  scrollBy(distance: number): void {
    const { element } = this.scroller ?? {}
    element?.scrollTo({ top: element.scrollTop + distance, behavior: 'instant' as ScrollBehavior })
  }

  /**
   * Brings a card back to where it was: by the elastic space first, by scrolling for the rest.
   *
   * @param known pixels of the diaries that the space stands for
   */
  hold(card: HTMLElement, top: number, known: number): void {
    const moved = card.getBoundingClientRect().top - top
    const real = Math.min(tallest, known)
    let size = Math.max(0, this.size - moved)
    if (!real || (size < innerHeight && real > size + innerHeight)) size = real
    const rest = moved + size - this.size
    this.set(size)
    if (Math.abs(rest) >= 1) this.scrollBy(rest)
  }

  /**
   * Cards are exchanged by `work`. The browser keeps what is read in place when the page around the feed grows; meanwhile
   * it must not: it would answer by scrolling to what the elastic space has settled already, and run away.
   */
  exchange(work: () => void): void {
    this.anchoring('none')
    work()
    clearTimeout(this.rest)
    this.rest = setTimeout(() => this.anchoring(''), restMs)
  }

  private anchoring(value: string): void {
    if (this.list.style.getPropertyValue('overflow-anchor') === value) return
    for (const part of [this.above, this.list, this.below]) part.style.setProperty('overflow-anchor', value)
  }
}
