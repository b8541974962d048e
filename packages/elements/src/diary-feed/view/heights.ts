import type { Diary } from '@minqing/core'
import type { Pages } from '../model/pages.ts'

/** Of a card, until the first one is measured. */
const usual = 260

/** How tall the cards are: measured when they were last in the page, or guessed from the others. */
export class Heights {
  private readonly known = new Map<string, number>()
  private sum = 0
  private count = 0

  private get guess(): number {
    return this.count ? this.sum / this.count : usual
  }

  /** Measured, or guessed. */
  readonly of = (diary: Diary): number => this.known.get(diary.id) ?? this.guess

  /** Pixels of the diaries between two indices, as far as known. */
  between({ list }: Pages, from: number, to: number): number {
    let sum = 0
    let start = 0
    for (const { count, items, height } of list) {
      const end = start + count
      const first = Math.max(from, start)
      const last = Math.min(to, end)
      if (first < last) {
        if (items) {
          for (let i = first; i < last; i++) sum += this.of(items[i - start]!)
        } else sum += (last - first) * (height ? height / count : this.guess)
      }
      start = end
    }
    return sum
  }

  /** Measures a card in the page, up to the one that follows. */
  measure(id: string, card: Element, next: Element): void {
    const height = next.getBoundingClientRect().top - card.getBoundingClientRect().top
    if (height <= 0) return
    if (!this.known.has(id)) {
      this.sum += height
      this.count++
    }
    this.known.set(id, height)
  }

  /** Forgets all but these diaries. */
  keep(ids: ReadonlySet<string>): void {
    for (const id of this.known.keys()) if (!ids.has(id)) this.known.delete(id)
  }

  /** Cards are as wide as they were not before; what one is like on average stays a good guess. */
  clear(): void {
    this.known.clear()
  }
}
