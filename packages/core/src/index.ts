export * from './wire.ts'
export { problems, statusOf, toProblem } from './errors.ts'
export { operations } from './operations.ts'
export { openapi } from './openapi.ts'
export { accessOf, can, capabilities, opens, reachOf, roles, scopeOf, unitKey, type Reach } from './policy.ts'
export { canonical } from './internal/canonical.ts'
export { fold, wordsOf } from './internal/fold.ts'
export { anonymousId, center, recipientsOf, type Recipient, type Telling } from './issues/recipients.ts'
export { presentReport, type ReportStep, type ReportedIssue } from './issues/report.ts'
export { contentText, sealedText, type TimelineLine } from './issues/chain.ts'
export { person, presentIssue, type IssueContent, type IssueMotion } from './issues/present.ts'
export { coreScoring, scored, type Scoring } from './issues/scored.ts'
export { alarmOf, dueOf, isAsked, maskPhone, takes, titleOf, unitsOf } from './issues/standing.ts'
export { AreaCode, Area as AreaSchema } from './areas/schema.ts'
export { blurPlace, writtenAtOrNow } from './diaries/rules.ts'
export {
  Comment as CommentSchema,
  Diary as DiarySchema,
  DiaryQuery as DiaryQuerySchema,
} from './diaries/schema.ts'
export { Envelope as EnvelopeSchema, EnvelopeAnswer as EnvelopeAnswerSchema } from './envelope/schema.ts'
export { presentMe } from './identity/present.ts'
export { TokenClaims } from './identity/schema.ts'
export { LiveEvent as LiveEventSchema, liveEventTypes } from './live/schema.ts'
export { createMatcher, type Matcher, type WordMatch, type WordSource } from './catalogue/match.ts'
export * from './issues/flow/index.ts'
export { issueActions } from './issues/table.ts'
export { guardProblems, type ClockEffect, type Guard, type Transition } from './issues/transition.ts'
export {
  priorityLevelOf,
  priorityLevelsFrom,
  priorityOf,
  priorityWeights,
  type PriorityFacts,
  type PriorityScore,
} from './issues/priority.ts'
export { isAuthorized, isPossible, reaches, unitsIn } from './issues/available.ts'
export type { Flow } from './issues/flow-schema.ts'
export {
  Issue as IssueSchema,
  IssueEvent as IssueEventSchema,
  IssueQuery as IssueQuerySchema,
} from './issues/schema.ts'
