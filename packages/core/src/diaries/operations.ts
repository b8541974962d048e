import Type from 'typebox'
import type { Operation } from '../internal/operation.ts'
import { Uuid, named, strict } from '../internal/shapes.ts'
import { diaryRoutes } from './routes.ts'
import { diaryLimits } from './rules.ts'
import { Diary, DiaryChange, DiaryPage, DiaryQuery, DiaryRevision, NewDiary } from './schema.ts'

const byId = strict({ id: Uuid })
const diary = { status: 200, schema: Diary } as const

export const diaryOperations = {
  list: {
    route: diaryRoutes.list,
    summary: ['列出区域内的日记', 'List the diaries of an area and all below it'],
    capability: 'diary.read',
    query: DiaryQuery,
    success: { status: 200, schema: DiaryPage },
    errors: ['area_not_found', 'cursor_invalid'],
    paged: true,
  },
  create: {
    route: diaryRoutes.create,
    summary: ['写日记', 'Write a diary'],
    capability: 'diary.create',
    body: NewDiary,
    success: { status: 201, schema: Diary },
    errors: ['area_not_found', 'id_taken', 'photo_unknown'],
  },
  get: {
    route: diaryRoutes.get,
    summary: ['读取一篇日记', 'Read one diary'],
    capability: 'diary.read',
    params: byId,
    success: diary,
    errors: ['not_found'],
  },
  edit: {
    route: diaryRoutes.edit,
    summary: ['修改自己的日记', "Edit a diary of one's own"],
    capability: 'diary.edit',
    params: byId,
    body: DiaryChange,
    success: diary,
    errors: ['not_found', 'forbidden', 'photo_unknown'],
    ifMatch: true,
  },
  remove: {
    route: diaryRoutes.remove,
    summary: ['删除自己的日记，30 天内可撤销', "Delete a diary of one's own; can be undone for 30 days"],
    capability: 'diary.delete',
    params: byId,
    success: { status: 204 },
    errors: ['not_found', 'forbidden'],
    ifMatch: true,
  },
  restore: {
    route: diaryRoutes.restore,
    summary: ['撤销删除', 'Undo a deletion'],
    capability: 'diary.delete',
    params: byId,
    success: diary,
    errors: ['not_found', 'undo_expired'],
  },
  revisions: {
    route: diaryRoutes.revisions,
    summary: ['查看历次修改', 'Past states of a diary, newest first'],
    capability: 'diary.read',
    params: byId,
    success: { status: 200, schema: named('RevisionList', { items: Type.Array(DiaryRevision) }) },
    errors: ['not_found'],
  },
  acceptAnswer: {
    route: diaryRoutes.acceptAnswer,
    summary: ['采纳一条回答', "Accept a comment as the answer to one's own help diary"],
    capability: 'diary.acceptAnswer',
    params: byId,
    body: strict({ comment: Uuid }),
    success: diary,
    errors: ['not_found', 'forbidden', 'not_a_help_request'],
  },
  withdrawAnswer: {
    route: diaryRoutes.withdrawAnswer,
    summary: ['取消采纳', 'Take the acceptance back'],
    capability: 'diary.acceptAnswer',
    params: byId,
    success: diary,
    errors: ['not_found', 'forbidden'],
  },
  markUseful: {
    route: diaryRoutes.markUseful,
    summary: ['标记为有用', "Mark a colleague's diary as useful"],
    capability: 'diary.markUseful',
    params: byId,
    success: diary,
    errors: ['not_found', 'own_diary'],
  },
  unmarkUseful: {
    route: diaryRoutes.unmarkUseful,
    summary: ['取消有用标记', 'Take the mark back'],
    capability: 'diary.markUseful',
    params: byId,
    success: diary,
    errors: ['not_found'],
  },
  usefulMarks: {
    route: diaryRoutes.usefulMarks,
    summary: ['我在这些日记上的有用标记', 'Which of these diaries the caller has marked'],
    capability: 'diary.read',
    query: strict({
      ids: Type.String({
        pattern: '^[0-9a-f-]{36}(,[0-9a-f-]{36})*$',
        maxLength: 37 * diaryLimits.page,
        description: 'Diary ids joined by commas, 100 at most',
      }),
    }),
    success: { status: 200, schema: named('UsefulMarks', { items: Type.Array(Uuid) }) },
  },
} as const satisfies Record<string, Operation>
