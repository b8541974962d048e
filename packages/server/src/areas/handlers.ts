import { inScope, type Area, type Operations } from '@minqing/core'
import { sql, type RawBuilder } from 'kysely'
import type { Call, HandlersOf, Tx } from '../internal/handler.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { unlessKnown } from '../internal/unless-known.ts'

const searchLimit = 50

async function select(tx: Tx, condition: RawBuilder<unknown>, limit?: number): Promise<Area[]> {
  const { rows } = await sql<Area>`
    select code, name, level, parent,
      exists (select from area below where below.parent = area.code) as "hasChildren"
    from area where ${condition}
    order by length(code), code
    ${limit === undefined ? sql`` : sql`limit ${limit}`}`.execute(tx)
  return rows
}

/** The area and those around it, as far as they lie in reach, from the outermost down. */
async function pathTo(tx: Tx, call: Call, code: string): Promise<Area[]> {
  const path = inScope(call.scope, code) ? await select(tx, sql`${code} ^@ code`) : []
  if (path.at(-1)?.code !== code) throw new ProblemError('area_not_found')
  return path
}

/** `%`, `_` and `\` of a search text stand for themselves. */
const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

export const areaHandlers: HandlersOf<Operations['areas']> = {
  get: (call, { code }) =>
    call.transact(async (tx) => unlessKnown(call, (await pathTo(tx, call, code)).at(-1))),

  children: (call, { code }) =>
    call.transact(async (tx) => {
      const path = await pathTo(tx, call, code)
      return unlessKnown(call, { items: await select(tx, sql`parent = ${code}`), path })
    }),

  search: (call, { q, under }) =>
    call.transact(async (tx) => {
      if (under !== undefined) await pathTo(tx, call, under)
      const place = under === undefined ? sql`code ^@ any(${[...call.scope]}::text[])` : sql`code ^@ ${under}`
      const items = await select(tx, sql`name like ${likePattern(q.trim())} and ${place}`, searchLimit)
      return unlessKnown(call, { items, path: [] })
    }),
}
