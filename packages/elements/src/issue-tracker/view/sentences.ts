import type { CategoryRef, IssueEvent, UnitRef } from '@minqing/core'
import type { CloseReason, Outcome, RequestKind } from '@minqing/core/wire'
import { msg, str } from '../../internal/localize.ts'
import { absolute } from '../../internal/time.ts'
import { outcomeName, reasonName, requestName, starNames } from './words.ts'

/** What the actions put into their events; each event has some of it. */
interface Data {
  category?: CategoryRef
  reason?: string
  note?: string
  text?: string
  reply?: string
  decision?: string
  unit?: UnitRef
  better?: UnitRef | null
  lead?: UnitRef
  assists?: readonly UnitRef[]
  dueAt?: string
  until?: string
  request?: RequestKind
  outcome?: Outcome
  stars?: number
  score?: number
  from?: number
  to?: number
  main?: string | { number: string }
  clock?: 'resident' | 'accept' | 'due'
  withdrawn?: boolean
  days?: number
}

const dataOf = (event: IssueEvent): Data => event.data
const unitOf = ({ unit }: Data): string => unit?.name ?? msg('承办单位', { id: 'tracker.unit' })
const time = (instant: string | undefined): string => (instant ? absolute(new Date(instant)) : '')
const clockName = ({ clock, unit }: Data): string => {
  if (clock === 'resident' || !unit) return msg('群众时限', { id: 'clock.resident' })
  return clock === 'accept'
    ? msg(str`${unit.name}的签收时限`, { id: 'event.acceptClock' })
    : msg(str`${unit.name}的办理时限`, { id: 'event.dueClock' })
}

type Sentences = Record<IssueEvent['action'], (data: Data) => string>

