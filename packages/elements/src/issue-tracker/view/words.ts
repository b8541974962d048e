import type {
  AssignmentState,
  CloseReason,
  Confirmation,
  IssueKind,
  IssueSource,
  Outcome,
  PriorityLevel,
  RequestKind,
} from '@minqing/core/wire'
import { msg } from '../../internal/localize.ts'

type Names<W extends string> = Record<W, () => string>
const reader =
  <W extends string>(names: Names<W>) =>
  (word: W): string =>
    names[word]()

export const kindName = reader<IssueKind>({
  consultation: () => msg('咨询', { id: 'issue.kind.consultation' }),
  help: () => msg('求助', { id: 'issue.kind.help' }),
  complaint: () => msg('投诉', { id: 'issue.kind.complaint' }),
  complex: () => msg('复杂事项', { id: 'issue.kind.complex' }),
})

export const sourceName = reader<IssueSource>({
  diary: () => msg('民情日记转入', { id: 'issue.source.diary' }),
  officer: () => msg('干部上报', { id: 'issue.source.officer' }),
  report: () => msg('群众反映', { id: 'issue.source.report' }),
  trigger: () => msg('数据触发', { id: 'issue.source.trigger' }),
})

export const levelName = reader<PriorityLevel>({
  urgent: () => msg('特急', { id: 'issue.level.urgent' }),
  high: () => msg('紧急', { id: 'issue.level.high' }),
  normal: () => msg('一般', { id: 'issue.level.normal' }),
  low: () => msg('较低', { id: 'issue.level.low' }),
})

export const partStateName = reader<AssignmentState>({
  offered: () => msg('待签收', { id: 'issue.part.offered' }),
  accepted: () => msg('办理中', { id: 'issue.part.accepted' }),
  answered: () => msg('已答复', { id: 'issue.part.answered' }),
  returned: () => msg('已退单', { id: 'issue.part.returned' }),
  released: () => msg('已撤销', { id: 'issue.part.released' }),
})

export const requestName = reader<RequestKind>({
  return: () => msg('退单', { id: 'issue.request.return' }),
  suspension: () => msg('挂起', { id: 'issue.request.suspension' }),
  extension: () => msg('延期', { id: 'issue.request.extension' }),
})

export const outcomeName = reader<Outcome>({
  solved: () => msg('已解决', { id: 'issue.outcome.solved' }),
  explained: () => msg('已解释说明', { id: 'issue.outcome.explained' }),
})

export const reasonName = reader<CloseReason>({
  solved: () => msg('已解决', { id: 'issue.outcome.solved' }),
  explained: () => msg('已解释说明', { id: 'issue.outcome.explained' }),
  notAccepted: () => msg('不予受理', { id: 'issue.reason.notAccepted' }),
})

export const confirmationName = reader<Confirmation>({
  resident: () => msg('群众已确认', { id: 'issue.confirmed.resident' }),
  spotCheck: () => msg('经抽查核实', { id: 'issue.confirmed.spotCheck' }),
  unconfirmed: () => msg('期满未评价', { id: 'issue.confirmed.unconfirmed' }),
})

/** ★ in words, from one to five. */
export const starNames = (): string[] => [
  msg('很不满意', { id: 'issue.stars.1' }),
  msg('不满意', { id: 'issue.stars.2' }),
  msg('一般', { id: 'issue.stars.3' }),
  msg('满意', { id: 'issue.stars.4' }),
  msg('非常满意', { id: 'issue.stars.5' }),
]
