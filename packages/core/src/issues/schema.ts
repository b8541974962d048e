import Type, { type Static } from 'typebox'
import { AreaCode, AreaRef } from '../areas/schema.ts'
import { Place } from '../diaries/schema.ts'
import { Person } from '../identity/schema.ts'
import { Cursor, Instant, Page, Uuid, named, nullable, oneOf } from '../internal/shapes.ts'
import { Photo } from '../photos/schema.ts'
import { UnitId, UnitRef, flowProperties } from './flow-schema.ts'
import { issueActions } from './table.ts'
import { issueLimits, issueSources, issueStates, priorityLevels } from './words.ts'

const NotBlank = '\\S'
export const text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: NotBlank })
export const CategoryCode = Type.String({
  pattern: '^(\\d{2}){1,3}$',
  description: 'Two digits for each level',
})

/** Whom the matter concerns, as the officer wrote it down. The phone is masked on the wire [V3]. */
export const Resident = named('Resident', {
  name: text(issueLimits.residentName),
  phone: Type.Optional(Type.String({ pattern: '^[0-9+*() -]{3,20}$' })),
})
export type Resident = Static<typeof Resident>

export const PriorityReason = named('PriorityReason', {
  /** `hazard`, `category`, `vulnerable`, `similar`, `waiting`, `reopened`: see the rules. */
  rule: oneOf(['hazard', 'category', 'vulnerable', 'similar', 'waiting', 'reopened'] as const),
  points: Type.Integer(),
  /** The words found, the number of issues, the days. */
  detail: Type.String(),
})
export type PriorityReason = Static<typeof PriorityReason>

/** 赋分: a sum with its reasons [I13]. */
export const Priority = named('Priority', {
  /** The dispatcher's when there is one, otherwise the sum; 0 to 100. */
  score: Type.Integer({ minimum: 0, maximum: 100 }),
  level: oneOf(priorityLevels),
  reasons: Type.Array(PriorityReason),
  override: nullable(
    named('PriorityOverride', { score: Type.Integer(), reason: Type.String(), by: Person, at: Instant }),
  ),
})
export type Priority = Static<typeof Priority>

/** An issue as cadres and units see it; residents see a `Report`. Holds nothing that depends on who asks [V1]. */
export const Issue = named('Issue', {
  id: Uuid,
  /** Grows with each event; send it back as `If-Match: "3"`. */
  version: Type.Integer({ minimum: 1 }),
  /** `330683-20261124-00012`: county, day, and a number without gaps. */
  number: Type.String(),
  area: AreaRef,
  source: oneOf(issueSources),
  /** The diary it comes from; never changes. */
  diary: nullable(Uuid),
  title: Type.String(),
  text: Type.String(),
  photos: Type.Array(Photo),
  place: nullable(Place),
  reporter: Person,
  resident: nullable(Resident),
  priority: Priority,
  ...flowProperties,
  createdAt: Instant,
  changedAt: Instant,
})
export type Issue = Static<typeof Issue>
export const IssuePage = Page('IssuePage', Issue)
export type IssuePage = Static<typeof IssuePage>

export const NewIssue = named('NewIssue', {
  id: Uuid,
  /** Not needed with a diary. */
  area: Type.Optional(AreaCode),
  /** Forwards this diary: its text, photos, place and area are carried over. */
  diary: Type.Optional(Uuid),
  /** Not needed with a diary; with one it is an addition to it. */
  text: Type.Optional(text(issueLimits.text)),
  category: Type.Optional(CategoryCode),
  resident: Type.Optional(Resident),
  place: Type.Optional(Place),
  photos: Type.Optional(Type.Array(Uuid, { maxItems: issueLimits.photos, uniqueItems: true })),
  /** Solved on the spot, and how: it waits for the resident's rating at once [I4]. */
  solved: Type.Optional(text(issueLimits.answer)),
})
export type NewIssue = Static<typeof NewIssue>

export const issueOrders = ['newest', 'priority', 'due'] as const
const stateWords = [...issueStates, 'open'] as const

