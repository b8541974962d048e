import type { Operations, Unit } from '@minqing/core'
import { sql } from 'kysely'
import type { HandlersOf, Tx } from '../internal/handler.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { unlessKnown } from '../internal/unless-known.ts'
import { requireAreas, requireCounty } from './reach.ts'

type UnitHandlers = Pick<HandlersOf<Operations['catalogue']>, 'units' | 'saveUnit'>

const columns = sql`county, id, name, kind, area_code as area, email, active, version`

const present = ({ email, ...unit }: Omit<Unit, 'email'> & { email: string | null }): Unit => ({
  ...unit,
  ...(email === null ? {} : { email }),
})

async function unitsOf(tx: Tx, county: string): Promise<Unit[]> {
  const { rows } = await sql<Parameters<typeof present>[0]>`
    select ${columns} from unit where county = ${county} order by area_code, id`.execute(tx)
  return rows.map(present)
}

export const unitHandlers: UnitHandlers = {
  units: (call, { county }) => {
    requireCounty(call, county)
    return call.transact(async (tx) => unlessKnown(call, { items: await unitsOf(tx, county) }))
  },

  saveUnit: (call, { id, county, name, kind, area, email = null, active, version }) =>
    call.transact(async (tx) => {
      await requireAreas(tx, call, county, [area])
      // one that works elsewhere is not ours to change
      const known = await tx
        .selectFrom('unit')
        .select(['area_code', 'version'])
        .where('county', '=', county)
        .where('id', '=', id)
        .executeTakeFirst()
      if (version !== undefined && known?.version !== version) throw new ProblemError('version_conflict')
      if (known) await requireAreas(tx, call, county, [known.area_code])
      const { rows } = await sql<Parameters<typeof present>[0]>`
        insert into unit (county, id, name, kind, area_code, email, active)
        values (${county}, ${id}, ${name}, ${kind}, ${area}, ${email}, ${active})
        on conflict (county, id) do update set name = excluded.name, kind = excluded.kind,
          area_code = excluded.area_code, email = excluded.email, active = excluded.active,
          version = unit.version + 1
        -- somebody may have saved since it was looked at
        where ${version ?? null}::integer is null or unit.version = ${version ?? null}::integer
        returning ${columns}`.execute(tx)
      if (!rows[0]) throw new ProblemError('version_conflict')
      return present(rows[0])
    }),
}
