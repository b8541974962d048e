import type { Operations } from '@minqing/core'
import type { HandlersOf } from '../internal/handler.ts'
import { categoryHandlers } from './categories.ts'
import { importHandlers, type Imports } from './imports/handlers.ts'
import './tables.ts'
import { unitHandlers } from './units.ts'

/** Handlers of the dispatch catalogue. */
export const catalogueHandlers = ({
  imports,
}: {
  imports: Imports
}): HandlersOf<Operations['catalogue']> => ({
  ...categoryHandlers,
  ...unitHandlers,
  ...importHandlers(imports),
})
