import type { AreaRef } from '@minqing/core'
import { sql } from 'kysely'
import type { Pool } from 'pg'
import type { Tx } from './handler.ts'
import { ProblemError } from './problem-error.ts'

/** Full names of areas, remembered. It knows no scope: check that first. */
export interface AreaNames {
  /**
   * The area with its names from the town down: `甘霖镇 东王村 第3网格`; its own name from the county up.
   *
   * @throws ProblemError `area_not_found` when there is no such area
   */
  ref(code: string): Promise<AreaRef>
}

const maxAgeMs = 10 * 60_000
const maxEntries = 20_000

export function createAreaNames(pool: Pool, now: () => Date): AreaNames {
  const known = new Map<string, { ref: AreaRef; until: number }>()

  async function read(code: string): Promise<AreaRef> {
    const { rows } = await pool.query<{ name: string | null }>({
      name: 'area-name',
      text: 'select mq_area_name($1) as name',
      values: [code],
    })
    const name = rows[0]?.name
    if (!name) throw new ProblemError('area_not_found')
    return { code, name }
  }

  return {
    async ref(code) {
      const time = now().getTime()
      const found = known.get(code)
      if (found && found.until > time) return found.ref
      const ref = await read(code)
      known.delete(code)
      // the oldest goes first; names change so rarely that use does not matter
      if (known.size >= maxEntries) known.delete(known.keys().next().value!)
      known.set(code, { ref, until: time + maxAgeMs })
      return ref
    },
  }
}

/**
 * The same within a transaction, so that a request never waits for a second connection while it holds one.
 *
 * @throws ProblemError `area_not_found` when there is no such area
 */
export async function areaRef(tx: Tx, code: string): Promise<AreaRef> {
  const { rows } = await sql<{ name: string | null }>`select mq_area_name(${code}) as name`.execute(tx)
  const name = rows[0]?.name
  if (!name) throw new ProblemError('area_not_found')
  return { code, name }
}
