/** A pair of neighboring characters as one number: quicker to look up than text. */
export type Gram = number

const letter = /[\p{L}\p{N}]/u
/** Texts are as long as people like; what the matter is they say at the beginning. */
const mostCharacters = 300

/** Pairs of neighboring letters of a folded text. */
export function gramsOf(folded: string): Set<Gram> {
  const grams = new Set<Gram>()
  const end = Math.min(folded.length, mostCharacters)
  let before = -1
  for (let at = 0; at < end; at++) {
    const code = folded.charCodeAt(at)
    // nearly every character is Chinese, so the pattern is asked for the others only
    const counts = (code >= 0x4e00 && code <= 0x9fff) || letter.test(folded[at]!)
    if (counts && before >= 0) grams.add(before * 65_536 + code)
    before = counts ? code : -1
  }
  return grams
}

/**
 * How alike two texts are, 0 to 1: what they share of all that they say, each pair by its weight (Dice).
 *
 * @param weightOf 0 for pairs that stand everywhere
 */
export function likeness(
  a: ReadonlySet<Gram>,
  b: ReadonlySet<Gram>,
  weightOf: (gram: Gram) => number,
): number {
  let shared = 0
  let sum = 0
  for (const gram of a) {
    const weight = weightOf(gram)
    sum += weight
    if (b.has(gram)) shared += weight
  }
  for (const gram of b) sum += weightOf(gram)
  return sum === 0 ? 0 : (2 * shared) / sum
}
