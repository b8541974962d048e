import { accessOf, can, capabilities, type AreaRef, type Capability, type Operations } from '@minqing/core'
import type { AreaNames } from '../internal/area-names.ts'
import type { Deps } from '../internal/deps.ts'
import type { HandlersOf } from '../internal/handler.ts'
import { ProblemError } from '../internal/problem-error.ts'

/** A host may know areas that were never imported here; their grants still show, by code. */
const refOrCode = (areaNames: AreaNames, code: string): Promise<AreaRef> =>
  areaNames.ref(code).catch((error: unknown) => {
    if (error instanceof ProblemError && error.code === 'area_not_found') return { code, name: code }
    throw error
  })

/** Handlers of the operations about the caller. */
export function meHandlers({ areaNames }: Pick<Deps, 'areaNames'>): HandlersOf<Operations['me']> {
  return {
    async get({ session }) {
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
        id,
        name,
        ...(title === undefined ? {} : { title }),
        grants: await Promise.all(
          grants.map(async (grant) => ({ ...grant, area: await refOrCode(areaNames, grant.area) })),
        ),
        scopes,
        units,
      }
    },
  }
}
