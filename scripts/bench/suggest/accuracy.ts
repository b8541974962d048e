import { fold } from '../../../packages/server/src/internal/fold.ts'
import { defaultCategories } from '../../../packages/server/src/catalogue/default/index.ts'
import { readyCatalogue } from '../../../packages/server/src/catalogue/suggest/catalogue.ts'
import { rankCategories } from '../../../packages/server/src/catalogue/suggest/combine.ts'
import { PastIndex } from '../../../packages/server/src/catalogue/suggest/past-index.ts'
import { matters } from '../../../packages/server/src/demo/issues/matters.ts'
import type { Case } from './cases.ts'

export interface Accuracy {
  /** Share of the cases whose category stands first. */
  readonly top1: number
  /** Or among the first three. */
  readonly top3: number
  /** Whose first is at least of the right second level. */
  readonly family: number
}

const catalogue = readyCatalogue({
  categories: defaultCategories.map(([code, name, , words]) => ({
    ...{ code, name, full: name, auto: false },
    words: words.split(' '),
  })),
  places: [],
  units: [],
})

/** What the demo's county has brought up before: some forty matters, told in a few ways each. */
function demoPast(): PastIndex {
  const index = new PastIndex()
  for (const [at, { category, texts }] of matters.entries()) {
    for (const [which, text] of texts.entries()) {
      index.put({ id: `${at}-${which}`, folded: fold(text.replace(/\{\w+\}/g, '')), category, unit: null })
    }
  }
  return index
}

const pasts = { words: new PastIndex(), 'words and past': demoPast() }
export type Means = keyof typeof pasts
export const means = Object.keys(pasts) as Means[]

/** How often the suggestion is right, by the catalogue's words alone or with a past. */
export function accuracyOf(cases: readonly Case[], by: Means, log?: (line: string) => void): Accuracy {
  let [top1, top3, family] = [0, 0, 0]
  for (const [text, wanted] of cases) {
    const folded = fold(text)
    const codes = wanted.split('|')
    const ranked = rankCategories(catalogue.matcher.match(folded), pasts[by].find(folded, 12), catalogue)
    const found = ranked.slice(0, 3).map(({ key }) => key)
    const [first = ''] = found
    if (codes.includes(first)) top1++
    else log?.(`${wanted} ${text} → ${found.map((code) => catalogue.categories.get(code)!.name).join('、')}`)
    if (codes.some((code) => found.includes(code))) top3++
    if (codes.some((code) => first.startsWith(code.slice(0, 4)))) family++
  }
  return { top1: top1 / cases.length, top3: top3 / cases.length, family: family / cases.length }
}

const names = new Map(defaultCategories.map(([code, name]) => [code, name]))
/** A case says more than the name of its category: at least so many characters. */
const leastBeside = 8

/** Whether a case uses the very name of its category, as people at times do. */
export const saysName = ([text, wanted]: Case): boolean =>
  wanted.split('|').some((code) => text.includes(names.get(code) ?? text))

/** Cases that merely repeat the name of a category, or whose category there is none of: they would prove nothing. */
export function worthless(cases: readonly Case[]): string[] {
  return cases.flatMap(([text, wanted]) =>
    wanted.split('|').flatMap((code) => {
      const name = names.get(code)
      if (name === undefined) return [`${text}: there is no ${code}`]
      return text.replaceAll(name, '').length < leastBeside ? [`${text}: repeats ${name}`] : []
    }),
  )
}
