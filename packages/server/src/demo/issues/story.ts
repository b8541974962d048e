import type { CategoryRef, UnitRef } from '@minqing/core'
import type { Random } from '../diaries/random.ts'

/** How an issue fares: most well, some not, so that everything that can happen has happened to one. */
const weights = {
  smooth: 34,
  assist: 14,
  extension: 7,
  suspension: 4,
  returned: 7,
  unsolved: 5,
  consulted: 3,
  insoluble: 1,
  sentBack: 4,
  refused: 3,
  withdrawn: 2,
  spot: 12,
  slow: 8,
  stuck: 6,
  reopened: 3,
  asking: 3,
  // only as the demo's own examples: still with the leaders
  consulting: 0,
} as const
export type Fate = keyof typeof weights

/** All of them, as often as they happen, in an order of their own. */
export function fates(random: Random): Fate[] {
  const deck = (Object.keys(weights) as Fate[]).flatMap((fate) =>
    Array.from({ length: weights[fate] }, () => fate),
  )
  return deck
    .map((fate) => ({ fate, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ fate }) => fate)
}

/** What there is to say and to whom it goes. */
export interface Story {
  readonly fate: Fate
  readonly category: CategoryRef
  readonly lead: UnitRef
  /** Sent there first, by mistake. */
  readonly mistaken: UnitRef | undefined
  readonly assist: { readonly unit: UnitRef; readonly task: string; readonly reply: string } | undefined
  readonly progress: readonly string[]
  readonly answer: string
  /** Of the resident: 0 says nothing, 1 gives five stars. */
  readonly mood: number
}