/** What happened, in one sentence; who did it stands before it. */
const sentences: Sentences = {
  submit: () => msg('上报了事项', { id: 'event.submit' }),
  solveOnSpot: () => msg('当场解决并记录', { id: 'event.solveOnSpot' }),
  forward: () => msg('由民情日记转为事项', { id: 'event.forward' }),
  rescore: ({ score }) =>
    score === undefined
      ? msg('重新计算了赋分', { id: 'event.rescore' })
      : msg(str`赋分重新计算为 ${score} 分`, { id: 'event.rescored' }),
  showContact: () => msg('查看了群众的联系电话', { id: 'event.showContact' }),
  triage: ({ category }) =>
    msg(str`受理，归入“${category?.name ?? ''}”，${category?.days ?? ''} 个工作日内答复群众`, {
      id: 'event.triage',
    }),
  refuse: () => msg('决定不予受理', { id: 'event.refuse' }),
  withdraw: () => msg('撤回了事项', { id: 'event.withdraw' }),
  overridePriority: ({ score }) => msg(str`把赋分调整为 ${score ?? ''} 分`, { id: 'event.overridePriority' }),
  dispatch: ({ lead, assists = [], dueAt }) =>
    assists.length
      ? msg(
          str`派单给${lead?.name ?? ''}主办、${assists.map(({ name }) => name).join('、')}协办，期限 ${time(dueAt)}`,
          {
            id: 'event.dispatchAssisted',
          },
        )
      : msg(str`派单给${lead?.name ?? ''}主办，期限 ${time(dueAt)}`, { id: 'event.dispatch' }),
  addAssist: (data) => msg(str`增加${unitOf(data)}协办，期限 ${time(data.dueAt)}`, { id: 'event.addAssist' }),
  releaseAssist: (data) => msg(str`撤销了${unitOf(data)}的协办`, { id: 'event.releaseAssist' }),
  recall: (data) => msg(str`从${unitOf(data)}撤回了派单`, { id: 'event.recall' }),
  accept: (data) => msg(str`代表${unitOf(data)}签收（主办）`, { id: 'event.accept' }),
  acceptAssist: (data) => msg(str`代表${unitOf(data)}签收（协办）`, { id: 'event.acceptAssist' }),
  addProgress: (data) => msg(str`反馈${unitOf(data)}的办理情况`, { id: 'event.addProgress' }),
  answerAssist: (data) => msg(str`${unitOf(data)}完成协办并答复主办单位`, { id: 'event.answerAssist' }),
  answer: (data) =>
    msg(str`${unitOf(data)}答复：${data.outcome ? outcomeName(data.outcome) : ''}`, { id: 'event.answer' }),
  requestReturn: (data) =>
    msg(str`申请退单，建议改派${data.unit?.name ?? ''}`, { id: 'event.requestReturn' }),
  requestSuspension: ({ until }) => msg(str`申请挂起到 ${time(until)}`, { id: 'event.requestSuspension' }),
  requestExtension: ({ until }) => msg(str`申请延期到 ${time(until)}`, { id: 'event.requestExtension' }),
  approveReturn: (data) => msg(str`同意${unitOf(data)}退单`, { id: 'event.approveReturn' }),
  approveAssistReturn: (data) => msg(str`同意${unitOf(data)}退出协办`, { id: 'event.approveAssistReturn' }),
  approveSuspension: () => msg('同意挂起，办理时限暂停', { id: 'event.approveSuspension' }),
  approveExtension: ({ dueAt }) => msg(str`同意延期到 ${time(dueAt)}`, { id: 'event.approveExtension' }),
  refuseRequest: ({ request }) =>
    msg(str`不同意${request ? requestName(request) : msg('申请', { id: 'action.request' })}`, {
      id: 'event.refuseRequest',
    }),
  resume: () => msg('恢复办理，时限继续计算', { id: 'event.resume' }),
  approveAnswer: () => msg('审核通过，请群众评价', { id: 'event.approveAnswer' }),
  sendBack: () => msg('审核未通过，退回主办单位', { id: 'event.sendBack' }),
  rate: ({ stars = 0 }) =>
    msg(str`评价：已解决，${stars} 星（${starNames()[stars - 1] ?? ''}）`, { id: 'event.rate' }),
  rateUnsolved: ({ stars = 0 }) =>
    msg(str`评价：未解决，${stars} 星，重新办理`, { id: 'event.rateUnsolved' }),
  spotCheck: ({ reason }) =>
    msg(str`抽查核实后办结：${reasonName(reason as CloseReason)}`, { id: 'event.spotCheck' }),
  closeUnrated: ({ days }) => msg(str`${days ?? 7} 天内没有评价，自动办结`, { id: 'event.closeUnrated' }),
  reopen: () => msg('要求重办', { id: 'event.reopen' }),
  remind: () => msg('催办', { id: 'action.remind' }),
  supervise: () => msg('列入督办', { id: 'event.supervise' }),
  escalate: () => msg('提请会诊', { id: 'action.escalate' }),
  conclude: () => msg('作出会诊决定', { id: 'event.conclude' }),
  merge: ({ main }) =>
    msg(str`并入一类事 ${typeof main === 'object' ? main.number : ''}`, { id: 'event.merge' }),
  split: () => msg('从一类事中拆出，单独办理', { id: 'event.split' }),
  replyChild: ({ outcome }) =>
    msg(str`单独答复：${outcome ? outcomeName(outcome) : ''}`, { id: 'event.replyChild' }),
  inheritAnswer: ({ outcome }) =>
    msg(str`随一类事一并答复：${outcome ? outcomeName(outcome) : ''}`, { id: 'event.inheritAnswer' }),
  warn: (data) => msg(str`${clockName(data)}即将到期（${time(data.dueAt)}）`, { id: 'event.warn' }),
  breach: (data) => msg(str`${clockName(data)}已超期（${time(data.dueAt)}）`, { id: 'event.breach' }),
  chase: (data) => msg(str`${clockName(data)}超期未办结，自动催办`, { id: 'event.chase' }),
  endSuspension: () => msg('挂起期满，时限继续计算', { id: 'event.endSuspension' }),
}

/** An event in one sentence. */
export function sentence(event: IssueEvent): string {
  const say = sentences[event.action] as ((data: Data) => string) | undefined
  return say ? say(dataOf(event)) : event.action
}

/** What was said with it, in the words of who did it. */
export function said(event: IssueEvent): string | undefined {
  const { note, text, reply, decision, reason } = dataOf(event)
  const words = event.action === 'spotCheck' ? note : (note ?? text ?? reply ?? decision ?? reason)
  return words?.trim() || undefined
}

/** Whether it is the clock that speaks, or something bad that happened. */
export const toneOf = ({ action }: IssueEvent): 'bad' | 'warn' | 'good' | undefined => {
  if (action === 'breach' || action === 'chase' || action === 'rateUnsolved') return 'bad'
  if (action === 'warn' || action === 'requestReturn' || action === 'sendBack') return 'warn'
  return action === 'rate' || action === 'approveAnswer' || action === 'solveOnSpot' ? 'good' : undefined
}
