import type { Operations } from '@minqing/core'
import type { DemoIssuer } from '../internal/demo-issuer.ts'
import type { Deps } from '../internal/deps.ts'
import type { HandlersOf } from '../internal/handler.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { personas } from './personas.ts'

/** Handlers of the operations that exist only in demo mode. */
export function demoHandlers({
  areaNames,
  issuer,
}: Pick<Deps, 'areaNames'> & { issuer: DemoIssuer }): HandlersOf<Operations['demo']> {
  return {
    personas: async () => ({
      items: await Promise.all(
        personas.map(async ({ id, name, title, role, area, unit }) => {
          return { id, name, title, role, area: await areaNames.ref(area), ...(unit ? { unit } : {}) }
        }),
      ),
    }),

    token(call, { persona }) {
      const found = personas.find(({ id }) => id === persona)
      if (!found) return Promise.reject(new ProblemError('not_found'))
      call.reply.header('cache-control', 'no-store')
      return issuer.issue(found)
    },
  }
}
