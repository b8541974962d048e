import { sql } from 'kysely'
import type { Tx } from '../internal/handler.ts'

/** Writes the full names anew of all categories under a code (all of the county for an empty one) that need it. */
export const renameBelow = (tx: Tx, county: string, code: string) =>
  sql`
    update category c set full_name = n.full_name
    from (
      select d.code, string_agg(up.name, ' / ' order by up.code) as full_name
      from category d
      join category up on up.county = d.county and up.code in (left(d.code, 2), left(d.code, 4), d.code)
      where d.county = ${county} and d.code ^@ ${code}
      group by d.code
    ) n
    where c.county = ${county} and c.code = n.code and c.full_name <> n.full_name`.execute(tx)
