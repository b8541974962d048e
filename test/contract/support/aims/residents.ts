import { randomUUID } from 'node:crypto'
import type { OperationId } from '@minqing/core'
import { county, village } from '../people.ts'
import { anywhere, everybody, type Aim } from './aim.ts'

type Ids = Extract<OperationId, `reports.${string}` | `inbox.${string}`>

const report = () => ({ id: randomUUID(), area: village, text: '路灯不亮' })
const asIt = { ...everybody, holds: anywhere } as const

/** What residents do, most of it without a token, and the inbox, which shows everybody their own. */
export const residentAims: Record<Ids, Aim> = {
  'reports.form': { path: () => `/v1/report-form?area=${county}`, ...everybody },
  'reports.create': {
    path: () => '/v1/reports',
    body: report,
    author: 201,
    other: 201,
    outside: 'area_not_found',
  },
  'reports.createAnonymous': {
    path: () => '/v1/anonymous-reports',
    body: report,
    author: 201,
    other: 201,
    outside: 201,
  },
  'reports.mine': { path: () => '/v1/reports', ...asIt },
  'reports.status': { path: ({ receipt }) => `/v1/report-status?receipt=${receipt}`, ...everybody },
  'reports.rate': {
    path: () => '/v1/report-rating',
    body: ({ receipt }) => ({ receipt, stars: 5, solved: true }),
    ...everybody,
    changes: 'rated report',
  },
  'reports.reopen': {
    path: () => '/v1/report-reopening',
    body: ({ receipt }) => ({ receipt, reason: '又坏了' }),
    ...everybody,
    changes: 'closed report',
  },
  'inbox.list': { path: () => '/v1/inbox', ...asIt },
  'inbox.count': { path: () => '/v1/inbox-count', ...asIt },
  'inbox.markRead': {
    path: () => '/v1/inbox/read',
    body: () => ({ until: new Date().toISOString() }),
    ...asIt,
  },
}
