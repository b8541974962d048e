import { inScope, parentOf, type Area } from '@minqing/core'
import type { Call, KitHandlers } from '../internal/call.ts'
import { KitProblem } from '../internal/problem.ts'

const searchLimit = 50

const all = ({ state }: Call): Area[] =>
  [...state.areas.keys()]
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    .flatMap((code) => state.area(code) ?? [])

/** The area and those around it, from the outermost in reach down. */
function pathTo(call: Call, code: string): Area[] {
  if (!inScope(call.scope, code) || !call.state.areas.has(code)) throw new KitProblem('area_not_found')
  return all(call).filter((area) => code.startsWith(area.code) && inScope(call.scope, area.code))
}

export const areas: KitHandlers<'areas'> = {
  get: (call, { code }) => pathTo(call, code).at(-1)!,
  children: (call, { code }) => ({
    path: pathTo(call, code),
    items: all(call).filter((area) => parentOf(area.code) === code),
  }),
  search(call, { q, under }) {
    if (under !== undefined) pathTo(call, under)
    const within = under === undefined ? call.scope : [under]
    const found = all(call).filter(({ code, name }) => inScope(within, code) && name.includes(q.trim()))
    return { items: found.slice(0, searchLimit), path: [] }
  },
}
