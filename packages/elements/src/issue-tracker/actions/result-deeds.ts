import { issueLimits } from '@minqing/core/wire'
import { msg } from '../../internal/localize.ts'
import { outcome, text, why, type Deed } from './deed.ts'

const { reason, answer } = issueLimits

/** What happens to results, to patterns, and to what was reported. */
export const resultDeeds: readonly Deed[] = [
  {
    actions: ['approveAnswer'],
    operation: 'approveAnswer',
    name: () => msg('审核通过', { id: 'action.approveAnswer' }),
    hint: () => msg('通过后答复将告知群众，并请其评价。', { id: 'action.approveAnswer.hint' }),
    fields: () => [text('note', msg('意见（可不填）', { id: 'action.opinion' }), reason, false)],
  },
  {
    actions: ['sendBack'],
    operation: 'sendBack',
    name: () => msg('审核退回', { id: 'action.sendBack' }),
    hint: () => msg('退回主办单位重新办理，时限继续计算。', { id: 'action.sendBack.hint' }),
    isGrave: true,
    fields: () => [why()],
  },
  {
    actions: ['rate', 'rateUnsolved'],
    operation: 'rate',
    name: () => msg('回访评价', { id: 'action.rate' }),
    hint: () => msg('请回访群众，按其意见填写。若未解决，事项将重新办理。', { id: 'action.rate.hint' }),
    fields: () => [
      {
        kind: 'choice',
        name: 'solved',
        label: msg('问题是否解决', { id: 'action.solved' }),
        required: true,
        options: [
          ['yes', msg('已解决', { id: 'issue.outcome.solved' })],
          ['no', msg('未解决，重新办理', { id: 'action.unsolved' })],
        ],
      },
      { kind: 'stars', name: 'stars', label: msg('满意度', { id: 'action.stars' }), required: true },
      text('text', msg('群众的话（可不填）', { id: 'action.ratingText' }), reason, false),
    ],
    also: (_, values) => ({ solved: values['solved'] === 'yes' }),
  },
  {
    actions: ['replyChild'],
    operation: 'replyChild',
    name: () => msg('单独答复', { id: 'action.replyChild' }),
    fields: () => [text('text', msg('答复内容', { id: 'action.answerText' }), answer, true, 5), outcome()],
  },
  {
    actions: ['spotCheck'],
    operation: 'spotCheck',
    name: () => msg('抽查办结', { id: 'action.spotCheck' }),
    fields: () => [outcome('reason'), text('note', msg('核实情况', { id: 'action.checked' }), reason)],
  },
  {
    actions: ['reopen'],
    operation: 'reopen',
    name: () => msg('重办', { id: 'action.reopen' }),
    hint: () => msg('重新派单办理，群众时限从最初上报时起继续计算。', { id: 'action.reopen.hint' }),
    fields: () => [why()],
  },
  {
    actions: ['conclude'],
    operation: 'conclude',
    name: () => msg('会诊决定', { id: 'action.conclude' }),
    fields: () => [text('decision', msg('会诊意见', { id: 'action.decision' }), answer, true, 6)],
  },
  {
    actions: ['merge'],
    operation: 'merge',
    name: () => msg('并入一类事', { id: 'action.merge' }),
    hint: () =>
      msg('并入后由主事项统一办理，本事项的群众仍会收到答复，可随时拆出。', { id: 'action.merge.hint' }),
    fields: ({ similar }) => [
      {
        kind: 'issue',
        name: 'main',
        label: msg('并入哪个事项', { id: 'action.main' }),
        required: true,
        similar,
      },
    ],
  },
  {
    actions: ['split'],
    operation: 'split',
    name: () => msg('从一类事拆出', { id: 'action.split' }),
    fields: () => [text('reason', msg('理由（可不填）', { id: 'action.reasonOptional' }), reason, false)],
  },
  {
    actions: ['withdraw'],
    operation: 'withdraw',
    name: () => msg('撤回事项', { id: 'action.withdraw' }),
    hint: () => msg('撤回后事项办结，不能恢复；需要时请重新上报。', { id: 'action.withdraw.hint' }),
    isGrave: true,
    fields: () => [text('reason', msg('理由（可不填）', { id: 'action.reasonOptional' }), reason, false)],
  },
]
