import type { InboxEntry, NoticeType } from '@minqing/core/wire'
import { msg, str } from '../../internal/localize.ts'
import { absolute } from '../../internal/time.ts'

/** The types with their names, in the order in which they are offered. */
export const typeNames = (): [NoticeType, string][] => [
  ['submitted', msg('新事项', { id: 'inbox.type.submitted' })],
  ['assigned', msg('派单', { id: 'inbox.type.assigned' })],
  ['asked', msg('申请', { id: 'inbox.type.asked' })],
  ['decided', msg('审批结果', { id: 'inbox.type.decided' })],
  ['returned', msg('退单', { id: 'inbox.type.returned' })],
  ['dueSoon', msg('即将到期', { id: 'inbox.type.dueSoon' })],
  ['breached', msg('超期', { id: 'inbox.type.breached' })],
  ['answered', msg('答复', { id: 'inbox.type.answered' })],
  ['sentBack', msg('退回重办', { id: 'inbox.type.sentBack' })],
  ['reviewed', msg('审核通过', { id: 'inbox.type.reviewed' })],
  ['rated', msg('评价', { id: 'inbox.type.rated' })],
  ['reopened', msg('重办', { id: 'inbox.type.reopened' })],
  ['reminded', msg('催办', { id: 'inbox.type.reminded' })],
  ['supervised', msg('督办', { id: 'inbox.type.supervised' })],
  ['consultation', msg('会诊', { id: 'inbox.type.consultation' })],
  ['mentioned', msg('提到我', { id: 'inbox.type.mentioned' })],
  ['closed', msg('办结', { id: 'inbox.type.closed' })],
]

/** Types that want somebody to act soon. */
export const isPressing = (type: NoticeType): boolean =>
  ['dueSoon', 'breached', 'reminded', 'supervised', 'sentBack'].includes(type)

const due = (dueAt: string | null) => (dueAt ? absolute(new Date(dueAt)) : '')

/** What happened, in one sentence. The clock has no name. */
export function sentenceFor({ type, actor, dueAt }: InboxEntry): string {
  const who = actor.name
  switch (type) {
    case 'submitted':
      return msg(str`${who}上报了事项，等待受理`, { id: 'inbox.submitted' })
    case 'assigned':
      return msg(str`${who}派单给本单位，请签收办理`, { id: 'inbox.assigned' })
    case 'asked':
      return msg(str`${who}提出了申请，等待审批`, { id: 'inbox.asked' })
    case 'decided':
      return msg('单位的安排或申请有了新的决定', { id: 'inbox.decided' })
    case 'returned':
      return msg('事项已退单', { id: 'inbox.returned' })
    case 'dueSoon':
      return dueAt
        ? msg(str`即将到期：${due(dueAt)}前要办好`, { id: 'inbox.dueSoon' })
        : msg('即将到期', { id: 'inbox.type.dueSoon' })
    case 'breached':
      return dueAt
        ? msg(str`已经超期：期限是 ${due(dueAt)}`, { id: 'inbox.breached' })
        : msg('已经超期', { id: 'inbox.breached.bare' })
    case 'answered':
      return msg(str`${who}提交了办理结果`, { id: 'inbox.answered' })
    case 'sentBack':
      return msg(str`${who}退回了答复，请继续办理`, { id: 'inbox.sentBack' })
    case 'reviewed':
      return msg('已有答复，等待群众评价', { id: 'inbox.reviewed' })
    case 'rated':
      return msg('群众评价了办理结果', { id: 'inbox.rated' })
    case 'reopened':
      return msg(str`${who}要求重办`, { id: 'inbox.reopened' })
    case 'reminded':
      return msg(str`${who}催办，请尽快处理`, { id: 'inbox.reminded' })
    case 'supervised':
      return msg(str`${who}督办这件事`, { id: 'inbox.supervised' })
    case 'consultation':
      return msg('进入会诊，等待共同研究', { id: 'inbox.consultation' })
    case 'mentioned':
      return msg(str`${who}在办理进展中提到了您`, { id: 'inbox.mentioned' })
    case 'closed':
      return msg('事项已办结', { id: 'inbox.closed' })
  }
}
