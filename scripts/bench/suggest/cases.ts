import { countryside } from './cases/countryside.ts'
import { people } from './cases/people.ts'
import { streets } from './cases/streets.ts'
import { trades } from './cases/trades.ts'
import { folkMatters } from './unseen/folk.ts'
import { publicMatters } from './unseen/public.ts'
import { ruralMatters } from './unseen/rural.ts'

/**
 * What villagers and officers say, and the category where a dispatcher would put it (joined by `|` where dispatchers
 * would differ).
 */
export type Case = readonly [text: string, codes: string]

/**
 * Told in a roundabout way, with hardly a word of the trade. The catalogue's words were widened once with these in mind,
 * so they say how well that worked and no longer how well the suggestion does.
 */
export const tunedCases: readonly Case[] = [...streets, ...countryside, ...people, ...trades]

/**
 * Written when the catalogue's words were finished, and not looked at since: the words have never been changed for them.
 * Keep it so. Who widens the words writes new cases here and moves these to the others.
 */
export const unseenCases: readonly Case[] = [...publicMatters, ...ruralMatters, ...folkMatters]
