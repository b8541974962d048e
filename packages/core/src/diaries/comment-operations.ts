import Type from 'typebox'
import type { Operation } from '../internal/operation.ts'
import { Cursor, Uuid, strict } from '../internal/shapes.ts'
import { commentRoutes } from './routes.ts'
import { diaryLimits } from './rules.ts'
import { Comment, CommentPage, NewComment } from './schema.ts'

const onDiary = strict({ diaryId: Uuid })
const oneComment = strict({ diaryId: Uuid, id: Uuid })

export const commentOperations = {
  list: {
    route: commentRoutes.list,
    summary: ['列出评论，从早到晚', 'List comments, oldest first'],
    capability: 'diary.read',
    params: onDiary,
    query: strict({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: diaryLimits.page, default: 50 })),
    }),
    success: { status: 200, schema: CommentPage },
    errors: ['not_found', 'cursor_invalid'],
    paged: true,
  },
  create: {
    route: commentRoutes.create,
    summary: ['发表评论', 'Comment on a diary'],
    capability: 'diary.comment',
    params: onDiary,
    body: NewComment,
    success: { status: 201, schema: Comment },
    errors: ['not_found', 'id_taken'],
  },
  remove: {
    route: commentRoutes.remove,
    summary: ['删除自己的评论，30 天内可撤销', "Delete a comment of one's own; can be undone for 30 days"],
    capability: 'diary.comment',
    params: oneComment,
    success: { status: 204 },
    errors: ['not_found', 'forbidden'],
  },
  restore: {
    route: commentRoutes.restore,
    summary: ['撤销删除评论', 'Undo the deletion of a comment'],
    capability: 'diary.comment',
    params: oneComment,
    success: { status: 200, schema: Comment },
    errors: ['not_found', 'undo_expired'],
  },
} as const satisfies Record<string, Operation>
