import { presentMe } from '@minqing/core'
import type { KitHandlers } from '../internal/call.ts'

export const me: KitHandlers<'me'> = {
  get: ({ session, state }) =>
    presentMe(
      session,
      // a host may know areas that are not known here; their grants still show, by code
      session.grants.map(({ area }) =>
        state.areas.has(area) ? state.areaRef(area) : { code: area, name: area },
      ),
    ),
}
