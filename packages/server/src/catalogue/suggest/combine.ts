import type { WordMatch } from '@minqing/core'
import type { ReadyCatalogue } from './catalogue.ts'
import type { Alike } from './past-index.ts'

/** A category or unit with all that speaks for it. */
export interface Candidate {
  readonly key: string
  /** 0 to 1. */
  readonly confidence: number
  /** Words of the catalogue that stand in the text. */
  readonly words: readonly string[]
  /** Parts of such words, where no whole one does. */
  readonly traces: readonly string[]
  /** Past issues that went there, the likest first. */
  readonly alike: readonly Alike[]
}

/** How strong one clear word is; beyond it more words add less and less. */
const wordUnit = 0.5
/** How far the strongest other category takes away from one. */
const rivalry = 0.5
/** How strong one past issue is that says the same. */
const alikeUnit = 0.5
/** Neither words nor the past are ever quite certain alone. */
const trust = { words: 0.95, alike: 0.85 }

const sumOf = (alike: readonly Alike[]): number => alike.reduce((sum, one) => sum + one.likeness, 0)

function groupBy(alike: readonly Alike[], keyOf: (one: Alike) => string | null): Map<string, Alike[]> {
  const groups = new Map<string, Alike[]>()
  for (const one of alike) {
    const key = keyOf(one)
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return groups
}

const onOnePath = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a)

/** Two independent reasons: wrong only if both are. */
const both = (words: number, alike: number): number =>
  1 - (1 - trust.words * words) * (1 - trust.alike * alike)

/** Categories by what their words and the past say, the likeliest first. */
export function rankCategories(
  matches: readonly WordMatch[],
  alike: readonly Alike[],
  catalogue: Pick<ReadyCatalogue, 'categories'>,
): Candidate[] {
  const byCode = new Map(matches.map((match) => [match.code, match]))
  const groups = groupBy(alike, ({ category }) => category)
  const all = sumOf(alike)
  const candidates = [...new Set([...byCode.keys(), ...groups.keys()])].flatMap((code): Candidate[] => {
    if (!catalogue.categories.has(code)) return []
    const { score = 0, words = [], traces = [] } = byCode.get(code) ?? {}
    const rival = matches.find((other) => !onOnePath(other.code, code))?.score ?? 0
    const ofWords = score / (score + rivalry * rival + wordUnit)
    const past = groups.get(code) ?? []
    const confidence = both(ofWords, sumOf(past) / (all + alikeUnit))
    return [{ key: code, confidence, words, traces, alike: past }]
  })
  return candidates.sort(
    (a, b) => b.confidence - a.confidence || b.key.length - a.key.length || (a.key < b.key ? -1 : 1),
  )
}

/** Units by the catalogue's assignments to the likeliest categories, and by where similar past issues went. */
export function rankUnits(
  categories: readonly Candidate[],
  alike: readonly Alike[],
  catalogue: Pick<ReadyCatalogue, 'units' | 'unitFor'>,
  area: string,
): Candidate[] {
  const assigned = new Map<string, { confidence: number; words: Set<string>; traces: Set<string> }>()
  for (const { key, confidence, words, traces } of categories) {
    const unit = catalogue.unitFor(key, area)
    if (unit === undefined) continue
    const sum = assigned.get(unit) ?? { confidence: 0, words: new Set(), traces: new Set() }
    // two categories that lead to the same unit make it likelier
    sum.confidence = 1 - (1 - sum.confidence) * (1 - confidence)
    for (const word of words) sum.words.add(word)
    for (const trace of traces) sum.traces.add(trace)
    assigned.set(unit, sum)
  }
  const groups = groupBy(alike, ({ unit }) => unit)
  const all = sumOf(alike)
  const candidates = [...new Set([...assigned.keys(), ...groups.keys()])].flatMap((key): Candidate[] => {
    if (!catalogue.units.has(key)) return []
    const { confidence = 0, words = [], traces = [] } = assigned.get(key) ?? {}
    const past = groups.get(key) ?? []
    const likely = both(confidence / trust.words, sumOf(past) / (all + alikeUnit))
    return [{ key, confidence: likely, words: [...words], traces: [...traces].slice(0, 3), alike: past }]
  })
  return candidates.sort((a, b) => b.confidence - a.confidence || (a.key < b.key ? -1 : 1))
}