/** Filters combine. */
const filters = {
  area: AreaCode,
  /** `open` is everything but closed. */
  state: Type.Optional(oneOf(stateWords)),
  /** A category and all below it. */
  category: Type.Optional(CategoryCode),
  /** A unit that has a part in it now. */
  unit: Type.Optional(UnitId),
  source: Type.Optional(oneOf(issueSources)),
  /** `me` for one's own. */
  reporter: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  /** `breached`: a running clock is past its deadline. `soon`: one has warned. */
  clock: Type.Optional(oneOf(['breached', 'soon'] as const)),
  /** What waits for a decision of the dispatcher: a return, suspension or extension. */
  asked: Type.Optional(oneOf(['yes'] as const)),
  supervised: Type.Optional(oneOf(['yes'] as const)),
  /** Issues of one pattern: the id of its main issue. */
  pattern: Type.Optional(Uuid),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
  /** Words that must stand in the text or number, joined by blanks. */
  q: Type.Optional(text(issueLimits.query)),
}
export const IssueQuery = named('IssueQuery', {
  ...filters,
  order: Type.Optional(oneOf(issueOrders)),
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: issueLimits.page, default: 50 })),
})
export type IssueQuery = Static<typeof IssueQuery>

/** The same filters without the state; how many there are of each. */
export const IssueCountQuery = named('IssueCountQuery', { area: AreaCode, unit: Type.Optional(UnitId) })
export const IssueCounts = named('IssueCounts', {
  states: named(
    'IssueStateCounts',
    Object.fromEntries(issueStates.map((state) => [state, Type.Integer({ minimum: 0 })])) as Record<
      (typeof issueStates)[number],
      ReturnType<typeof Type.Integer>
    >,
  ),
  breached: Type.Integer({ minimum: 0 }),
  soon: Type.Integer({ minimum: 0 }),
  asked: Type.Integer({ minimum: 0 }),
})
export type IssueCounts = Static<typeof IssueCounts>

/** One line of the timeline: append-only, each sealed by the hash of all before it [I14]. */
export const IssueEvent = named('IssueEvent', {
  seq: Type.Integer({ minimum: 1 }),
  action: oneOf(['submit', 'solveOnSpot', 'forward', 'rescore', 'showContact', ...issueActions] as const),
  at: Instant,
  actor: Person,
  from: nullable(oneOf(issueStates)),
  to: oneOf(issueStates),
  /** What the action says: reason, note, unit, deadline, photos. Its members depend on the action. */
  data: Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true }),
  /** SHA-256 over this line and the hash before it, hexadecimal. */
  hash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
})
export type IssueEvent = Static<typeof IssueEvent>

/** Where the issues of some diaries stand. */
export const DiaryIssue = named('DiaryIssue', {
  diary: Uuid,
  issue: Uuid,
  number: Type.String(),
  state: oneOf(issueStates),
})
export type DiaryIssue = Static<typeof DiaryIssue>

/** Why something is suggested. */
export const Evidence = named('Evidence', {
  /** Words of the catalogue that stand in the text. */
  words: Type.Array(Type.String()),
  /** Similar past issues that went there: number and title. */
  similar: Type.Array(named('SimilarIssue', { id: Uuid, number: Type.String(), title: Type.String() })),
  /** How many similar ones there are. */
  count: Type.Integer({ minimum: 0 }),
})
export const Suggestion = named('Suggestion', {
  categories: Type.Array(
    named('SuggestedCategory', {
      code: CategoryCode,
      name: Type.String(),
      /** 0 to 1. */
      confidence: Type.Number(),
      evidence: Evidence,
    }),
  ),
  units: Type.Array(named('SuggestedUnit', { unit: UnitRef, confidence: Type.Number(), evidence: Evidence })),
  /** Open issues of the same category family nearby with a similar text: one kind of matter? */
  similar: Type.Array(
    named('SimilarOpenIssue', {
      id: Uuid,
      number: Type.String(),
      title: Type.String(),
      state: oneOf(issueStates),
      area: AreaRef,
      /** 0 to 1. */
      likeness: Type.Number(),
    }),
  ),
})
export type Suggestion = Static<typeof Suggestion>
