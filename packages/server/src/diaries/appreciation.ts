import { RawJson, type Call, type Tx } from '../internal/handler.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { withVersion } from './edit.ts'
import type { DiaryState } from './present.ts'
import { changeDiary, lockDiary, type DiaryRow } from './store.ts'
import type { Tell } from './telling.ts'

async function ownQuestion(tx: Tx, call: Call, id: string): Promise<DiaryRow> {
  const row = await lockDiary(tx, call.scope, id)
  if (row.author_id !== call.session.id) throw new ProblemError('forbidden')
  return row
}

/** Changes what others see of a diary besides its content: the version stays. */
async function annotate(
  tx: Tx,
  call: Call,
  row: DiaryRow,
  change: Partial<DiaryState>,
  tell: Tell,
): Promise<RawJson> {
  const wire = await changeDiary(tx, row, change)
  await tell(tx, call, 'diary.updated', row, { diary: wire })
  return withVersion(wire, row.version)
}

/** [D7] Accepts a comment as the answer to one's own help diary; another one takes its place. */
export const acceptAnswer = (
  call: Call,
  input: { id: string; comment: string },
  tell: Tell,
): Promise<RawJson> =>
  call.transact(async (tx) => {
    const row = await ownQuestion(tx, call, input.id)
    if (row.kind !== 'help') throw new ProblemError('not_a_help_request')
    const comment = await tx
      .selectFrom('diary_comment')
      .select('id')
      .where('county', '=', row.county)
      .where('id', '=', input.comment)
      .where('diary_id', '=', row.id)
      .where('deleted_at', 'is', null)
      .executeTakeFirst()
    if (!comment) throw new ProblemError('not_found')
    if (row.accepted_answer === comment.id) return withVersion(row.wire, row.version)
    return annotate(tx, call, row, { accepted_answer: comment.id }, tell)
  })

export const withdrawAnswer = (call: Call, id: string, tell: Tell): Promise<RawJson> =>
  call.transact(async (tx) => {
    const row = await ownQuestion(tx, call, id)
    if (row.accepted_answer === null) return withVersion(row.wire, row.version)
    return annotate(tx, call, row, { accepted_answer: null }, tell)
  })

/** [D8] Marks a colleague's diary as useful, once per person. */
export const markUseful = (call: Call, id: string, tell: Tell): Promise<RawJson> =>
  call.transact(async (tx) => {
    const row = await lockDiary(tx, call.scope, id)
    if (row.author_id === call.session.id) throw new ProblemError('own_diary')
    const { county, area_code } = row
    const { numInsertedOrUpdatedRows: made } = await tx
      .insertInto('diary_useful')
      .values({ county, diary_id: id, actor_id: call.session.id, area_code, created_at: call.now() })
      .onConflict((conflict) => conflict.columns(['county', 'diary_id', 'actor_id']).doNothing())
      .executeTakeFirstOrThrow()
    if (!made) return withVersion(row.wire, row.version)
    return annotate(tx, call, row, { useful_count: row.useful_count + 1 }, tell)
  })

export const unmarkUseful = (call: Call, id: string, tell: Tell): Promise<RawJson> =>
  call.transact(async (tx) => {
    const row = await lockDiary(tx, call.scope, id)
    const { numDeletedRows: gone } = await tx
      .deleteFrom('diary_useful')
      .where('county', '=', row.county)
      .where('diary_id', '=', id)
      .where('actor_id', '=', call.session.id)
      .executeTakeFirstOrThrow()
    if (!gone) return withVersion(row.wire, row.version)
    return annotate(tx, call, row, { useful_count: row.useful_count - 1 }, tell)
  })
