import { countryside } from './cases/countryside.ts'
import { people } from './cases/people.ts'
import { streets } from './cases/streets.ts'
import { trades } from './cases/trades.ts'

/**
 * What villagers and officers say, and the category where a dispatcher would put it (joined by `|` where dispatchers
 * would differ). Written apart from the catalogue's words and never changed after a look at what the suggestion makes
 * of them.
 */
export type Case = readonly [text: string, codes: string]

export const cases: readonly Case[] = [...streets, ...countryside, ...people, ...trades]
