import { randomUUID } from 'node:crypto'
import type { ErrorCode, OperationId } from '@minqing/core'
import { village, type World } from './world.ts'

/** What is expected: a status of success, or a problem's code. */
export type Outcome = 200 | 201 | 204 | ErrorCode

/** One valid request for an operation, aimed at the world, and what it gives to whom. */
export interface Aim {
  path(world: World, ticket: string): string
  body?(world: World): object
  headers?: Record<string, string>
  /** To the author of what it is aimed at, within scope. */
  author: Outcome
  /** To another person, within scope. */
  other: Outcome
  /** To anybody whose scope does not hold the village. */
  outside: Outcome
  /** Changes something when it succeeds. */
  changes?: true
}

const everybody = { author: 200, other: 200, outside: 200 } as const
const readers = { author: 200, other: 200, outside: 'not_found' } as const
const readersOfArea = { author: 200, other: 200, outside: 'area_not_found' } as const
const authorOnly = { author: 200, other: 'forbidden', outside: 'not_found', changes: true } as const
const undoOfAuthor = { author: 200, other: 'not_found', outside: 'not_found', changes: true } as const
const firstVersion = { 'if-match': '"1"' }

/** One for every operation: a missing one is a type error. */
export const aims: Record<OperationId, Aim> = {
  'me.get': { path: () => '/v1/me', ...everybody },
  'areas.get': { path: () => `/v1/areas/${village}`, ...readersOfArea },
  'areas.children': { path: () => `/v1/areas/${village}/children`, ...readersOfArea },
  'areas.search': { path: () => `/v1/areas?q=1&under=${village}`, ...readersOfArea },
  'diaries.list': { path: () => `/v1/diaries?area=${village}`, ...readersOfArea },
  'diaries.create': {
    path: () => '/v1/diaries',
    body: () => ({ id: randomUUID(), area: village, kind: 'visit', text: '走访' }),
    author: 201,
    other: 201,
    outside: 'area_not_found',
    changes: true,
  },
  'diaries.get': { path: ({ diary }) => `/v1/diaries/${diary}`, ...readers },
  'diaries.edit': {
    path: ({ diary }) => `/v1/diaries/${diary}`,
    body: () => ({ text: '改写' }),
    headers: firstVersion,
    ...authorOnly,
  },
  'diaries.remove': {
    path: ({ diary }) => `/v1/diaries/${diary}`,
    headers: firstVersion,
    ...authorOnly,
    author: 204,
  },
  'diaries.restore': { path: ({ removedDiary }) => `/v1/diaries/${removedDiary}/restore`, ...undoOfAuthor },
  'diaries.revisions': { path: ({ diary }) => `/v1/diaries/${diary}/revisions`, ...readers },
  'diaries.acceptAnswer': {
    path: ({ diary }) => `/v1/diaries/${diary}/accepted-answer`,
    body: ({ comment }) => ({ comment }),
    ...authorOnly,
  },
  'diaries.withdrawAnswer': { path: ({ diary }) => `/v1/diaries/${diary}/accepted-answer`, ...authorOnly },
  'diaries.markUseful': {
    path: ({ diary }) => `/v1/diaries/${diary}/useful`,
    author: 'own_diary',
    other: 200,
    outside: 'not_found',
    changes: true,
  },
  'diaries.unmarkUseful': { path: ({ diary }) => `/v1/diaries/${diary}/useful`, ...readers, changes: true },
  'diaries.usefulMarks': { path: ({ diary }) => `/v1/useful-marks?ids=${diary}`, ...everybody },
  'comments.list': { path: ({ diary }) => `/v1/diaries/${diary}/comments`, ...readers },
  'comments.create': {
    path: ({ diary }) => `/v1/diaries/${diary}/comments`,
    body: () => ({ id: randomUUID(), text: '回答' }),
    author: 201,
    other: 201,
    outside: 'not_found',
    changes: true,
  },
  'comments.remove': {
    path: ({ diary, comment }) => `/v1/diaries/${diary}/comments/${comment}`,
    ...authorOnly,
    author: 204,
  },
  'comments.restore': {
    path: ({ diary, removedComment }) => `/v1/diaries/${diary}/comments/${removedComment}/restore`,
    ...undoOfAuthor,
  },
  'photos.get': { path: ({ photo }) => `/v1/photos/${photo}`, ...readers },
  'photos.ticket': { path: () => '/v1/photo-ticket', ...everybody },
  'photos.file': { path: ({ photo }, ticket) => `/v1/photos/${photo}/thumb?ticket=${ticket}`, ...readers },
  'live.stream': { path: () => `/v1/events?area=${village}`, ...readersOfArea },
  'demo.personas': { path: () => '/v1/demo/personas', ...everybody },
  'demo.token': {
    path: () => '/v1/demo/token',
    body: () => ({ persona: 'auditor' }),
    author: 201,
    other: 201,
    outside: 201,
  },
}
