import Type, { type Static } from 'typebox'
import { AreaCode, AreaRef } from '../areas/schema.ts'
import { Person } from '../identity/schema.ts'
import { Instant, Page, Uuid, named, nullable, oneOf } from '../internal/shapes.ts'
import { Photo } from '../photos/schema.ts'
import { diaryKinds, diaryLimits } from './rules.ts'

export const DiaryKindWord = oneOf(
  diaryKinds,
  'visit 走访, factory 工厂, workshop 车间, idea 金点子, help 求助',
)

const NotBlank = '\\S'
const Text = Type.String({ minLength: 1, maxLength: diaryLimits.text, pattern: NotBlank })

/** Always optional, and only as exact as its author wants. Coordinates are WGS 84 degrees. */
export const Place = named('Place', {
  name: Type.Optional(Type.String({ minLength: 1, maxLength: diaryLimits.placeName })),
  longitude: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
  latitude: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  /** `grid` blurs the coordinates to about 1 km before they are stored. */
  precision: oneOf(['exact', 'grid'] as const),
})
export type Place = Static<typeof Place>

const Visited = Type.Array(
  Type.String({ minLength: 1, maxLength: diaryLimits.visitedName, pattern: NotBlank }),
  {
    maxItems: diaryLimits.visited,
    description: 'Names of the people who were visited',
  },
)
const PhotoIds = Type.Array(Uuid, { maxItems: diaryLimits.photos, uniqueItems: true })

export const NewDiary = named('NewDiary', {
  id: Uuid,
  area: AreaCode,
  kind: DiaryKindWord,
  text: Text,
  visited: Type.Optional(Visited),
  place: Type.Optional(Place),
  photos: Type.Optional(PhotoIds),
  /** When it was written, by the phone's clock; arrival may be hours later. */
  writtenAt: Type.Optional(Instant),
})
export type NewDiary = Static<typeof NewDiary>

/** Only what is sent changes; `place: null` takes the place away. */
export const DiaryChange = Type.Object(
  {
    kind: Type.Optional(DiaryKindWord),
    text: Type.Optional(Text),
    visited: Type.Optional(Visited),
    place: Type.Optional(nullable(Place)),
    photos: Type.Optional(PhotoIds),
  },
  { title: 'DiaryChange', additionalProperties: false, minProperties: 1 },
)
export type DiaryChange = Static<typeof DiaryChange>

export const Diary = named('Diary', {
  id: Uuid,
  /** Grows with each edit of the content; send it back as `If-Match: "3"`. */
  version: Type.Integer({ minimum: 1 }),
  area: AreaRef,
  author: Person,
  kind: DiaryKindWord,
  text: Type.String(),
  tags: Type.Array(Type.String()),
  visited: Type.Array(Type.String()),
  place: nullable(Place),
  photos: Type.Array(Photo),
  writtenAt: Instant,
  /** When it reached the server: the order of every list. */
  createdAt: Instant,
  /** When the content was last edited; equal to `createdAt` for one never edited. */
  editedAt: Instant,
  commentCount: Type.Integer({ minimum: 0 }),
  usefulCount: Type.Integer({ minimum: 0 }),
  /** The comment that answered a help diary. */
  acceptedAnswer: nullable(Uuid),
})
export type Diary = Static<typeof Diary>

export const DiaryPage = Page('DiaryPage', Diary)
export type DiaryPage = Static<typeof DiaryPage>

/** Filters combine. `from` is inclusive, `to` exclusive; both look at `createdAt`. */
export const DiaryQuery = named('DiaryQuery', {
  area: AreaCode,
  kind: Type.Optional(DiaryKindWord),
  tag: Type.Optional(Type.String({ minLength: 1, maxLength: diaryLimits.tag })),
  author: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: "`me` for one's own" })),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
  /** Words that must stand in the text, joined by blanks; found as substrings, whatever the case. */
  q: Type.Optional(Type.String({ minLength: 1, maxLength: diaryLimits.query, pattern: NotBlank })),
  /** `older` (the default) goes back in time, newest first; `newer` comes forward, oldest first. */
  direction: Type.Optional(oneOf(['older', 'newer'] as const)),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: diaryLimits.page, default: 50 })),
})
export type DiaryQuery = Static<typeof DiaryQuery>

/** A past state of a diary's content. */
export const DiaryRevision = named('DiaryRevision', {
  version: Type.Integer({ minimum: 1 }),
  kind: DiaryKindWord,
  text: Type.String(),
  visited: Type.Array(Type.String()),
  place: nullable(Place),
  photos: Type.Array(Photo),
  /** When this state was written. */
  at: Instant,
})
export type DiaryRevision = Static<typeof DiaryRevision>

export const NewComment = named('NewComment', {
  id: Uuid,
  text: Type.String({ minLength: 1, maxLength: diaryLimits.comment, pattern: NotBlank }),
})
export type NewComment = Static<typeof NewComment>

export const Comment = named('Comment', {
  id: Uuid,
  diaryId: Uuid,
  author: Person,
  text: Type.String(),
  createdAt: Instant,
})
export type Comment = Static<typeof Comment>

export const CommentPage = Page('CommentPage', Comment)
export type CommentPage = Static<typeof CommentPage>
