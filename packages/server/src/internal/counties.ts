import { countyOf } from '@minqing/core'
import { sql, type RawBuilder, type SqlBool } from 'kysely'

/**
 * Narrows to the counties of a scope, so that an id is found by the primary key, which begins with the county. Roles
 * above the county are rare: theirs are looked up.
 *
 * @param column that holds the county
 */
export const inCounties = (scope: readonly string[], column = 'county'): RawBuilder<SqlBool> =>
  scope.every((code) => code.length >= 6)
    ? sql`${sql.ref(column)} = any(${[...new Set(scope.map(countyOf))]}::text[])`
    : sql`${sql.ref(column)} in (select county from area where code ^@ any(${[...scope]}::text[]))`
