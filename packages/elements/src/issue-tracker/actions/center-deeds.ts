import { issueLimits } from '@minqing/core/wire'
import { msg, str } from '../../internal/localize.ts'
import { requestName } from '../view/words.ts'
import { approvals, asked, assignmentOf, standardDays, taken, text, which, why, type Deed } from './deed.ts'

const { reason, assists } = issueLimits

/** What the center and leaders do while an issue is received, handed over and worked on. */
export const centerDeeds: readonly Deed[] = [
  {
    actions: approvals,
    operation: 'approve',
    name: (issue) => {
      const request = asked(issue)
      return request
        ? msg(str`同意${requestName(request.kind)}`, { id: 'action.approve' })
        : msg('同意申请', { id: 'action.approveAny' })
    },
    fields: ({ issue }) => [
      ...which(issue, msg('申请', { id: 'action.request' }), ...approvals),
      text('reason', msg('意见（可不填）', { id: 'action.opinion' }), reason, false),
    ],
    also: assignmentOf(...approvals),
  },
  {
    actions: ['triage'],
    operation: 'triage',
    name: ({ state }) =>
      state === 'submitted'
        ? msg('受理', { id: 'action.triage' })
        : msg('更改类别', { id: 'action.retriage' }),
    hint: () => msg('确定类别后，群众时限随类别计算。', { id: 'action.triage.hint' }),
    fields: () => [
      { kind: 'category', name: 'category', label: msg('类别', { id: 'tracker.category' }), required: true },
    ],
  },
  {
    actions: ['dispatch'],
    operation: 'dispatch',
    name: () => msg('派单', { id: 'action.dispatch' }),
    fields: ({ issue }) => [
      { kind: 'unit', name: 'lead.unit', label: msg('主办单位', { id: 'action.lead' }), required: true },
      {
        kind: 'day',
        name: 'lead.dueAt',
        label: msg('主办期限', { id: 'action.leadDue' }),
        hint: standardDays(issue),
      },
      text('lead.task', msg('办理要求（可不填）', { id: 'action.task' }), reason, false, 2),
      {
        kind: 'targets',
        name: 'assists',
        label: msg('协办单位（可不填）', { id: 'action.assists' }),
        hint: msg('协办期限须早于主办期限。', { id: 'action.assists.hint' }),
        max: assists,
      },
    ],
  },
  {
    actions: ['addAssist'],
    operation: 'addAssist',
    name: () => msg('增加协办', { id: 'action.addAssist' }),
    fields: ({ issue }) => [
      {
        kind: 'unit',
        name: 'target.unit',
        label: msg('协办单位', { id: 'action.assist' }),
        required: true,
        except: taken(issue),
      },
      {
        kind: 'day',
        name: 'target.dueAt',
        label: msg('协办期限', { id: 'action.assistDue' }),
        hint: msg('协办期限须早于主办期限。', { id: 'action.assists.hint' }),
      },
      text('target.task', msg('办理要求（可不填）', { id: 'action.task' }), reason, false, 2),
    ],
  },
  {
    actions: ['remind'],
    operation: 'remind',
    name: () => msg('催办', { id: 'action.remind' }),
    fields: () => [text('text', msg('催办内容（可不填）', { id: 'action.remindText' }), reason, false)],
  },
  {
    actions: ['supervise'],
    operation: 'supervise',
    name: ({ supervised }) =>
      supervised
        ? msg('再次督办', { id: 'action.superviseAgain' })
        : msg('督办', { id: 'issue.mark.supervised' }),
    fields: () => [text('text', msg('督办意见（可不填）', { id: 'action.superviseText' }), reason, false)],
  },
  {
    actions: ['overridePriority'],
    operation: 'overridePriority',
    name: () => msg('调整赋分', { id: 'action.overridePriority' }),
    fields: () => [
      {
        kind: 'score',
        name: 'score',
        label: msg('赋分（0 到 100）', { id: 'action.score' }),
        required: true,
      },
      why(),
    ],
  },
  {
    actions: ['escalate'],
    operation: 'escalate',
    name: () => msg('提请会诊', { id: 'action.escalate' }),
    hint: () => msg('各单位的办理随之结束，等待会诊决定后重新派单。', { id: 'action.escalate.hint' }),
    fields: () => [why()],
  },
  {
    actions: ['refuseRequest'],
    operation: 'refuseRequest',
    name: () => msg('不同意申请', { id: 'action.refuseRequest' }),
    isGrave: true,
    fields: ({ issue }) => [...which(issue, msg('申请', { id: 'action.request' }), 'refuseRequest'), why()],
    also: assignmentOf('refuseRequest'),
  },
  {
    actions: ['releaseAssist'],
    operation: 'releaseAssist',
    name: () => msg('撤销协办', { id: 'action.releaseAssist' }),
    isGrave: true,
    fields: ({ issue }) => [
      ...which(issue, msg('协办单位', { id: 'action.assist' }), 'releaseAssist'),
      why(),
    ],
    also: assignmentOf('releaseAssist'),
  },
  {
    actions: ['recall'],
    operation: 'recall',
    name: () => msg('撤回派单', { id: 'action.recall' }),
    hint: () => msg('主办和协办单位的办理随之结束，事项回到待派单。', { id: 'action.recall.hint' }),
    isGrave: true,
    fields: () => [why()],
  },
  {
    actions: ['refuse'],
    operation: 'refuse',
    name: () => msg('不予受理', { id: 'issue.reason.notAccepted' }),
    hint: () => msg('事项将以“不予受理”办结，理由会告知上报人，不能恢复。', { id: 'action.refuse.hint' }),
    isGrave: true,
    fields: () => [why()],
  },
]
