import { createMatcher, fold, type Suggestion } from '@minqing/core'
import type { Call } from './call.ts'
import type { IssueRow, State } from './state.ts'

const most = 5

/** The unit of the longest area that holds the issue's, from the category above where it has none itself. */
function unitFor(state: State, { county, area_code: area }: IssueRow, code: string): string | undefined {
  for (let length = code.length; length > 0; length -= 2) {
    const places = state.categories.get(`${county} ${code.slice(0, length)}`)?.units ?? []
    const [nearest] = places
      .filter((one) => area.startsWith(one.area))
      .sort((a, b) => b.area.length - a.area.length)
    if (nearest && state.unitRef(county, nearest.unit)) return nearest.unit
  }
  return undefined
}

/**
 * By the words of the catalogue alone: categories in the order of core's matcher, and the units that the catalogue names
 * for them. Of past issues, which the reference server looks at as well, the kit says nothing.
 */
export function suggest({ state }: Call, row: IssueRow): Suggestion {
  const sources = state.categories
    .all()
    .filter(({ county, active }) => county === row.county && active)
    .map(({ code, name, words }) => ({ code, name: fold(name), words: words.map(fold) }))
  const matches = createMatcher(sources).match(fold(row.text)).slice(0, most)
  const categories = matches.flatMap(({ code, score, words, traces }) => {
    const category = state.categoryRef(row.county, code)
    const evidence = { words: [...(words.length > 0 ? words : traces)], similar: [], count: 0 }
    return category ? [{ code, name: category.name, confidence: score / (score + 1), evidence }] : []
  })
  const seen = new Set<string>()
  const units = categories.flatMap(({ code, confidence, evidence }) => {
    const unit = unitFor(state, row, code)
    if (unit === undefined || seen.has(unit)) return []
    seen.add(unit)
    return [{ unit: state.unitRef(row.county, unit)!, confidence, evidence }]
  })
  return { categories, units, similar: [] }
}
