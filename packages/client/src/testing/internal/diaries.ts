import {
  blurPlace,
  inScope,
  undoDays,
  type Comment,
  type Diary,
  type LiveEvent,
  type Place,
} from '@minqing/core'
import type { Call } from './call.ts'
import { KitProblem } from './problem.ts'
import type { DiaryRow } from './state.ts'

/** Blurred unless its author wants it exact, and without absent members. */
export const storedPlace = (place: Place | null | undefined): Place | null =>
  place ? (JSON.parse(JSON.stringify(blurPlace(place))) as Place) : null

/** A diary in scope, deleted or not. */
export function anyDiary({ state, scope }: Call, id: string): DiaryRow {
  const row = state.diaries.get(id)
  if (!row || !inScope(scope, row.diary.area.code)) throw new KitProblem('not_found')
  return row
}

export function livingDiary(call: Call, id: string): Diary {
  const { diary, deletedAt } = anyDiary(call, id)
  if (deletedAt !== null) throw new KitProblem('not_found')
  return diary
}

/** One's own. */
export function ownDiary(call: Call, id: string): Diary {
  const diary = livingDiary(call, id)
  if (diary.author.id !== call.session.id) throw new KitProblem('forbidden')
  return diary
}

/** One's own, in the version that one has seen. */
export function seenDiary(call: Call, id: string): Diary {
  const diary = ownDiary(call, id)
  if (diary.version !== call.ifMatch) {
    throw new KitProblem('version_conflict', { headers: { etag: `"${diary.version}"` } })
  }
  return diary
}

type DiaryEvent = Extract<LiveEvent, { diaryId: string }>['type']

export function tell(
  { log, at, session }: Call,
  type: DiaryEvent,
  diary: Diary,
  more: { diary?: Diary; commentId?: string; comment?: Comment } = {},
): void {
  const head = { area: diary.area.code, at: new Date(at).toISOString(), actor: session.id }
  log.append({ type, ...head, diaryId: diary.id, ...more })
}

/** Writes what a diary has become, and tells it. */
export function change(call: Call, diary: Diary): Diary {
  call.state.diaries.set(diary.id, { diary, deletedAt: null })
  tell(call, 'diary.updated', diary, { diary })
  return diary
}

/** Whether what was deleted then can still be brought back [D6]. */
export const canUndo = (deletedAt: number, now: number): boolean => now - deletedAt <= undoDays * 86_400_000
