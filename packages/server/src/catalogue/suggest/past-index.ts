import { gramsOf, type Gram } from './grams.ts'

/** An issue that has been sorted, perhaps dispatched. */
export interface Sorted {
  readonly id: string
  readonly folded: string
  readonly category: string
  /** The lead, once there was one. */
  readonly unit: string | null
}

export interface Alike {
  readonly id: string
  readonly category: string
  readonly unit: string | null
  /** 0 to 1. */
  readonly likeness: number
}

interface Doc {
  readonly id: string
  category: string
  unit: string | null
  readonly grams: Uint32Array
}

/** A pair that stands in more than this share of the texts tells nothing about any. */
const commonShare = 0.08
const leastLikeness = 0.12
/** A county with fewer texts is taken to have so many that one knows nothing of. */
const fewTexts = 1000

/** Which of many texts are most like one: each pair of letters leads to the texts that have it. */
export class PastIndex {
  readonly #docs: (Doc | undefined)[] = []
  readonly #places = new Map<string, number>()
  readonly #byGram = new Map<Gram, number[]>()
  #scores = new Float64Array(1024)

  get size(): number {
    return this.#places.size
  }

  /** Puts one in. Of one that is there already only where it went can have changed: its text is written once. */
  put({ id, folded, category, unit }: Sorted): void {
    const known = this.#docs[this.#places.get(id) ?? -1]
    if (known) {
      known.category = category
      known.unit = unit
      return
    }
    const place = this.#docs.length
    const grams = gramsOf(folded)
    this.#docs.push({ id, category, unit, grams: Uint32Array.from(grams) })
    this.#places.set(id, place)
    for (const gram of grams) {
      const places = this.#byGram.get(gram)
      if (places) places.push(place)
      else this.#byGram.set(gram, [place])
    }
  }

  remove(id: string): void {
    const place = this.#places.get(id)
    if (place === undefined) return
    this.#docs[place] = undefined
    this.#places.delete(id)
  }

  /** How much a pair tells: 0 where it stands everywhere, 1 for one that is new. */
  readonly weightOf = (gram: Gram): number => {
    const count = this.#byGram.get(gram)?.length ?? 0
    // a handful of texts cannot tell what is common
    if (count > 4 && count > commonShare * this.#docs.length) return 0
    const total = Math.max(this.#docs.length, fewTexts) + 1
    return Math.log(total / (count + 1)) / Math.log(total)
  }

  /** The most alike, the likest first. */
  find(folded: string, most: number, except?: string): Alike[] {
    const docs = this.#docs
    if (this.#scores.length < docs.length) this.#scores = new Float64Array(docs.length * 2)
    const scores = this.#scores
    const touched: number[] = []
    let sum = 0
    for (const gram of gramsOf(folded)) {
      const weight = this.weightOf(gram)
      sum += weight
      if (weight === 0) continue
      for (const place of this.#byGram.get(gram) ?? []) {
        if (scores[place] === 0) touched.push(place)
        scores[place]! += weight
      }
    }
    const best = this.#best(touched, most * 4)
    const found: Alike[] = []
    for (const place of best) {
      const doc = docs[place]
      if (!doc || doc.id === except) continue
      let own = 0
      for (const gram of doc.grams) own += this.weightOf(gram)
      const likeness = (2 * scores[place]!) / (sum + own)
      if (likeness >= leastLikeness) {
        found.push({ id: doc.id, category: doc.category, unit: doc.unit, likeness })
      }
    }
    for (const place of touched) scores[place] = 0
    return found.sort((a, b) => b.likeness - a.likeness).slice(0, most)
  }

  /** Places with the highest scores: those at or above the score of the last that counts. */
  #best(touched: readonly number[], most: number): readonly number[] {
    if (touched.length <= most) return touched
    const scores = this.#scores
    const line = Float64Array.from(touched, (place) => scores[place]!).sort()[touched.length - most]!
    return touched.filter((place) => scores[place]! >= line).slice(0, most)
  }
}
