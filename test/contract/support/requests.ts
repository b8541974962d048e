import type { OperationId } from '@minqing/core'
import { anywhere, everybody, readers, readersOfArea, type Aim } from './aims/aim.ts'
import { catalogueAims } from './aims/catalogue.ts'
import { diaryAims } from './aims/diaries.ts'
import { issueAims } from './aims/issues.ts'
import { residentAims } from './aims/residents.ts'
import { village } from './people.ts'

export type { Aim, Asker, Outcome } from './aims/aim.ts'

/** One for every operation: a missing one is a type error. */
export const aims: Record<OperationId, Aim> = {
  'me.get': { path: () => '/v1/me', ...everybody, holds: anywhere },
  // no provider is set up here; what it does with one is in the server's own tests
  'session.exchange': {
    path: () => '/v1/session',
    body: () => ({ provider: 'zhezhengding', assertion: 'x' }),
    author: 'provider_unknown',
    other: 'provider_unknown',
    outside: 'provider_unknown',
  },
  'areas.get': { path: () => `/v1/areas/${village}`, ...readersOfArea },
  'areas.children': { path: () => `/v1/areas/${village}/children`, ...readersOfArea },
  'areas.search': { path: () => `/v1/areas?q=1&under=${village}`, ...readersOfArea },
  ...diaryAims,
  'photos.get': { path: ({ photo }) => `/v1/photos/${photo}`, ...readers },
  'photos.own': {
    path: ({ photo }) => `/v1/own-photos/${photo}`,
    author: 200,
    other: 'not_found',
    outside: 'not_found',
  },
  'photos.ticket': { path: () => '/v1/photo-ticket', ...everybody },
  'photos.file': { path: ({ photo }, ticket) => `/v1/photos/${photo}/thumb?ticket=${ticket}`, ...readers },
  ...issueAims,
  ...residentAims,
  ...catalogueAims,
  'live.stream': {
    path: () => `/v1/events?area=${village}`,
    ...readersOfArea,
    by: ['diary.read', 'issue.read', 'inbox.read', 'report.create'],
  },
  'live.missed': {
    path: () => `/v1/missed-events?area=${village}`,
    ...readersOfArea,
    by: ['diary.read', 'issue.read', 'inbox.read', 'report.create'],
  },
  'demo.personas': { path: () => '/v1/demo/personas', ...everybody },
  'demo.token': {
    path: () => '/v1/demo/token',
    body: () => ({ persona: 'auditor' }),
    author: 201,
    other: 201,
    outside: 201,
  },
}
