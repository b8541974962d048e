export * from './wire.ts'
export { problems, statusOf, toProblem } from './errors.ts'
export { operations } from './operations.ts'
export { openapi } from './openapi.ts'
export { can, capabilities, reachOf, roles, scopeOf, type Reach } from './policy.ts'
export { AreaCode, Area as AreaSchema } from './areas/schema.ts'
export { blurPlace, writtenAtOrNow } from './diaries/rules.ts'
export {
  Comment as CommentSchema,
  Diary as DiarySchema,
  DiaryQuery as DiaryQuerySchema,
} from './diaries/schema.ts'
export { TokenClaims } from './identity/schema.ts'
export { LiveEvent as LiveEventSchema, liveEventTypes } from './live/schema.ts'
