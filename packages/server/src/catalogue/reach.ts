import { countyOf, inScope } from '@minqing/core'
import { sql } from 'kysely'
import type { Call, Tx } from '../internal/handler.ts'
import { ProblemError } from '../internal/problem-error.ts'

/** Of a category the whole county has to be in reach: it is one and the same for all of it. */
export function requireCounty(call: Call, county: string): void {
  if (!inScope(call.scope, county)) throw new ProblemError('area_not_found')
}

/** Of what concerns single areas, any part of the county. */
export function requirePart(call: Call, county: string): void {
  if (!inScope(call.scope, county) && !call.scope.some((area) => area.startsWith(county))) {
    throw new ProblemError('area_not_found')
  }
}

/** Prefixes of the counties in which a caller works. */
export const countiesOf = (scope: readonly string[]): string[] => [...new Set(scope.map(countyOf))]

/** Areas of the county that are there and in reach: the others must not be written to. */
export async function requireAreas(
  tx: Tx,
  call: Call,
  county: string,
  areas: readonly string[],
): Promise<void> {
  const wanted = [...new Set(areas)]
  const { rows } = await sql<{ code: string }>`
    select code from area where county = ${county} and code = any(${wanted}::text[])`.execute(tx)
  const within = rows.filter(({ code }) => inScope(call.scope, code))
  if (within.length < wanted.length) throw new ProblemError('area_not_found')
}
