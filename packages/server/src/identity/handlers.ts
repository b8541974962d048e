import { presentMe, type AreaRef, type Operations } from '@minqing/core'
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
    get: async ({ session }) =>
      presentMe(session, await Promise.all(session.grants.map(({ area }) => refOrCode(areaNames, area)))),
  }
}
