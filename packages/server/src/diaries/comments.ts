import { diaryLimits, type NewComment } from '@minqing/core'
import { sql, type Selectable } from 'kysely'
import { RawJson, type Call, type Tx } from '../internal/handler.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { fromCursor, toCursor } from '../internal/cursor.ts'
import { canUndo } from './edit.ts'
import { presentComment } from './present.ts'
import { changeDiary, lockDiary, readDiary, type DiaryRow } from './store.ts'
import type { DiaryCommentTable } from './tables.ts'
import type { Tell } from './telling.ts'

type CommentRow = Selectable<DiaryCommentTable>

/** Comments of a diary, oldest first. */
export async function listComments(
  call: Call,
  input: { diaryId: string; cursor?: string; limit?: number },
): Promise<RawJson> {
  const after = input.cursor === undefined ? undefined : fromCursor(input.cursor)
  const size = Math.min(input.limit ?? 50, diaryLimits.page)
  const found = await call.transact(async (tx) => {
    const { county, id } = await readDiary(tx, call.scope, input.diaryId)
    const { rows } = await sql<{ wire: string; created_at: Date; id: string }>`
      select wire, created_at, id from diary_comment
      where county = ${county} and diary_id = ${id} and deleted_at is null
        and ${after ? sql`created_at >= ${after.at} and (created_at > ${after.at} or id > ${after.id})` : sql`true`}
      order by created_at, id limit ${size + 1}`.execute(tx)
    return rows
  })
  const shown = found.slice(0, size)
  const place = (row: { created_at: Date; id: string } | undefined) =>
    row ? `"${toCursor({ at: row.created_at, id: row.id })}"` : 'null'
  const next = found.length > size ? shown.at(-1) : undefined
  const items = shown.map(({ wire }) => wire).join(',')
  return new RawJson(`{"items":[${items}],"next":${place(next)},"previous":${place(shown[0])}}`)
}

/** The new count on the diary, told together with what happened to the comment. */
async function count(
  tx: Tx,
  call: Call,
  diary: DiaryRow,
  by: 1 | -1,
  comment: string,
  tell: Tell,
): Promise<void> {
  // an answer that is gone cannot stay accepted
  const accepted = by < 0 && diary.accepted_answer === comment ? { accepted_answer: null } : {}
  const wire = await changeDiary(tx, diary, { comment_count: diary.comment_count + by, ...accepted })
  await tell(tx, call, 'diary.updated', diary, { diary: wire })
}

async function findComment(tx: Tx, county: string, id: string): Promise<CommentRow | undefined> {
  return tx
    .selectFrom('diary_comment')
    .selectAll()
    .where('county', '=', county)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Says something under a diary. As with diaries, the id comes from the client and a repeated send makes one. */
export const createComment = (
  call: Call,
  input: NewComment & { diaryId: string },
  tell: Tell,
): Promise<RawJson> =>
  call.transact(async (tx) => {
    const diary = await lockDiary(tx, call.scope, input.diaryId)
    const { id: author_id, name: author_name, title } = call.session
    const row = {
      county: diary.county,
      id: input.id,
      diary_id: diary.id,
      area_code: diary.area_code,
      ...{ author_id, author_name, author_title: title ?? null },
      text: input.text,
      created_at: call.now(),
      deleted_at: null,
    }
    const wire = JSON.stringify(presentComment(row))
    const { numInsertedOrUpdatedRows: made } = await tx
      .insertInto('diary_comment')
      .values({ ...row, wire })
      .onConflict((conflict) => conflict.columns(['county', 'id']).doNothing())
      .executeTakeFirstOrThrow()
    if (!made) {
      const found = await findComment(tx, diary.county, input.id)
      const same = found?.author_id === author_id && found.diary_id === diary.id && found.text === input.text
      if (!same) throw new ProblemError('id_taken')
      return new RawJson(found.wire)
    }
    await tell(tx, call, 'comment.created', diary, { commentId: row.id, comment: wire })
    await count(tx, call, diary, 1, row.id, tell)
    return new RawJson(wire)
  })

const setDeleted = (tx: Tx, comment: CommentRow, deleted_at: Date | null) =>
  tx
    .updateTable('diary_comment')
    .set({ deleted_at })
    .where('county', '=', comment.county)
    .where('id', '=', comment.id)
    .execute()

/** Takes one's own comment away [D6]. */
export const removeComment = (
  call: Call,
  input: { diaryId: string; id: string },
  tell: Tell,
): Promise<void> =>
  call.transact(async (tx) => {
    const diary = await lockDiary(tx, call.scope, input.diaryId)
    const comment = await findComment(tx, diary.county, input.id)
    if (!comment || comment.diary_id !== diary.id || comment.deleted_at) throw new ProblemError('not_found')
    if (comment.author_id !== call.session.id) throw new ProblemError('forbidden')
    await setDeleted(tx, comment, call.now())
    await tell(tx, call, 'comment.removed', diary, { commentId: comment.id })
    await count(tx, call, diary, -1, comment.id, tell)
  })

/** Brings one's own comment back [D6]; one that is not deleted is answered as it is. */
export const restoreComment = (
  call: Call,
  input: { diaryId: string; id: string },
  tell: Tell,
): Promise<RawJson> =>
  call.transact(async (tx) => {
    const diary = await lockDiary(tx, call.scope, input.diaryId)
    const comment = await findComment(tx, diary.county, input.id)
    if (!comment || comment.diary_id !== diary.id || comment.author_id !== call.session.id) {
      throw new ProblemError('not_found')
    }
    if (comment.deleted_at) {
      if (!canUndo(comment.deleted_at, call.now())) throw new ProblemError('undo_expired')
      await setDeleted(tx, comment, null)
      await tell(tx, call, 'comment.restored', diary, { commentId: comment.id, comment: comment.wire })
      await count(tx, call, diary, 1, comment.id, tell)
    }
    return new RawJson(comment.wire)
  })
