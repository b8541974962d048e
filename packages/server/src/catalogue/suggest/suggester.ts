import type { CategoryRef, Suggestion, UnitRef } from '@minqing/core'
import { sql } from 'kysely'
import type { Deps } from '../../internal/deps.ts'
import { fold } from '../../internal/fold.ts'
import type { Tx } from '../../internal/handler.ts'
import { categoryRef } from '../lookup.ts'
import { catalogueCache, type ReadyCatalogue } from './catalogue.ts'
import { rankCategories, rankUnits, type Candidate } from './combine.ts'
import { countOpen, familyOf, rounded, similarOpen } from './nearby.ts'
import { createPast } from './past.ts'
import type { Alike, PastIndex } from './past-index.ts'

/** What to suggest for. */
export interface Question {
  /** Six digits. */
  readonly county: string
  /** Where the matter is. */
  readonly area: string
  readonly text: string
  /** The issue that it is about, when there is one: it is no example for itself. */
  readonly excludeIssue?: string
}

/** What can be dispatched without a person. */
export interface AutoDispatch {
  readonly category: CategoryRef
  readonly unit: UnitRef
  readonly confidence: number
}

/** Suggests from the words of the catalogue and from where similar past issues went. Works within the caller's transaction. */
export interface Suggester {
  /**
   * Categories (5 at most), units (5 at most) and similar open issues nearby (10 at most), the likeliest first. Issues
   * named as evidence are those that the transaction may see.
   */
  suggest(tx: Tx, question: Question): Promise<Suggestion>
  /** [I16] How many open issues of the same family in the town say the same; whatever the transaction may see. */
  countSimilar(
    tx: Tx,
    issue: {
      readonly county: string
      readonly id: string
      readonly area_code: string
      readonly category: string | null
      readonly folded: string
    },
  ): Promise<number>
  /**
   * [I15] Where an issue goes by itself: only in a category for which an administrator has turned that on, when its own
   * words speak for it, the suggestion is certain, and the catalogue names a unit. Decides, and does nothing.
   */
  autoDispatch(tx: Tx, question: Question): Promise<AutoDispatch | undefined>
  close(): void
}

const most = 5
const mostAlike = 12
const mostExamples = 3
/** Less than this is a guess that helps nobody. */
const leastConfidence = 0.25
/** [I15] */
const certain = 0.8

interface Found {
  readonly catalogue: ReadyCatalogue
  readonly index: PastIndex
  readonly folded: string
  readonly alike: readonly Alike[]
  readonly categories: readonly Candidate[]
}

type Named = ReadonlyMap<string, { id: string; number: string; title: string }>

/** Numbers and titles of the issues that are to be shown, as far as the caller may read them. */
async function namesOf(tx: Tx, county: string, candidates: readonly Candidate[]): Promise<Named> {
  const ids = new Set(candidates.flatMap(({ alike }) => alike.slice(0, mostExamples).map(({ id }) => id)))
  if (ids.size === 0) return new Map()
  const { rows } = await sql<{ id: string; number: string; title: string }>`
    select id, number, title from issue where county = ${county} and id = any (${[...ids]}::uuid[])`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

const evidenceOf = ({ words, traces, alike }: Candidate, named: Named) => ({
  words: [...(words.length > 0 ? words : traces)],
  similar: alike.slice(0, mostExamples).flatMap(({ id }) => named.get(id) ?? []),
  count: alike.length,
})

export function createSuggester(deps: Pick<Deps, 'pages' | 'bus'>): Suggester {
  const catalogueOf = catalogueCache()
  const past = createPast(deps)

  async function look(tx: Tx, { county, text, excludeIssue }: Question): Promise<Found> {
    const catalogue = await catalogueOf(tx, county)
    const index = await past.of(county)
    const folded = fold(text)
    const alike = index.find(folded, mostAlike, excludeIssue)
    return {
      catalogue,
      index,
      folded,
      alike,
      categories: rankCategories(catalogue.matcher.match(folded), alike, catalogue),
    }
  }

  return {
    async suggest(tx, question) {
      const { county, area, excludeIssue } = question
      const { catalogue, index, folded, alike, categories } = await look(tx, question)
      const likely = categories.filter(({ confidence }) => confidence >= leastConfidence).slice(0, most)
      const units = rankUnits(likely, alike, catalogue, area).slice(0, most)
      const named = await namesOf(tx, county, [...likely, ...units])
      const families = [...new Set(likely.slice(0, 2).map(({ key }) => familyOf(key)))]
      return {
        categories: likely.map((one) => ({
          code: one.key,
          name: catalogue.categories.get(one.key)!.name,
          confidence: rounded(one.confidence),
          evidence: evidenceOf(one, named),
        })),
        units: units.map((one) => ({
          unit: { id: one.key, name: catalogue.units.get(one.key)! },
          confidence: rounded(one.confidence),
          evidence: evidenceOf(one, named),
        })),
        similar: await similarOpen(tx, index, { county, area, folded, families, except: excludeIssue }),
      }
    },

    async countSimilar(tx, { county, id, area_code, category, folded }) {
      const index = await past.of(county)
      const likely = category ?? (await catalogueOf(tx, county)).matcher.match(folded)[0]?.code
      if (likely === undefined) return 0
      return countOpen(tx, index, { county, area: area_code, folded, family: familyOf(likely), except: id })
    },

    async autoDispatch(tx, question) {
      const { catalogue, categories } = await look(tx, question)
      const [best] = categories
      if (!best || best.confidence < certain || best.words.length === 0) return undefined
      if (!catalogue.categories.get(best.key)?.auto) return undefined
      const unit = catalogue.unitFor(best.key, question.area)
      const category = await categoryRef(tx, question.county, best.key)
      if (unit === undefined || !category) return undefined
      return { category, unit: { id: unit, name: catalogue.units.get(unit)! }, confidence: best.confidence }
    },

    close: () => past.close(),
  }
}
