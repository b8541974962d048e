import Type, { type Static } from 'typebox'
import { AreaRef } from '../areas/schema.ts'
import { Person } from '../identity/schema.ts'
import { Cursor, Instant, Page, Uuid, named, nullable, oneOf } from '../internal/shapes.ts'
import { issueStates, noticeTypes } from '../issues/words.ts'

/** One message about an issue, to a person, a unit or a desk that the caller belongs to. */
export const InboxEntry = named('InboxEntry', {
  id: Uuid,
  type: oneOf(noticeTypes),
  at: Instant,
  issue: Uuid,
  number: Type.String(),
  title: Type.String(),
  area: AreaRef,
  state: oneOf(issueStates),
  /** Who did it; the clock is `system`. */
  actor: Person,
  /** The deadline that is near or was missed. */
  dueAt: nullable(Instant),
  /** Whether the caller has read it; everyone reads for themselves. */
  read: Type.Boolean(),
})
export type InboxEntry = Static<typeof InboxEntry>
export const InboxPage = Page('InboxPage', InboxEntry)
export type InboxPage = Static<typeof InboxPage>

export const InboxQuery = named('InboxQuery', {
  unread: Type.Optional(oneOf(['yes'] as const)),
  type: Type.Optional(oneOf(noticeTypes)),
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 30 })),
})
export const InboxCount = named('InboxCount', { unread: Type.Integer({ minimum: 0 }) })
/** Some, or all up to a moment. */
export const InboxRead = Type.Object(
  {
    ids: Type.Optional(Type.Array(Uuid, { maxItems: 100, uniqueItems: true })),
    until: Type.Optional(Instant),
  },
  { title: 'InboxRead', additionalProperties: false, minProperties: 1 },
)
