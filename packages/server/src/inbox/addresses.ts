import { countyOf, opens } from '@minqing/core'
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { deskAreas, desks, type Desk } from '../internal/desks.ts'
import type { Caller } from '../internal/caller.ts'
import type { Call } from '../internal/handler.ts'

/** Messages to one address of the caller. Together they are the inbox; no message has two. */
export interface Part {
  /** Uses `=` only, so that an index finds it under row-level security. */
  readonly where: RawBuilder<SqlBool>
  /** Of all of them, where that is known beforehand. */
  readonly county?: string
}

function ofDesk(desk: Desk, areas: readonly string[]): Part[] {
  const high = areas.filter((area) => area.length < 6)
  const counties = [...new Set(areas.filter((area) => area.length >= 6).map(countyOf))]
  return [
    ...high.map((area) => ({
      // ':' is what follows '9'
      where: sql<SqlBool>`e.to_desk = ${desk} and e.county >= ${area} and e.county < ${`${area}:`}`,
    })),
    ...counties.map((county) => {
      const own = areas.filter((area) => area.startsWith(county))
      const whole = own.includes(county)
      const where = whole
        ? sql<SqlBool>`e.county = ${county} and e.to_desk = ${desk}`
        : sql<SqlBool>`e.county = ${county} and e.to_desk = ${desk} and e.area_code ^@ any(${own}::text[])`
      return { where, county }
    }),
  ]
}

/** [R1] Who is mentioned in a note may be anybody; of notes only those hear who may read issues. */
const ofReaders = (caller: Caller) =>
  opens(caller.accessFor('issue.read')) ? sql`` : sql`and e.type <> 'mentioned'`

/**
 * What the caller's inbox is made of: what is addressed to them, to their units, and to the desks at which they sit,
 * without what they caused themselves. The same as row-level security lets through, and for the desks less: it knows
 * areas, and not at which desk somebody sits.
 */
export function partsOf(call: Pick<Call, 'access' | 'session' | 'request'>): Part[] {
  const { access, session } = call
  const caller = call.request.caller!
  return [
    ...(access.own ? [{ where: sql<SqlBool>`e.to_person = ${session.id} ${ofReaders(caller)}` }] : []),
    ...access.units.map((unit) => ({
      where: sql<SqlBool>`e.to_unit = ${unit}`,
      county: unit.slice(0, unit.indexOf('/')),
    })),
    ...desks.flatMap((desk) => ofDesk(desk, deskAreas(desk, caller))),
  ].map((part) => ({ ...part, where: sql<SqlBool>`${part.where} and e.actor_id <> ${session.id}` }))
}
