import { townOf, type Suggestion } from '@minqing/core'
import { sql } from 'kysely'
import type { Tx } from '../../internal/handler.ts'
import { gramsOf, likeness } from './grams.ts'
import type { PastIndex } from './past-index.ts'

type SimilarOpen = Suggestion['similar'][number]

/** [I16] From here on two texts speak of the same thing; of one that nobody has sorted yet more is asked. */
const alikeFrom = { sorted: 0.25, unsorted: 0.4 }
/** Of a town's open issues, the newest are looked at. */
const mostOpen = 200
const mostShown = 10

/** [I16] What is of one kind: a category and its siblings; one of the first level is its own family. */
export const familyOf = (category: string): string => category.slice(0, 4)

interface Row {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly state: SimilarOpen['state']
  readonly code: string
  readonly name: string
  readonly folded: string
  readonly category: string | null
}

const limitFor = (sorted: boolean): number => (sorted ? alikeFrom.sorted : alikeFrom.unsorted)

/** Open issues of the same families in the same town that say the same and that the caller may read. */
export async function similarOpen(
  tx: Tx,
  index: PastIndex,
  at: {
    county: string
    area: string
    folded: string
    families: readonly string[]
    except: string | undefined
  },
): Promise<SimilarOpen[]> {
  const town = townOf(at.area)
  if (town.length < 9) return []
  const except = at.except ?? '00000000-0000-0000-0000-000000000000'
  const { rows } = await sql<Row>`
    select id, number, title, state, area_code as code, area_name as name, left(folded, 600) as folded, category
    from issue
    where county = ${at.county} and town = ${town} and open and id <> ${except}
      and (category is null or left(category, 4) = any (${[...at.families]}::text[]))
    order by created_at desc limit ${mostOpen}`.execute(tx)
  const grams = gramsOf(at.folded)
  return rows
    .flatMap(({ id, number, title, state, code, name, folded, category }) => {
      const how = likeness(grams, gramsOf(folded), index.weightOf)
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
