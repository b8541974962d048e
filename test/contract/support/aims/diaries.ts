import { randomUUID } from 'node:crypto'
import type { OperationId } from '@minqing/core'
import { village } from '../people.ts'
import { everybody, firstVersion, readers, readersOfArea, type Aim } from './aim.ts'

const authorOnly = { author: 200, other: 'forbidden', outside: 'not_found', changes: 'diary' } as const
const undoOfAuthor = { author: 200, other: 'not_found', outside: 'not_found', changes: 'diary' } as const

type Ids = Extract<OperationId, `diaries.${string}` | `comments.${string}`>

export const diaryAims: Record<Ids, Aim> = {
  'diaries.list': { path: () => `/v1/diaries?area=${village}`, ...readersOfArea },
  'diaries.create': {
    path: () => '/v1/diaries',
    body: () => ({ id: randomUUID(), area: village, kind: 'visit', text: '走访' }),
    author: 201,
    other: 201,
    outside: 'area_not_found',
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
    changes: 'diary',
  },
  'diaries.unmarkUseful': {
    path: ({ diary }) => `/v1/diaries/${diary}/useful`,
    ...readers,
    changes: 'diary',
  },
  'diaries.usefulMarks': { path: ({ diary }) => `/v1/useful-marks?ids=${diary}`, ...everybody },
  'comments.list': { path: ({ diary }) => `/v1/diaries/${diary}/comments`, ...readers },
  'comments.create': {
    path: ({ diary }) => `/v1/diaries/${diary}/comments`,
    body: () => ({ id: randomUUID(), text: '回答' }),
    author: 201,
    other: 201,
    outside: 'not_found',
    changes: 'diary',
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
}
