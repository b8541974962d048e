import type { Operations } from '@minqing/core'
import type { Deps } from '../internal/deps.ts'
import type { HandlersOf } from '../internal/handler.ts'

/** Handlers of the operations of this feature. */
export function inboxHandlers(_deps: Deps): HandlersOf<Operations['inbox']> {
  return {} as HandlersOf<Operations['inbox']>
}
