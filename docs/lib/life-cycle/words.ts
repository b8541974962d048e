import type { ClockEffect, Guard, IssueAction, IssueState, Transition } from '@minqing/core'

export const stateNames: Record<IssueState, string> = {
  submitted: '待受理',
  triaged: '待派',
  dispatched: '待签收',
  inProgress: '办理中',
  answered: '待审核',
  awaitingRating: '待评价',
  closed: '办结',
  jointConsultation: '会诊中',
  merged: '已并入一类事',
}

export const actionNames: Record<IssueAction, string> = {
  triage: '受理定类',
  refuse: '不予受理',
  withdraw: '撤回事项',
  overridePriority: '调整赋分',
  dispatch: '派单',
  addAssist: '增加协办',
  releaseAssist: '撤销协办',
  recall: '撤回派单',
  accept: '主办签收',
  acceptAssist: '协办签收',
  addProgress: '办理反馈',
  answerAssist: '协办答复',
  answer: '答复',
  requestReturn: '申请退单',
  requestSuspension: '申请挂起',
  requestExtension: '申请延期',
  approveReturn: '同意退单',
  approveAssistReturn: '同意协办退单',
  approveSuspension: '同意挂起',
  approveExtension: '同意延期',
  refuseRequest: '不同意申请',
  resume: '恢复办理',
  approveAnswer: '审核通过',
  sendBack: '审核退回',
  rate: '评价',
  rateUnsolved: '评价未解决',
  spotCheck: '抽查核实',
  closeUnrated: '期满未评价',
  reopen: '重办',
  remind: '催办',
  supervise: '督办',
  escalate: '提请会诊',
  conclude: '会诊决定',
  merge: '并入',
  split: '拆出',
  replyChild: '单独答复',
  inheritAnswer: '统一答复',
  warn: '预警',
  breach: '超期',
  chase: '追催',
  endSuspension: '挂起期满',
}

export const sideNames: Record<Transition['side'], string> = {
  center: '中心与领导',
  unit: '承办单位',
  reporter: '上报人',
  clock: '时钟',
  pattern: '一类事的主事项',
}

export const guardNames: Record<Guard, string> = {
  'has a category': '已确定类别',
  'each unit once': '同一单位只承担一次',
  'deadlines are working time to come': '期限在一年之内的工作日',
  'a later deadline': '晚于原期限',
  'assists end before the lead': '协办早于主办',
  'ten assists at most': '协办单位最多十个',
  'return names a better unit': '指明更合适的单位',
  'no assist is open': '协办都已办结',
  'closed no longer than thirty days ago': '办结不超过 30 天',
  'closed with an answer': '是经答复后办结的',
  'no children': '没有事项并入其中',
  'pattern takes it': '主事项仍在办理',
}

export const clockNames: Record<ClockEffect, string> = {
  'unit starts': '单位时钟开始',
  'unit stops': '单位时钟停止',
  'unit goes on': '单位时钟接着走',
  'unit pauses': '单位时钟暂停',
  'unit resumes': '单位时钟恢复，期限顺延',
  'unit extends': '单位期限延后',
  'resident deadline': '群众期限随类别确定',
  'resident stops': '群众时钟停止',
  'resident goes on': '群众时钟接着走，不重置',
}

export const roleNames = { lead: '主办', assist: '协办' } as const
export const assignmentNames = {
  offered: '待签收',
  accepted: '办理中',
  answered: '已答复',
  returned: '已退单',
  released: '已撤销',
} as const
export const requestNames = { return: '退单', suspension: '挂起', extension: '延期', any: '任一' } as const
