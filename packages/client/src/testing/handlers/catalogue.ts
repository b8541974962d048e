import { countyOf, inScope, kindDays, type Unit } from '@minqing/core'
import type { Call, KitHandlers } from '../internal/call.ts'
import { KitProblem } from '../internal/problem.ts'

/** Of a category the whole county has to be in reach. */
function requireCounty({ scope }: Call, county: string): void {
  if (!inScope(scope, county)) throw new KitProblem('area_not_found')
}

/** Areas of the county that are there and in reach. */
function requireAreas({ scope, state }: Call, county: string, areas: readonly string[]): void {
  const fits = (area: string) => state.areas.has(area) && countyOf(area) === county && inScope(scope, area)
  if (!areas.every(fits)) throw new KitProblem('area_not_found')
}

const byCode =
  <T>(key: (one: T) => string) =>
  (a: T, b: T) =>
    key(a) < key(b) ? -1 : 1

export const catalogue: KitHandlers<'catalogue', 'import' | 'importStatus'> = {
  categories(call, { county }) {
    requireCounty(call, county)
    const own = call.state.categories.all().filter((one) => one.county === county)
    return { items: own.sort(byCode(({ code }) => code)) }
  },
  saveCategory(call, { code, version, ...content }) {
    const { county, units } = content
    requireCounty(call, county)
    const parent = code.length === 2 ? null : code.slice(0, -2)
    if (parent !== null && !call.state.categories.get(`${county} ${parent}`))
      throw new KitProblem('category_unknown')
    const known = call.state.categories.get(`${county} ${code}`)
    if (version !== undefined && known?.version !== version) throw new KitProblem('version_conflict')
    const areas = units.map(({ area }) => area)
    const twice = areas.findIndex((area, at) => areas.indexOf(area) < at)
    if (twice >= 0) {
      const fields = [{ path: `/units/${twice}/area`, rule: 'uniqueItems' }]
      throw new KitProblem('invalid_input', { fields })
    }
    requireAreas(call, county, areas)
    if (!units.every(({ unit }) => call.state.unitRef(county, unit))) throw new KitProblem('unit_unknown')
    return call.state.categories.set(`${county} ${code}`, {
      ...content,
      ...{ code, parent, days: content.days ?? kindDays[content.kind], version: (known?.version ?? 0) + 1 },
    })
  },
  units(call, { county }) {
    requireCounty(call, county)
    const own = call.state.units.all().filter((one) => one.county === county)
    return { items: own.sort(byCode<Unit>(({ area, id }) => `${area} ${id}`)) }
  },
  saveUnit(call, { id, version, ...content }) {
    const { county, area } = content
    requireAreas(call, county, [area])
    const known = call.state.units.get(`${county} ${id}`)
    if (version !== undefined && known?.version !== version) throw new KitProblem('version_conflict')
    // one that works elsewhere is not ours to change
    if (known) requireAreas(call, county, [known.area])
    return call.state.units.set(`${county} ${id}`, { ...content, id, version: (known?.version ?? 0) + 1 })
  },
}
