/**
 * The part of core that a browser carries: routes, limits and small rules, but no schemas (their runtime weighs more
 * than a widget may). Shapes come along as types only.
 */
import { areaRoutes } from './areas/routes.ts'
import { catalogueRoutes } from './catalogue/routes.ts'
import { demoRoutes } from './demo/routes.ts'
import { commentRoutes, diaryRoutes } from './diaries/routes.ts'
import { meRoutes, sessionRoutes } from './identity/routes.ts'
import { inboxRoutes } from './inbox/routes.ts'
import { issueRoutes } from './issues/routes.ts'
import { liveRoutes } from './live/routes.ts'
import { photoRoutes } from './photos/routes.ts'
import { reportRoutes } from './reports/routes.ts'

/** Feature → operation → `METHOD /path`. */
export const routes = {
  me: meRoutes,
  session: sessionRoutes,
  areas: areaRoutes,
  diaries: diaryRoutes,
  comments: commentRoutes,
  photos: photoRoutes,
  issues: issueRoutes,
  reports: reportRoutes,
  catalogue: catalogueRoutes,
  inbox: inboxRoutes,
  live: liveRoutes,
  demo: demoRoutes,
} as const

/** Operations whose answer is a page: `feature.operation`. A test keeps it equal to the operations table. */
export const pagedOperations: readonly string[] = [
  'diaries.list',
  'comments.list',
  'issues.list',
  'reports.mine',
  'inbox.list',
]

/** Operations that need no token: `capability: null` in the operations table. A test keeps it equal to that. */
export const anonymousOperations: readonly string[] = [
  'reports.form',
  'reports.createAnonymous',
  'reports.status',
  'reports.rate',
  'reports.reopen',
  'photos.file',
  'session.exchange',
  'demo.personas',
  'demo.token',
]

export { uploadsPath } from './photos/routes.ts'
export { photoLimits, photoSizes, type PhotoSize } from './photos/rules.ts'
export { diaryKinds, diaryLimits, extractTags, undoDays, type DiaryKind } from './diaries/rules.ts'
export {
  areaLevels,
  countyOf,
  holds,
  inScope,
  levelOf,
  parentOf,
  townOf,
  type AreaLevel,
} from './areas/rules.ts'
export * from './issues/words.ts'
export {
  addWorkingDays,
  addWorkingMs,
  dayMs,
  dayOf,
  workingDayIn,
  workingMs,
  type Calendar,
} from './issues/clock.ts'
export { acceptDays, kindDays } from './issues/limits.ts'
export { rowOf, transitions, type IssueAction } from './issues/table.ts'
export {
  actionsFor,
  isOpen,
  leadOf,
  targetsOf,
  type Situation,
  type Whereabouts,
} from './issues/available.ts'
export { catalogueLimits, unitKinds, type UnitKind } from './catalogue/rules.ts'
export { plainReceipt, reportLimits, shownReceipt } from './reports/rules.ts'
export { envelopeAnswerHeaders, envelopeBytes, envelopeHeaders, envelopePath } from './envelope/rules.ts'
export { methodOf, pathOf } from './internal/operation.ts'
export type { InputOf, Method, Operation, OutputOf, Route } from './internal/operation.ts'
export type { Operations, Feature, OperationId } from './operations.ts'
export type { ErrorCode, FieldProblem, Problem } from './errors.ts'
export type { Area, AreaRef } from './areas/schema.ts'
export type {
  Comment,
  CommentPage,
  Diary,
  DiaryChange,
  DiaryPage,
  DiaryQuery,
  DiaryRevision,
  NewComment,
  NewDiary,
  Place,
} from './diaries/schema.ts'
export type { Envelope, EnvelopeAnswer } from './envelope/schema.ts'
export type { Me, NewSession, Person } from './identity/schema.ts'
export type {
  DiaryLiveEvent,
  InboxLiveEvent,
  IssueLiveEvent,
  LiveEvent,
  LiveEventType,
  MissedEvents,
} from './live/schema.ts'
export type { Photo, PhotoTicket } from './photos/schema.ts'
export type {
  Answer,
  Assignment,
  CategoryRef,
  Rating,
  ResidentClock,
  UnitRef,
  UnitRequest,
} from './issues/flow-schema.ts'
export type {
  DiaryIssue,
  Evidence,
  Issue,
  IssueCounts,
  IssueEvent,
  IssuePage,
  IssueQuery,
  NewIssue,
  Priority,
  PriorityReason,
  Resident,
  Suggestion,
} from './issues/schema.ts'
export type { NewAnonymousReport, NewReport, Report, ReportForm, ReportPage } from './reports/schema.ts'
export type { CatalogueImport, Category, CategoryChange, Unit, UnitChange } from './catalogue/schema.ts'
export type { InboxEntry, InboxPage } from './inbox/schema.ts'
export type { Persona } from './demo/operations.ts'
export type { Access, Capability, Grant, Role } from './policy.ts'
