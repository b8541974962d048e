import { accessOf, can, capabilities, type Capability } from '@minqing/core'
import type { KitHandlers } from '../internal/call.ts'

export const me: KitHandlers<'me'> = {
  get({ session, state }) {
    const { id, name, title, grants } = session
    const scopes: Partial<Record<Capability, string[]>> = {}
    const units: Partial<Record<Capability, string[]>> = {}
    for (const capability of capabilities) {
      if (!grants.some(({ role }) => can(role, capability))) continue
      const access = accessOf(grants, capability)
      scopes[capability] = [...access.areas]
      if (access.units.length > 0) units[capability] = [...access.units]
    }
    return {
      ...{ id, name, scopes, units },
      ...(title === undefined ? {} : { title }),
      // a host may know areas that are not known here; their grants still show, by code
      grants: grants.map((grant) => ({
        ...grant,
        area: state.areas.has(grant.area)
          ? state.areaRef(grant.area)
          : { code: grant.area, name: grant.area },
      })),
    }
  },
}
