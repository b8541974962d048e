import type { Operations } from '@minqing/core'
import type { Deps } from '../internal/deps.ts'
import type { HandlersOf } from '../internal/handler.ts'

/** Handlers of the operations of this feature. */
export function reportHandlers(_deps: Deps): HandlersOf<Operations['reports']> {
  return {} as HandlersOf<Operations['reports']>
}
