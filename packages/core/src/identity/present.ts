import type { AreaRef } from '../areas/schema.ts'
import { accessOf, can, capabilities, type Grant } from '../policy.ts'
import type { Me, Person } from './schema.ts'

/**
 * The caller as they see themselves.
 *
 * @param areas of the grants, in their order
 */
export function presentMe(
  { id, name, title, grants }: Person & { readonly grants: readonly Grant[] },
  areas: readonly AreaRef[],
): Me {
  const scopes: Me['scopes'] = {}
  const units: Me['units'] = {}
  for (const capability of capabilities) {
    if (!grants.some(({ role }) => can(role, capability))) continue
    const access = accessOf(grants, capability)
    scopes[capability] = [...access.areas]
    if (access.units.length > 0) units[capability] = [...access.units]
  }
  return {
    ...{ id, name, scopes, units },
    ...(title === undefined ? {} : { title }),
    grants: grants.map((grant, at) => ({ ...grant, area: areas[at]! })),
  }
}
