import Type, { type Static } from 'typebox'
import { AreaCode } from '../areas/schema.ts'
import { Comment, Diary } from '../diaries/schema.ts'
import { Instant, Uuid, named, nullable, oneOf, strict } from '../internal/shapes.ts'
import { issueStates, noticeTypes } from '../issues/words.ts'

export const diaryEventTypes = [
  'diary.created',
  'diary.updated',
  'diary.removed',
  'diary.restored',
  'comment.created',
  'comment.removed',
  'comment.restored',
] as const
export const issueEventTypes = ['issue.created', 'issue.changed'] as const
export const inboxEventTypes = ['inbox.added'] as const
export const liveEventTypes = [...diaryEventTypes, ...issueEventTypes, ...inboxEventTypes] as const
/** `diary.updated` also tells new counts and an accepted answer. */
export type LiveEventType = (typeof liveEventTypes)[number]

const common = {
  area: AreaCode,
  at: Instant,
  /** The person whose action it was. */
  actor: Type.String(),
}

/** What happened to a diary, small enough to push: the thing as it now is, or only its id when it is gone. */
export const DiaryLiveEvent = named('DiaryLiveEvent', {
  type: oneOf(diaryEventTypes),
  ...common,
  diaryId: Uuid,
  diary: Type.Optional(Diary),
  commentId: Type.Optional(Uuid),
  comment: Type.Optional(Comment),
})
export type DiaryLiveEvent = Static<typeof DiaryLiveEvent>

/** That an issue has changed; sent to those who may read it, who then ask for it. */
export const IssueLiveEvent = named('IssueLiveEvent', {
  type: oneOf(issueEventTypes),
  ...common,
  issueId: Uuid,
  version: Type.Integer({ minimum: 1 }),
  state: oneOf(issueStates),
  /** The diary it comes from, so that a feed can show where it stands. */
  issueDiary: nullable(Uuid),
})
export type IssueLiveEvent = Static<typeof IssueLiveEvent>

/** A message for the caller; `actor` is who caused it. */
export const InboxLiveEvent = named('InboxLiveEvent', {
  type: oneOf(inboxEventTypes),
  ...common,
  entryId: Uuid,
  noticeType: oneOf(noticeTypes),
})
export type InboxLiveEvent = Static<typeof InboxLiveEvent>

export const LiveEvent = Type.Union([DiaryLiveEvent, IssueLiveEvent, InboxLiveEvent], { title: 'LiveEvent' })
export type LiveEvent = Static<typeof LiveEvent>

/** Of an event in the log: `<transaction>-<sequence>`. */
const EventId = Type.String({ pattern: '^[0-9]{1,20}-[0-9]{1,19}$', maxLength: 40 })

export const MissedQuery = strict({
  area: AreaCode,
  /** `last` of the answer before, or the id of an event of the stream. Without it, nothing but where the log stands. */
  after: Type.Optional(EventId),
})

/** What the stream would have told after an event, with the same ids. */
export const MissedEvents = named('MissedEvents', {
  events: Type.Array(strict({ id: EventId, event: LiveEvent })),
  /** Where to go on. */
  last: EventId,
  /** Too much was missed, or too long ago: read the lists again. */
  reset: Type.Boolean(),
})
export type MissedEvents = Static<typeof MissedEvents>
