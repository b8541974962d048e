import Type, { type Static } from 'typebox'
import { Person } from '../identity/schema.ts'
import { Instant, Uuid, named, nullable, oneOf } from '../internal/shapes.ts'
import { Photo } from '../photos/schema.ts'
import {
  assignmentRoles,
  assignmentStates,
  closeReasons,
  confirmations,
  issueKinds,
  issueStates,
  outcomes,
  requestKinds,
} from './words.ts'

export const UnitId = Type.String({
  pattern: '^[A-Za-z0-9_-]{1,64}$',
  description: 'Id of a unit, unique within its county; the `unit` of a handler’s grant',
})

export const UnitRef = named('UnitRef', {
  id: UnitId,
  name: Type.String({ description: '住房和城乡建设局' }),
})
export type UnitRef = Static<typeof UnitRef>

export const CategoryRef = named('CategoryRef', {
  code: Type.String({ description: '0103 or 010302: two digits for each level' }),
  name: Type.String({ description: '城乡建设 / 市政设施 / 路灯' }),
  kind: oneOf(issueKinds),
  /** Working days until the resident has an answer. */
  days: Type.Integer({ minimum: 1 }),
})
export type CategoryRef = Static<typeof CategoryRef>

/** 0 nothing yet, 1 warned, 2 breached, 3 and more: chased so many times less two. */
const Alarm = Type.Integer({ minimum: 0, maximum: 9 })

/** 群众时钟: begins with the issue, never resets [I7]. */
export const ResidentClock = named('ResidentClock', {
  startedAt: Instant,
  dueAt: Instant,
  /** When the resident got an answer; `null` while it runs. */
  stoppedAt: nullable(Instant),
  alarm: Alarm,
})
export type ResidentClock = Static<typeof ResidentClock>

/** What a unit has asked for, until the dispatcher decides. */
export const UnitRequest = named('UnitRequest', {
  kind: oneOf(requestKinds),
  reason: Type.String(),
  /** The better unit, of a return. */
  unit: nullable(UnitRef),
  /** The new deadline of an extension, the end of a suspension. */
  until: nullable(Instant),
  at: Instant,
  by: Person,
})
export type UnitRequest = Static<typeof UnitRequest>

/** One unit's part in an issue, with its own clock [I7]. */
export const Assignment = named('Assignment', {
  /** 1, 2, 3, … in the order of dispatch. */
  id: Type.Integer({ minimum: 1 }),
  unit: UnitRef,
  role: oneOf(assignmentRoles),
  state: oneOf(assignmentStates),
  /** What this unit is to do. */
  task: nullable(Type.String()),
  /** Who accepted it. */
  handler: nullable(Person),
  dispatchedAt: Instant,
  acceptDueAt: Instant,
  acceptAlarm: Alarm,
  dueAt: Instant,
  dueAlarm: Alarm,
  acceptedAt: nullable(Instant),
  /** When it was answered, returned or released. */
  endedAt: nullable(Instant),
  suspendedAt: nullable(Instant),
  resumeAt: nullable(Instant),
  /** Working time for which approved suspensions have paused the clock, in milliseconds. */
  pausedMs: Type.Integer({ minimum: 0 }),
  request: nullable(UnitRequest),
  /** An assist's part of the answer. */
  reply: nullable(Type.String()),
})
export type Assignment = Static<typeof Assignment>

export const Answer = named('IssueAnswer', {
  text: Type.String(),
  outcome: oneOf(outcomes),
  unit: nullable(UnitRef),
  by: Person,
  at: Instant,
  photos: Type.Array(Photo),
})
export type Answer = Static<typeof Answer>

export const Closing = named('IssueClosing', {
  reason: oneOf(closeReasons),
  /** `null` for what was not accepted. */
  confirmation: nullable(oneOf(confirmations)),
  note: nullable(Type.String()),
  at: Instant,
})
export type Closing = Static<typeof Closing>

export const Rating = named('IssueRating', {
  stars: Type.Integer({ minimum: 1, maximum: 5 }),
  solved: Type.Boolean(),
  text: nullable(Type.String()),
  at: Instant,
})
export type Rating = Static<typeof Rating>

/** 一类事: this issue's place in it. */
export const PatternPlace = named('PatternPlace', {
  /** The issue that is handled for all of them; of that issue, its own id. */
  main: Uuid,
  /** Of the main one: how many others it answers for. */
  children: Type.Integer({ minimum: 0 }),
})
export type PatternPlace = Static<typeof PatternPlace>

/** The moving part of an issue: what the life cycle reads and writes. */
export const flowProperties = {
  state: oneOf(issueStates),
  category: nullable(CategoryRef),
  residentClock: ResidentClock,
  assignments: Type.Array(Assignment),
  answer: nullable(Answer),
  /** Since when a rating is waited for. */
  awaitingSince: nullable(Instant),
  rating: nullable(Rating),
  closing: nullable(Closing),
  /** Since the last joint consultation [I9]. */
  leadChanges: Type.Integer({ minimum: 0 }),
  reopenings: Type.Integer({ minimum: 0 }),
  supervised: Type.Boolean(),
  pattern: nullable(PatternPlace),
}
export type Flow = Static<Type.TObject<typeof flowProperties>>
