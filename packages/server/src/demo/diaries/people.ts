import { gaps, givenNames, surnames, elderWords } from './words.ts'
import { createRandom, type Random } from './random.ts'

/** Someone who writes in the demo. */
export interface Officer {
  id: string
  name: string
  title: string
}

/** An area of the tree as the demo needs it. */
export interface DemoArea {
  code: string
  /** From the town down: 甘霖镇 东王村 第3网格. */
  name: string
}

const number = (code: string): number => Number(code.slice(6)) % 0xffff_fff

const invented = (random: Random): string => random.pick(surnames) + random.pick(givenNames)

/** The officer of a village or the worker of a grid: always the same person for the same code. */
export function officerOf(code: string): Officer {
  const random = createRandom(number(code))
  random.next()
  return {
    id: `demo-${code}`,
    name: invented(random),
    title: code.length > 12 ? '网格员' : random.chance(0.7) ? '驻村干部' : '驻村指导员',
  }
}

/** The liaison officer who serves the factories of a town. */
export function liaisonOf(town: string): Officer {
  const random = createRandom(number(town) + 7)
  random.next()
  return { id: `demo-${town}-liaison`, name: invented(random), title: '驻企服务员' }
}

/** How a resident is called in a diary: 王大爷, or by the full name. */
export const resident = (random: Random): string =>
  random.chance(0.6) ? random.pick(surnames) + random.pick(elderWords) : invented(random)

/** Fills the gaps of a phrase. */
export const fill = (phrase: string, random: Random, who: string): string =>
  phrase.replace(/\{(\w+)\}/g, (_, gap: string) => (gap === 'who' ? who : random.pick(gaps[gap]!)))
