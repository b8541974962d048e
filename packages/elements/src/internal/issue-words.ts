import type { IssueState } from '@minqing/core/wire'
import { msg } from './localize.ts'

/** Where an issue stands, as cadres and units say it. */
export function stateName(state: IssueState): string {
  const names: Record<IssueState, () => string> = {
    submitted: () => msg('待受理', { id: 'issue.state.submitted' }),
    triaged: () => msg('待派单', { id: 'issue.state.triaged' }),
    dispatched: () => msg('待签收', { id: 'issue.state.dispatched' }),
    inProgress: () => msg('办理中', { id: 'issue.state.inProgress' }),
    answered: () => msg('待审核', { id: 'issue.state.answered' }),
    awaitingRating: () => msg('待评价', { id: 'issue.state.awaitingRating' }),
    closed: () => msg('已办结', { id: 'issue.state.closed' }),
    jointConsultation: () => msg('会诊中', { id: 'issue.state.jointConsultation' }),
    merged: () => msg('已并入一类事', { id: 'issue.state.merged' }),
  }
  return names[state]()
}
