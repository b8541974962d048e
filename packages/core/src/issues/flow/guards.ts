import { dayMs } from '../clock.ts'
import type { Assignment, Flow } from '../flow-schema.ts'
import { isOpen } from '../available.ts'
import { consultationAfter, reopenDays } from '../words.ts'
import { ms } from './clocks.ts'
import { FlowProblem } from './types.ts'

/** [I3] An assist ends before the lead does, so that the lead can answer in time. */
export function checkAssists(lead: Assignment, assists: readonly Assignment[]): void {
  if (assists.some(({ dueAt }) => ms(dueAt) >= ms(lead.dueAt))) throw new FlowProblem('assist_deadline_late')
}

/** [I3] The lead cannot answer while an assist is at work; the dispatcher may release it, with a reason. */
export function checkNoAssistOpen(flow: Flow): void {
  if (flow.assignments.some((part) => part.role === 'assist' && isOpen(part)))
    throw new FlowProblem('assist_open')
}

/** [I11] What answers for others stays until they have been split off. */
export function checkNoChildren(flow: Flow): void {
  if (flow.pattern && flow.pattern.children > 0) throw new FlowProblem('pattern_has_children')
}

/** [I10] Within thirty days. That it was answered, `isPossible` knows. */
export function checkReopening(flow: Flow, at: number): void {
  if (at - ms(flow.closing!.at) > reopenDays * dayMs) throw new FlowProblem('reopen_expired')
}

/** [I9] Where it goes when no lead is in charge any more: three changes or reopenings are for a joint consultation. */
export const afterChange = (leadChanges: number, reopenings: number): 'triaged' | 'jointConsultation' =>
  leadChanges >= consultationAfter || (reopenings > 0 && reopenings % consultationAfter === 0)
    ? 'jointConsultation'
    : 'triaged'
