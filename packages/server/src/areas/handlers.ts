import { inScope, type Area, type Operations } from '@minqing/core'
import { createHash } from 'node:crypto'
import { sql, type RawBuilder } from 'kysely'
import { RawJson, hijacked, type Call, type HandlersOf, type Tx } from '../internal/handler.ts'
import { ProblemError } from '../internal/problem-error.ts'

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

/** Areas hardly ever change, so a browser that has the same answer gets none: 304. */
function answer(call: Call, value: unknown): RawJson | typeof hijacked {
  const text = JSON.stringify(value)
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  const headers = { etag, 'cache-control': 'private, no-cache' }
  if (call.request.headers['if-none-match'] !== etag) return new RawJson(text, headers)
  call.reply.code(304).headers(headers).send()
  return hijacked
}

/** `%`, `_` and `\` of a search text stand for themselves. */
const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

export const areaHandlers: HandlersOf<Operations['areas']> = {
  get: (call, { code }) => call.transact(async (tx) => answer(call, (await pathTo(tx, call, code)).at(-1))),

  children: (call, { code }) =>
    call.transact(async (tx) => {
      const path = await pathTo(tx, call, code)
      return answer(call, { items: await select(tx, sql`parent = ${code}`), path })
    }),

  search: (call, { q, under }) =>
    call.transact(async (tx) => {
      if (under !== undefined) await pathTo(tx, call, under)
      const place = under === undefined ? sql`code ^@ any(${[...call.scope]}::text[])` : sql`code ^@ ${under}`
      const items = await select(tx, sql`name like ${likePattern(q.trim())} and ${place}`, searchLimit)
      return answer(call, { items, path: [] })
    }),
}
