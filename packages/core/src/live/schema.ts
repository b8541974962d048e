import Type, { type Static } from 'typebox'
import { AreaCode } from '../areas/schema.ts'
import { Comment, Diary } from '../diaries/schema.ts'
import { Instant, Uuid, named, oneOf } from '../internal/shapes.ts'

export const liveEventTypes = [
  'diary.created',
  'diary.updated',
  'diary.removed',
  'diary.restored',
  'comment.created',
  'comment.removed',
  'comment.restored',
] as const
/** `diary.updated` also tells new counts and an accepted answer. */
export type LiveEventType = (typeof liveEventTypes)[number]

/** What happened, small enough to push: the thing as it now is, or only its id when it is gone. */
export const LiveEvent = named('LiveEvent', {
  type: oneOf(liveEventTypes),
  area: AreaCode,
  at: Instant,
  /** The person whose action it was. */
  actor: Type.String(),
  diaryId: Uuid,
  diary: Type.Optional(Diary),
  commentId: Type.Optional(Uuid),
  comment: Type.Optional(Comment),
})
export type LiveEvent = Static<typeof LiveEvent>
