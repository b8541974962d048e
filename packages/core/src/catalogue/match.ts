/** A category as the matcher knows it: its name without those above it, and its words, both folded like the texts. */
export interface WordSource {
  readonly code: string
  readonly name: string
  readonly words: readonly string[]
}

/** How strongly the words of one category speak for it in a text. */
export interface WordMatch {
  readonly code: string
  readonly score: number
  /** The words found, the strongest first. */
  readonly words: readonly string[]
}

export interface Matcher {
  /** Categories whose words stand in a folded text, the likeliest first. */
  match(text: string): WordMatch[]
}

interface Entry {
  /** As it stands in the catalogue. */
  readonly word: string
  readonly parts: readonly string[]
  readonly codes: string[]
  weight: number
}

interface Found {
  readonly entry: Entry
  readonly start: number
  readonly end: number
}

/** `水*发黄`: characters that may stand between the parts, within one sentence. */
const widestGap = 10
const sentenceEnd = /[。！？；!?;\n]/
/** Said right before a word, it takes the word away: 不是停水. */
const negation = /(?:不是|并非|不算|不属于|不涉及|无关)[因为由于说有]{0,2}$/
/** What joins the things that a name lists. */
const joiner = /[与和及等、·/（）()]/
/** The share of what speaks for a category that also speaks for those below it which have words of their own. */
const inherited = 0.3

/** Longer words are rarer by themselves; beyond four characters that adds nothing. */
const lengthWeight = (parts: readonly string[]): number =>
  [0.4, 1, 1.3, 1.6][Math.min(parts.join('').length, 4) - 1]!

function entriesOf(sources: readonly WordSource[]): Entry[] {
  const entries = new Map<string, Entry>()
  for (const { code, name, words } of sources) {
    const names = name.split(joiner).filter((part) => part.length > 1)
    for (const word of new Set([...names, ...words])) {
      const known = entries.get(word)
      if (known) known.codes.push(code)
      else {
        const parts = word.split('*').filter(Boolean)
        if (parts.length > 0) entries.set(word, { word, parts, codes: [code], weight: 0 })
      }
    }
  }
  for (const entry of entries.values()) {
    const rarity = Math.log((sources.length + 1) / entry.codes.length) / Math.log(sources.length + 1)
    entry.weight = rarity * lengthWeight(entry.parts)
  }
  return [...entries.values()]
}

/** Where the further parts of a word end; -1 when they do not follow. */
function endOf({ parts }: Entry, text: string, start: number): number {
  let end = start + parts[0]!.length
  for (const part of parts.slice(1)) {
    const at = text.indexOf(part, end)
    if (at < 0 || at - end > widestGap || sentenceEnd.test(text.slice(end, at))) return -1
    end = at + part.length
  }
  return end
}

/** Without what lies within a longer word: 消防水管 is no 水管. */
function longest(found: readonly Found[]): Found[] {
  const whole = found.filter(({ entry }) => entry.parts.length === 1)
  return found.filter(
    (one) =>
      one.entry.parts.length > 1 ||
      !whole.some(
        ({ start, end }) => start <= one.start && end >= one.end && end - start > one.end - one.start,
      ),
  )
}

/** Adds to each category a share of what speaks for those above it. */
function withAncestors(own: ReadonlyMap<string, { score: number; words: string[] }>): WordMatch[] {
  return [...own].map(([code, { score, words }]) => {
    let sum = score
    for (let length = code.length - 2; length > 0; length -= 2) {
      sum += inherited * (own.get(code.slice(0, length))?.score ?? 0)
    }
    return { code, score: sum, words }
  })
}

/**
 * Makes a matcher of the catalogue's words. A word weighs by its rarity among the categories and by its length; of
 * words that lie within each other the longest counts; a word that is denied does not.
 */
export function createMatcher(sources: readonly WordSource[]): Matcher {
  const byFirst = new Map<string, Entry[]>()
  for (const entry of entriesOf(sources)) {
    const first = entry.parts[0]![0]!
    byFirst.set(first, [...(byFirst.get(first) ?? []), entry])
  }

  const find = (text: string): Found[] => {
    const found: Found[] = []
    for (let start = 0; start < text.length; start++) {
      for (const entry of byFirst.get(text[start]!) ?? []) {
        if (!text.startsWith(entry.parts[0]!, start)) continue
        const end = endOf(entry, text, start)
        if (end > 0 && !negation.test(text.slice(Math.max(0, start - 6), start)))
          found.push({ entry, start, end })
      }
    }
    return longest(found)
  }

  return {
    match(text) {
      const entries = [...new Set(find(text).map(({ entry }) => entry))].sort((a, b) => b.weight - a.weight)
      const own = new Map<string, { score: number; words: string[] }>()
      for (const { codes, weight, word } of entries) {
        for (const code of codes) {
          const sum = own.get(code) ?? { score: 0, words: [] }
          sum.score += weight
          sum.words.push(word)
          own.set(code, sum)
        }
      }
      return withAncestors(own).sort(
        (a, b) => b.score - a.score || b.code.length - a.code.length || (a.code < b.code ? -1 : 1),
      )
    },
  }
}
