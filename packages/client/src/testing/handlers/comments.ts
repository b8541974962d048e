import type { Comment, Diary } from '@minqing/core'
import { personOf, type Call, type KitHandlers } from '../internal/call.ts'
import { canUndo, change, livingDiary, tell } from '../internal/diaries.ts'
import { pageOf } from '../internal/pages.ts'
import { KitProblem } from '../internal/problem.ts'

/** The new count on the diary; an answer that is gone cannot stay accepted. */
function count(call: Call, diary: Diary, by: 1 | -1, comment: string): void {
  const accepted = by < 0 && diary.acceptedAnswer === comment ? { acceptedAnswer: null } : {}
  change(call, { ...diary, commentCount: diary.commentCount + by, ...accepted })
}

export const comments: KitHandlers<'comments'> = {
  list(call, { diaryId, cursor, limit = 50 }) {
    livingDiary(call, diaryId)
    const living = call.state.comments.all().filter(({ deletedAt }) => deletedAt === null)
    return pageOf(
      living.flatMap(({ comment }) => (comment.diaryId === diaryId ? [comment] : [])),
      { place: ({ createdAt, id }) => ({ at: Date.parse(createdAt), id }), cursor, limit, oldestFirst: true },
    )
  },
  create(call, { diaryId, id, text }) {
    const diary = livingDiary(call, diaryId)
    const known = call.state.comments.get(id)?.comment
    if (known) {
      if (known.author.id !== call.session.id || known.diaryId !== diaryId || known.text !== text)
        throw new KitProblem('id_taken')
      return known
    }
    const createdAt = new Date(call.at).toISOString()
    const comment: Comment = { id, diaryId, author: personOf(call), text, createdAt }
    call.state.comments.set(id, { comment, deletedAt: null })
    tell(call, 'comment.created', diary, { commentId: id, comment })
    count(call, diary, 1, id)
    return comment
  },
  remove(call, { diaryId, id }) {
    const diary = livingDiary(call, diaryId)
    const row = call.state.comments.get(id)
    if (!row || row.deletedAt !== null || row.comment.diaryId !== diaryId) throw new KitProblem('not_found')
    if (row.comment.author.id !== call.session.id) throw new KitProblem('forbidden')
    call.state.comments.set(id, { ...row, deletedAt: call.at })
    tell(call, 'comment.removed', diary, { commentId: id })
    count(call, diary, -1, id)
  },
  restore(call, { diaryId, id }) {
    const diary = livingDiary(call, diaryId)
    const row = call.state.comments.get(id)
    const { comment, deletedAt } = row ?? {}
    if (comment?.diaryId !== diaryId || comment.author.id !== call.session.id)
      throw new KitProblem('not_found')
    if (typeof deletedAt === 'number') {
      if (!canUndo(deletedAt, call.at)) throw new KitProblem('undo_expired')
      call.state.comments.set(id, { comment, deletedAt: null })
      tell(call, 'comment.restored', diary, { commentId: id, comment })
      count(call, diary, 1, id)
    }
    return comment
  },
}
