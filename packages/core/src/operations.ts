import { areaOperations } from './areas/operations.ts'
import { catalogueOperations } from './catalogue/operations.ts'
import { demoOperations } from './demo/operations.ts'
import { commentOperations } from './diaries/comment-operations.ts'
import { diaryOperations } from './diaries/operations.ts'
import { meOperations, sessionOperations } from './identity/operations.ts'
import { inboxOperations } from './inbox/operations.ts'
import { issueOperations } from './issues/operations.ts'
import { liveOperations } from './live/operations.ts'
import { photoOperations } from './photos/operations.ts'
import { reportOperations } from './reports/operations.ts'

/** Everything the server can be asked to do: feature → operation. The id of one is `diaries.create`. */
export const operations = {
  me: meOperations,
  session: sessionOperations,
  areas: areaOperations,
  diaries: diaryOperations,
  comments: commentOperations,
  photos: photoOperations,
  issues: issueOperations,
  reports: reportOperations,
  catalogue: catalogueOperations,
  inbox: inboxOperations,
  live: liveOperations,
  demo: demoOperations,
} as const

export type Operations = typeof operations
export type Feature = keyof Operations
/** `'diaries.create' | 'diaries.list' | …` */
export type OperationId = { [F in Feature]: `${F}.${Extract<keyof Operations[F], string>}` }[Feature]
