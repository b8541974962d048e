import Type, { type Static } from 'typebox'
import { AreaCode, AreaRef } from '../areas/schema.ts'
import { Place } from '../diaries/schema.ts'
import { Cursor, Instant, Page, Uuid, named, nullable, oneOf } from '../internal/shapes.ts'
import { Closing, Rating } from '../issues/flow-schema.ts'
import { CategoryCode, text } from '../issues/schema.ts'
import { issueLimits, issueStates, outcomes } from '../issues/words.ts'
import { receiptPattern, reportLimits } from './rules.ts'

export const Receipt = Type.String({
  pattern: receiptPattern,
  maxLength: 19,
  description: '7KQ2-M0XA-P3D8-ZW5H',
})

const content = {
  id: Uuid,
  area: AreaCode,
  text: text(reportLimits.text),
  category: Type.Optional(CategoryCode),
  place: Type.Optional(Place),
  /** How to be reached; optional, and masked for everybody who does not need it. */
  name: Type.Optional(text(issueLimits.residentName)),
  phone: Type.Optional(Type.String({ pattern: '^[0-9+*() -]{3,20}$' })),
}
/** A resident's complaint, request or suggestion. */
export const NewReport = named('NewReport', {
  ...content,
  photos: Type.Optional(Type.Array(Uuid, { maxItems: reportLimits.photos, uniqueItems: true })),
})
export type NewReport = Static<typeof NewReport>
export const NewAnonymousReport = named('NewAnonymousReport', content)
export type NewAnonymousReport = Static<typeof NewAnonymousReport>

/** An issue as its resident sees it: what they said, where it stands, what was answered; nothing internal. */
export const Report = named('Report', {
  id: Uuid,
  version: Type.Integer({ minimum: 1 }),
  /** Opens the report for whoever has it [R2]. */
  receipt: Receipt,
  number: Type.String(),
  area: AreaRef,
  text: Type.String(),
  state: oneOf(issueStates),
  category: nullable(Type.String()),
  /** The unit in charge. */
  unit: nullable(Type.String()),
  /** Until when there will be an answer. */
  dueAt: Instant,
  answer: nullable(
    named('ReportAnswer', {
      text: Type.String(),
      outcome: oneOf(outcomes),
      unit: nullable(Type.String()),
      at: Instant,
    }),
  ),
  rating: nullable(Rating),
  closing: nullable(Closing),
  /** Whether the resident can rate now. */
  ratable: Type.Boolean(),
  /** Whether the resident can have it reopened now. */
  reopenable: Type.Boolean(),
  /** The steps that concern the resident, oldest first. */
  steps: Type.Array(
    named('ReportStep', { state: oneOf(issueStates), at: Instant, unit: nullable(Type.String()) }),
  ),
  createdAt: Instant,
})
export type Report = Static<typeof Report>
export const ReportPage = Page('ReportPage', Report)
export type ReportPage = Static<typeof ReportPage>

/** What a form for residents offers below an area; open to everybody, so it holds names and nothing else. */
export const ReportForm = named('ReportForm', {
  area: AreaRef,
  /** Whether reports without signing in are taken here. */
  anonymous: Type.Boolean(),
  /** The areas one level down, to villages and communities; empty below. */
  areas: Type.Array(named('ReportArea', { code: AreaCode, name: Type.String() })),
  /** The first level of the dispatch catalogue. */
  categories: Type.Array(named('ReportCategory', { code: CategoryCode, name: Type.String() })),
})
export type ReportForm = Static<typeof ReportForm>
export const ReportFormQuery = named('ReportFormQuery', { area: AreaCode })

export const ReportQuery = named('ReportQuery', {
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: reportLimits.page, default: 20 })),
})
export const ReportRating = named('ReportRating', {
  receipt: Receipt,
  stars: Type.Integer({ minimum: 1, maximum: 5 }),
  solved: Type.Boolean(),
  text: Type.Optional(text(issueLimits.reason)),
})
export const ReportReopening = named('ReportReopening', {
  receipt: Receipt,
  reason: text(issueLimits.reason),
})
