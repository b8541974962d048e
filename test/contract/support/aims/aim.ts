import { inScope, type Access, type Capability, type ErrorCode } from '@minqing/core'
import { county, village } from '../people.ts'
import { partsOf, type Stage } from '../stages.ts'
import type { World } from '../world.ts'

/** What is expected: a status of success, or a problem's code. */
export type Outcome = 200 | 201 | 204 | ErrorCode

/** Somebody who asks. */
export interface Asker {
  readonly sub: string
  /** Where they hold their role. */
  readonly area: string
}

/** Whether what somebody's capability opens holds what an operation is aimed at. */
export type Holds = (access: Access, asker: Asker) => boolean

/** One valid request for an operation, aimed at the world, and what it gives to whom. */
export interface Aim {
  path(world: World, ticket: string): string
  body?(world: World): object
  headers?(world: World): Record<string, string>
  /** The village unless told. */
  holds?: Holds
  /** Capabilities of which any may hold it; that of the operation unless told. */
  by?: readonly Capability[]
  /** To the author of what it is aimed at, within reach. */
  author: Outcome
  /** To another person, within reach. */
  other: Outcome
  /** To anybody whose reach does not hold it. */
  outside: Outcome
  /** What it changes when it succeeds, and needs one of its own of. */
  changes?: 'diary' | 'issue' | 'rated report' | 'closed report'
  /** The stage of the issue that it is aimed at. */
  stage?: Stage
  /** Only one at a time can be under way. */
  alone?: true
}

export const ofVillage: Holds = ({ areas }) => inScope(areas, village)
export const ofCounty: Holds = ({ areas }) => inScope(areas, county)
export const anyPartOfCounty: Holds = ({ areas }) =>
  areas.some((area) => area.startsWith(county) || county.startsWith(area))
/** The area is theirs, or they work for a unit of its county; what is listed follows from that. */
export const whereTheyWork: Holds = ({ areas, units }) =>
  inScope(areas, village) || units.some((unit) => unit.startsWith(`${county}/`))
export const anywhere: Holds = () => true

/** [I2] By its area, by a unit with a part in it, or as its reporter, in that county. */
export const ofIssue =
  (stage: Stage): Holds =>
  ({ areas, units, own }, { sub, area }) =>
    inScope(areas, village) ||
    partsOf[stage].some((unit) => units.includes(unit)) ||
    (own && sub === 'author' && area.startsWith(county))

export const everybody = { author: 200, other: 200, outside: 200 } as const
export const readers = { author: 200, other: 200, outside: 'not_found' } as const
export const readersOfArea = { author: 200, other: 200, outside: 'area_not_found' } as const
export const firstVersion = () => ({ 'if-match': '"1"' })
