import type { Feature, OperationId } from '@minqing/core'
import type { AnyHandler } from '../internal/call.ts'
import { allOperations } from '../internal/routes.ts'
import { areas } from './areas.ts'
import { catalogue } from './catalogue.ts'
import { comments } from './comments.ts'
import { diaries } from './diaries.ts'
import { inbox } from './inbox.ts'
import { issues } from './issues.ts'
import { live } from './live.ts'
import { me } from './me.ts'
import { photos } from './photos.ts'
import { reports } from './reports.ts'

const handlers = {
  me,
  areas,
  diaries,
  comments,
  photos,
  issues,
  reports,
  catalogue,
  inbox,
  live,
} satisfies Partial<Record<Feature, object>>

/** The handler of an operation; `undefined` for what the kit does not cover. */
export function handlerOf(id: OperationId): AnyHandler | undefined {
  const [feature = '', name = ''] = id.split('.')
  return (handlers as unknown as Record<string, Record<string, AnyHandler> | undefined>)[feature]?.[name]
}

/** Operations that a test server answers by itself. */
export const coveredOperations: readonly OperationId[] = allOperations.filter(
  (id) => handlerOf(id) !== undefined,
)

/** Operations that it does not: they answer `unavailable` and name themselves, unless `answer` says something. */
export const uncoveredOperations: readonly OperationId[] = allOperations.filter(
  (id) => handlerOf(id) === undefined,
)
