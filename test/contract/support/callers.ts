import { accessOf, can, type Grant, type Role } from '@minqing/core'
import type { TestApp } from '../../../packages/server/src/testing/app.ts'
import { ofIssue, ofVillage, type Asker } from './aims/aim.ts'
import { secrets } from './people.ts'
import { units } from './stages.ts'

/** Where a caller holds the role: the county, the village, next door, in another town, in another county. */
const places = ['330683', '330683100201', '330683100202', '330683102201', '330604100'] as const

export interface Caller extends Asker {
  readonly role: Role
  readonly unit: string | undefined
  readonly grants: Grant[]
  readonly token: string
}

/** For whom they work: only where the role does something for a unit does it matter. */
const unitsOf = (role: Role) =>
  can(role, 'issue.handle') ? [units.lead, units.none, undefined] : [undefined]

/** Everybody of a role: at each place, for each unit, once as the author of the world and once as somebody else. */
export function callersOf(server: TestApp, role: Role): Promise<Caller[]> {
  const callers = places.flatMap((area) =>
    unitsOf(role).flatMap((unit) => ['author', 'somebody'].map((sub) => ({ sub, role, area, unit }))),
  )
  return Promise.all(
    callers.map(async (one) => {
      const grants = [{ role: one.role, area: one.area, ...(one.unit ? { unit: one.unit } : {}) }]
      return { ...one, grants, token: await server.signer.sign({ sub: one.sub, grants }) }
    }),
  )
}

/** What the world keeps from a caller. */
export function keptFrom({ grants, ...asker }: Caller): string[] {
  const mayReadDiary = ofVillage(accessOf(grants, 'diary.read'), asker)
  const mayReadIssue = ofIssue('dispatched')(accessOf(grants, 'issue.read'), asker)
  const kept: string[] = [secrets.phone]
  if (asker.sub === 'author') return kept
  if (!mayReadDiary) kept.push(secrets.text, secrets.comment)
  if (!mayReadIssue) kept.push(secrets.issue, secrets.resident)
  if (!mayReadDiary && !mayReadIssue) kept.push(secrets.author)
  return kept
}
