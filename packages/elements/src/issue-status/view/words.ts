import type { Report } from '@minqing/core/wire'
import { msg, str } from '../../internal/localize.ts'

/** One of the steps that a resident sees. */
export interface Stage {
  name: string
  /** When it was reached. */
  at?: string | undefined
}

const stageOf = ({ state }: Pick<Report, 'state'>): number => {
  if (state === 'submitted' || state === 'triaged') return 0
  if (state === 'awaitingRating') return 2
  return state === 'closed' ? 3 : 1
}

/** 已收到 → 办理中 → 已答复 → 已评价; what was not accepted ends after the first. */
export function stagesOf(report: Report): { stages: Stage[]; current: number } {
  const { closing, rating, createdAt, answer } = report
  const received = { name: msg('已收到', { id: 'reports.stage.received' }), at: createdAt }
  if (closing?.reason === 'notAccepted') {
    const ended = { name: msg('不予受理', { id: 'reports.stage.notAccepted' }), at: closing.at }
    return { stages: [received, ended], current: 1 }
  }
  const worked = report.steps.find((step) => stageOf(step) === 1)
  const isRated = rating !== null || !closing
  const end = isRated
    ? msg('已评价', { id: 'reports.stage.rated' })
    : msg('已办结', { id: 'reports.stage.closed' })
  const stages = [
    received,
    { name: msg('办理中', { id: 'reports.stage.working' }), at: worked?.at },
    { name: msg('已答复', { id: 'reports.stage.answered' }), at: answer?.at },
    { name: end, at: closing?.at },
  ]
  return { stages, current: stageOf(report) }
}

/** Where it stands, in one sentence. */
export function standing(report: Report): string {
  const { state, unit, closing, rating } = report
  switch (state) {
    case 'submitted':
      return msg('已经收到，正在安排承办单位', { id: 'reports.standing.submitted' })
    case 'triaged':
      return msg('已经受理，正在安排承办单位', { id: 'reports.standing.triaged' })
    case 'dispatched':
      return unit
        ? msg(str`已交给${unit}办理`, { id: 'reports.standing.dispatched' })
        : msg('正在办理', { id: 'reports.standing.working' })
    case 'awaitingRating':
      return msg('已有答复，请您评价', { id: 'reports.standing.awaitingRating' })
    case 'jointConsultation':
      return msg('几个部门正在一起商量怎么办', { id: 'reports.standing.jointConsultation' })
    case 'merged':
      return msg('与其他群众反映的同一类事一并办理', { id: 'reports.standing.merged' })
    case 'closed':
      if (closing?.reason === 'notAccepted')
        return msg('这件事没有受理', { id: 'reports.standing.notAccepted' })
      return rating
        ? msg('已办结，感谢您的评价', { id: 'reports.standing.rated' })
        : msg('已办结', { id: 'reports.standing.closed' })
    default:
      return unit
        ? msg(str`${unit}正在办理`, { id: 'reports.standing.inProgress' })
        : msg('正在办理', { id: 'reports.standing.working' })
  }
}

/** A line of what happened. */
export function stepName({ state, unit }: Report['steps'][number]): string {
  switch (state) {
    case 'submitted':
      return msg('收到您的反映', { id: 'reports.step.submitted' })
    case 'triaged':
      return msg('受理，安排承办单位', { id: 'reports.step.triaged' })
    case 'dispatched':
      return unit
        ? msg(str`交给${unit}`, { id: 'reports.step.dispatched' })
        : msg('交给承办单位', { id: 'reports.step.dispatched.bare' })
    case 'inProgress':
      return unit
        ? msg(str`${unit}开始办理`, { id: 'reports.step.inProgress' })
        : msg('开始办理', { id: 'reports.step.inProgress.bare' })
    case 'answered':
      return msg('承办单位提交了结果，正在审核', { id: 'reports.step.answered' })
    case 'awaitingRating':
      return msg('答复您', { id: 'reports.step.awaitingRating' })
    case 'jointConsultation':
      return msg('几个部门一起商量', { id: 'reports.step.jointConsultation' })
    case 'merged':
      return msg('与同一类事一并办理', { id: 'reports.step.merged' })
    case 'closed':
      return msg('办结', { id: 'reports.step.closed' })
  }
}

/** From one star to five. */
export const starNames = (): string[] => [
  msg('很不满意', { id: 'reports.stars.1' }),
  msg('不满意', { id: 'reports.stars.2' }),
  msg('一般', { id: 'reports.stars.3' }),
  msg('满意', { id: 'reports.stars.4' }),
  msg('非常满意', { id: 'reports.stars.5' }),
]
