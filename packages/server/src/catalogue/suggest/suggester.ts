import type { CategoryRef, Suggestion, UnitRef } from '@minqing/core'
import type { Deps } from '../../internal/deps.ts'
import { fold } from '../../internal/fold.ts'
import type { Tx } from '../../internal/handler.ts'
import { categoryRef } from '../lookup.ts'
import { catalogueCache, type ReadyCatalogue } from './catalogue.ts'
import { rankCategories, rankUnits, type Candidate } from './combine.ts'
import { alikeOf, countOpen, familyOf, rounded } from './nearby.ts'
import { createPast } from './past.ts'
import type { Alike, PastIndex } from './past-index.ts'
import { readFor, type Reads } from './reads.ts'

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
  readonly index: PastIndex
  readonly folded: string
  readonly alike: readonly Alike[]
  readonly categories: readonly Candidate[]
}

/** What is to be said, before the database is asked for names. */
interface Draft extends Found {
  readonly likely: readonly Candidate[]
  readonly units: readonly Candidate[]
}

/** Issues that are to be shown as evidence. */
const idsOf = ({ likely, units }: Draft): string[] => [
  ...new Set([...likely, ...units].flatMap(({ alike }) => alike.slice(0, mostExamples).map(({ id }) => id))),
]

const evidenceOf = ({ words, traces, alike }: Candidate, named: Reads['named']) => ({
  words: [...(words.length > 0 ? words : traces)],
  similar: alike.slice(0, mostExamples).flatMap(({ id }) => named.get(id) ?? []),
  count: alike.length,
})

export function createSuggester(deps: Pick<Deps, 'pages' | 'bus'>): Suggester {
  const catalogues = catalogueCache()
  const past = createPast(deps)

  function look(catalogue: ReadyCatalogue, index: PastIndex, { text, excludeIssue }: Question): Found {
    const folded = fold(text)
    const alike = index.find(folded, mostAlike, excludeIssue)
    return {
      index,
      folded,
      alike,
      categories: rankCategories(catalogue.matcher.match(folded), alike, catalogue),
    }
  }

  function draftOf(catalogue: ReadyCatalogue, index: PastIndex, question: Question): Draft {
    const found = look(catalogue, index, question)
    const likely = found.categories.filter(({ confidence }) => confidence >= leastConfidence).slice(0, most)
    const units = rankUnits(likely, found.alike, catalogue, question.area).slice(0, most)
    return { ...found, likely, units }
  }

  /** Drafts with the catalogue at hand, which hardly ever has changed, and looks that up along with the rest. */
  async function draftAndRead(tx: Tx, question: Question) {
    const { county, area, excludeIssue } = question
    const index = await past.of(county)
    const known = await catalogues.known(tx, county)
    const readNames = (draft: Draft) => {
      const families = [...new Set(draft.likely.slice(0, 2).map(({ key }) => familyOf(key)))]
      return readFor(tx, { county, area, ids: idsOf(draft), families, except: excludeIssue })
    }
    const draft = draftOf(known.catalogue, index, question)
    const reads = await readNames(draft)
    if (reads.version === known.version) return { catalogue: known.catalogue, draft, reads }
    const catalogue = await catalogues.current(tx, county)
    const again = draftOf(catalogue, index, question)
    return { catalogue, draft: again, reads: await readNames(again) }
  }

  return {
    async suggest(tx, question) {
      const { catalogue, draft, reads } = await draftAndRead(tx, question)
      return {
        categories: draft.likely.map((one) => ({
          code: one.key,
          name: catalogue.categories.get(one.key)!.name,
          confidence: rounded(one.confidence),
          evidence: evidenceOf(one, reads.named),
        })),
        units: draft.units.map((one) => ({
          unit: { id: one.key, name: catalogue.units.get(one.key)! },
          confidence: rounded(one.confidence),
          evidence: evidenceOf(one, reads.named),
        })),
        similar: alikeOf(draft.folded, reads.open, draft.index),
      }
    },

    async countSimilar(tx, { county, id, area_code, category, folded }) {
      const index = await past.of(county)
      const likely = category ?? (await catalogues.current(tx, county)).matcher.match(folded)[0]?.code
      if (likely === undefined) return 0
      return countOpen(tx, index, { county, area: area_code, folded, family: familyOf(likely), except: id })
    },

    async autoDispatch(tx, question) {
      const catalogue = await catalogues.current(tx, question.county)
      const [best] = look(catalogue, await past.of(question.county), question).categories
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
