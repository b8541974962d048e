import { randomUUID } from 'node:crypto'

import { pathOf, routes, type OperationId } from '@minqing/core'
import { village } from '../people.ts'
import { category, inDays, units, type Stage } from '../stages.ts'
import { anywhere, everybody, ofIssue, readers, readersOfArea, whereTheyWork, type Aim } from './aim.ts'

type Ids = Extract<OperationId, `issues.${string}`>
type Name = Ids extends `issues.${infer N}` ? N : never

const pathFor =
  (name: Name, stage: Stage): Aim['path'] =>
  ({ issues }) =>
    pathOf(routes.issues[name]).replace(':id', issues[stage].id)

/** Reads one. */
const reads = (name: Name, stage: Stage): Aim => ({
  path: pathFor(name, stage),
  ...readers,
  holds: ofIssue(stage),
  stage,
})

/** Does something to one that stands where it can be done. */
const does = (name: Name, stage: Stage, body: NonNullable<Aim['body']> | object = {}): Aim => ({
  ...reads(name, stage),
  body: typeof body === 'function' ? (body as NonNullable<Aim['body']>) : () => body,
  headers: ({ issues }) => ({ 'if-match': `"${issues[stage].version}"` }),
  changes: 'issue',
})

const reason = '理由'

export const issueAims: Record<Ids, Aim> = {
  'issues.list': {
    path: () => `/v1/issues?area=${village}`,
    ...readersOfArea,
    holds: whereTheyWork,
  },
  'issues.counts': {
    path: () => `/v1/issue-counts?area=${village}`,
    ...readersOfArea,
    holds: whereTheyWork,
  },
  'issues.ofDiaries': { path: ({ diary }) => `/v1/diary-issues?ids=${diary}`, ...everybody, holds: anywhere },
  'issues.create': {
    path: () => '/v1/issues',
    body: () => ({ id: randomUUID(), area: village, text: '路灯不亮' }),
    author: 201,
    other: 201,
    outside: 'area_not_found',
  },
  'issues.get': reads('get', 'dispatched'),
  'issues.timeline': reads('timeline', 'dispatched'),
  'issues.suggestion': reads('suggestion', 'submitted'),
  'issues.calendar': {
    path: () => '/v1/calendar?from=2026-10-01&to=2026-10-10',
    ...everybody,
    holds: anywhere,
  },
  'issues.showContact': { ...reads('showContact', 'working'), author: 201, other: 201, changes: 'issue' },
  'issues.triage': does('triage', 'submitted', { category }),
  'issues.refuse': does('refuse', 'submitted', { reason }),
  'issues.withdraw': { ...does('withdraw', 'submitted'), other: 'forbidden' },
  'issues.overridePriority': does('overridePriority', 'submitted', { score: 90, reason }),
  'issues.dispatch': does('dispatch', 'triaged', { lead: { unit: units.lead } }),
  'issues.addAssist': does('addAssist', 'dispatched', { target: { unit: units.other } }),
  'issues.releaseAssist': does('releaseAssist', 'dispatched', { assignment: 2, reason }),
  'issues.recall': does('recall', 'dispatched', { reason }),
  'issues.accept': does('accept', 'dispatched'),
  'issues.addProgress': does('addProgress', 'working', { note: '已派人' }),
  'issues.answer': does('answer', 'working', { text: '已修好' }),
  'issues.requestReturn': does('requestReturn', 'working', { reason, betterUnit: units.assist }),
  'issues.requestSuspension': does('requestSuspension', 'working', () => ({ reason, until: inDays(3) })),
  'issues.requestExtension': does('requestExtension', 'working', () => ({ reason, dueAt: inDays(30) })),
  'issues.approve': does('approve', 'asked', { assignment: 1 }),
  'issues.refuseRequest': does('refuseRequest', 'asked', { assignment: 1, reason }),
  'issues.resume': does('resume', 'suspended'),
  'issues.approveAnswer': does('approveAnswer', 'answered'),
  'issues.sendBack': does('sendBack', 'answered', { reason }),
  'issues.rate': does('rate', 'awaiting', { stars: 5, solved: true }),
  'issues.spotCheck': does('spotCheck', 'awaiting', { reason: 'solved', note: '看过了' }),
  'issues.reopen': does('reopen', 'closed', { reason }),
  'issues.remind': does('remind', 'dispatched'),
  'issues.supervise': does('supervise', 'dispatched'),
  'issues.escalate': does('escalate', 'triaged', { reason }),
  'issues.conclude': does('conclude', 'consulted', { decision: '由住建局牵头' }),
  'issues.merge': does('merge', 'submitted', ({ issues }: { issues: Record<Stage, { id: string }> }) => ({
    main: issues.main.id,
  })),
  'issues.split': does('split', 'merged'),
  'issues.replyChild': does('replyChild', 'merged', { text: '单独答复', outcome: 'explained' }),
}
