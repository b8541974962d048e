import type { Person } from '@minqing/core'
import { liaisonOf, officerOf } from '../diaries/people.ts'
import { createRandom, type Random } from '../diaries/random.ts'
import { givenNames, surnames } from '../diaries/words.ts'
import { personas } from '../personas.ts'

const asPerson = ({ subject, name, title }: (typeof personas)[number]): Person => ({
  id: subject,
  name,
  title,
})
const played = (id: string): Person => asPerson(personas.find((one) => one.id === id)!)

const center: readonly Person[] = [
  played('he-center'),
  { id: 'demo-center-2', name: '竺晓燕', title: '社会治理中心坐席' },
]
export const dispatcher = (random: Random): Person => random.pick(center)
export const leader: Person = played('zhou-leader')

const invented = (random: Random): string => random.pick(surnames) + random.pick(givenNames)

const seedOf = (text: string): number => [...text].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7)

/** Who works on issues in a unit: always the same person. */
export function handlerOf(unit: { id: string; name: string }): Person {
  const persona = personas.find(({ role, unit: of }) => role === 'handler' && of === unit.id)
  if (persona) return asPerson(persona)
  const random = createRandom(seedOf(unit.id))
  random.next()
  return { id: `demo-unit-${unit.id}`, name: invented(random), title: `${unit.name}经办` }
}

/** Who reports what an officer reports: the liaison for firms, otherwise whoever looks after the village. */
export function reporterOf(area: string, firm: boolean): Person {
  if (firm) return liaisonOf(area.slice(0, 9))
  const village = area.slice(0, 12)
  const persona = personas.find(({ area: of, role }) => of === village && role === 'villageOfficer')
  return persona ? asPerson(persona) : officerOf(village)
}

export interface Neighbor {
  readonly person: Person
  readonly phone: string
}

/** Somebody who lives there. Numbers are of a range that is not in use. */
export function neighborOf(area: string, random: Random): Neighbor {
  const persona = personas.find(({ role, area: of }) => role === 'resident' && of === area.slice(0, 12))
  const number = random.int(1_000_000)
  const person =
    persona && random.chance(0.7)
      ? asPerson(persona)
      : { id: `demo-resident-${number}`, name: invented(random), title: '村民' }
  return { person, phone: `10000${String(number).padStart(6, '0')}` }
}
