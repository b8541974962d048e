import { townOf, type Suggestion } from '@minqing/core'
import { sql } from 'kysely'
import type { Tx } from '../../internal/handler.ts'
import { gramsOf, likeness } from './grams.ts'
import type { PastIndex } from './past-index.ts'
import { mostOpen, type OpenIssue } from './reads.ts'

/** [I16] From here on two texts speak of the same thing; of one that nobody has sorted yet more is asked. */
const alikeFrom = { sorted: 0.25, unsorted: 0.4 }
const mostShown = 10

/** [I16] What is of one kind: a category and its siblings; one of the first level is its own family. */
export const familyOf = (category: string): string => category.slice(0, 4)

const limitFor = (sorted: boolean): number => (sorted ? alikeFrom.sorted : alikeFrom.unsorted)

/** Of open issues nearby, those that say the same, the likest first. */
export function alikeOf(folded: string, open: readonly OpenIssue[], index: PastIndex): Suggestion['similar'] {
  const grams = gramsOf(folded)
  return open
    .flatMap(({ id, number, title, state, code, name, folded: other, category }) => {
      const how = likeness(grams, gramsOf(other), index.weightOf)
      if (how < limitFor(category !== null)) return []
      return [{ id, number, title, state, area: { code, name }, likeness: rounded(how) }]
    })
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, mostShown)
}

/** How many such there are, whoever asks: only the number leaves. */
export async function countOpen(
  tx: Tx,
  index: PastIndex,
  at: { county: string; area: string; folded: string; family: string; except: string },
): Promise<number> {
  const town = townOf(at.area)
  if (town.length < 9) return 0
  const { rows } = await sql<{ folded: string; sorted: boolean }>`
    select folded, sorted from mq_issues_open_near(${at.county}, ${town}, ${at.family}, ${at.except}, ${mostOpen})`.execute(
    tx,
  )
  const grams = gramsOf(at.folded)
  return rows.filter(
    ({ folded, sorted }) => likeness(grams, gramsOf(folded), index.weightOf) >= limitFor(sorted),
  ).length
}

/** Two digits are enough for anybody. */
export const rounded = (share: number): number => Math.round(share * 100) / 100
