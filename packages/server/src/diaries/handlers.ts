import type { Operations } from '@minqing/core'
import type { Deps } from '../internal/deps.ts'
import type { HandlersOf } from '../internal/handler.ts'
import { acceptAnswer, markUseful, unmarkUseful, withdrawAnswer } from './appreciation.ts'
import { createComment, listComments, removeComment, restoreComment } from './comments.ts'
import { createDiary } from './create.ts'
import { editDiary, removeDiary, restoreDiary, withVersion } from './edit.ts'
import type { FeedCache } from './feed-cache.ts'
import { listHandler } from './list.ts'
import { presentRevision } from './present.ts'
import { inAreas, readDiary } from './store.ts'
import { teller } from './telling.ts'
import './tables.ts'

export type DiaryDeps = Pick<Deps, 'pages' | 'areaNames'> & {
  /** One for diaries and comments of a process. */
  cache: FeedCache
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Handlers of the operations on diaries. */
export function diaryHandlers(deps: DiaryDeps): HandlersOf<Operations['diaries']> {
  const tell = teller(deps.cache)
  return {
    list: (call, input) => listHandler(deps, call, input),
    create: (call, input) => createDiary(call, input, tell),
    get: (call, { id }) =>
      call.transact(async (tx) => {
        const row = await readDiary(tx, call.scope, id)
        return withVersion(row.wire, row.version)
      }),
    edit: (call, input) => editDiary(call, input, tell),
    remove: (call, { id }) => removeDiary(call, id, tell),
    restore: (call, { id }) => restoreDiary(call, id, tell),
    revisions: (call, { id }) =>
      call.transact(async (tx) => {
        const { county } = await readDiary(tx, call.scope, id)
        const past = tx.selectFrom('diary_revision').selectAll().where('county', '=', county)
        const rows = await past.where('diary_id', '=', id).orderBy('version', 'desc').execute()
        return { items: rows.map(presentRevision) }
      }),
    acceptAnswer: (call, input) => acceptAnswer(call, input, tell),
    withdrawAnswer: (call, { id }) => withdrawAnswer(call, id, tell),
    markUseful: (call, { id }) => markUseful(call, id, tell),
    unmarkUseful: (call, { id }) => unmarkUseful(call, id, tell),
    usefulMarks: (call, { ids }) =>
      call.transact(async (tx) => {
        const wanted = ids.split(',').filter((id) => uuid.test(id))
        if (wanted.length === 0) return { items: [] }
        const marks = tx.selectFrom('diary_useful').select('diary_id').where('diary_id', 'in', wanted)
        const rows = await marks.where('actor_id', '=', call.session.id).where(inAreas(call.scope)).execute()
        return { items: rows.map((row) => row.diary_id) }
      }),
  }
}

/** Handlers of the operations on comments. */
export function commentHandlers({ cache }: Pick<DiaryDeps, 'cache'>): HandlersOf<Operations['comments']> {
  const tell = teller(cache)
  return {
    list: (call, input) => listComments(call, input),
    create: (call, input) => createComment(call, input, tell),
    remove: (call, input) => removeComment(call, input, tell),
    restore: (call, input) => restoreComment(call, input, tell),
  }
}
