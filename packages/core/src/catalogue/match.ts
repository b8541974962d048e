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
  /** Parts of its words that stand in the text, the strongest first; weak reasons, for want of better ones. */
  readonly traces: readonly string[]
}

export interface Matcher {
  /** Categories whose words stand in a folded text, the likeliest first, 20 at most. */
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

/** What a part of a word weighs, beside a whole one: a pair of characters, a single one. */
const traceWeights = [0.2, 0.5] as const
const mostTraces = 3
/** The rest is noise. */
const mostMatches = 20
/** A part that stands in the words of more categories tells none of them. */
const mostSharing = 40
/** What the matter is, people say at the beginning; in a long text there is a trace of everything. */
const mostTraced = 200

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
  let reach = 0
  return [...found]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter(({ entry, end }) => {
      if (entry.parts.length > 1) return true
      const within = end <= reach
      reach = Math.max(reach, end)
      return !within
    })
}

interface Trace {
  readonly part: string
  readonly codes: readonly string[]
  readonly weight: number
}

/**
 * Single characters and pairs of the words of the lowest categories, with the categories in whose words they stand. People say it their own way
 * (车子开不进 for 通行), but mostly with some of the same characters.
 */
function tracesOf(sources: readonly WordSource[]): Map<string, Trace> {
  const codesOf = new Map<string, Set<string>>()
  const above = new Set(sources.map(({ code }) => code.slice(0, -2)))
  for (const { code, name, words } of sources.filter((source) => !above.has(source.code))) {
    for (const word of [name, ...words].flatMap((one) => one.split('*'))) {
      for (let at = 0; at < word.length; at++) {
        for (const part of [word[at]!, word.slice(at, at + 2)]) {
          const codes = codesOf.get(part) ?? new Set()
          codesOf.set(part, codes.add(code))
        }
      }
    }
  }
  const all = Math.log(sources.length + 1)
  const telling = [...codesOf].filter(([, codes]) => codes.size <= mostSharing)
  return new Map(
    telling.map(([part, codes]) => {
      const rarity = (all - Math.log(codes.size)) / all
      return [part, { part, codes: [...codes], weight: traceWeights[part.length - 1]! * rarity * rarity }]
    }),
  )
}

/** The traces in a text, each once, the strongest first. */
function findTraces(traces: ReadonlyMap<string, Trace>, text: string): Trace[] {
  const found = new Set<Trace>()
  for (let at = 0; at < text.length; at++) {
    const single = traces.get(text[at]!)
    const pair = traces.get(text.slice(at, at + 2))
    if (single) found.add(single)
    if (pair) found.add(pair)
  }
  return [...found].sort((a, b) => b.weight - a.weight)
}

/**
 * Makes a matcher of the catalogue's words. A word weighs by its rarity among the categories and by its length; of
 * words that lie within each other the longest counts; a word that is denied does not. Parts of words count a little.
 */
export function createMatcher(sources: readonly WordSource[]): Matcher {
  const byFirst = new Map<string, Entry[]>()
  for (const entry of entriesOf(sources)) {
    const first = entry.parts[0]![0]!
    byFirst.set(first, [...(byFirst.get(first) ?? []), entry])
  }

  const traces = tracesOf(sources)

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

  const places = new Map(sources.map(({ code }, at) => [code, at]))
  const aboveOf = sources.map(({ code }) =>
    [code.slice(0, -2), code.slice(0, -4)].flatMap((above) => places.get(above) ?? []),
  )

  return {
    match(text) {
      const words = [...new Set(find(text).map(({ entry }) => entry))].sort((a, b) => b.weight - a.weight)
      const parts = findTraces(traces, text.slice(0, mostTraced))
      const own = new Float64Array(sources.length)
      for (const { codes, weight } of [...words, ...parts]) {
        for (const code of codes) own[places.get(code)!]! += weight
      }
      const scores = own.map((score, at) =>
        score === 0 ? 0 : aboveOf[at]!.reduce((sum, above) => sum + inherited * own[above]!, score),
      )
      return sources
        .flatMap(({ code }, at) => (scores[at]! > 0 ? [{ code, score: scores[at]! }] : []))
        .sort((a, b) => b.score - a.score || b.code.length - a.code.length || (a.code < b.code ? -1 : 1))
        .slice(0, mostMatches)
        .map(({ code, score }) => ({
          ...{ code, score },
          words: words.filter(({ codes }) => codes.includes(code)).map(({ word }) => word),
          traces: parts
            .filter(({ codes }) => codes.includes(code))
            .slice(0, mostTraces)
            .map(({ part }) => part),
        }))
    },
  }
}
