import { concernsUnit, isPossible, targetsOf } from '../available.ts'
import type { Flow } from '../flow-schema.ts'
import { rowOf, type IssueAction } from '../table.ts'
import { steps, type Change } from './steps.ts'
import { FlowProblem, type ActionArgs, type Deed, type Step } from './types.ts'

/**
 * [I1] Does one action to an issue's flow, or refuses. Pure: whoever calls checks that the person may do it (`reaches`)
 * and keeps what comes out.
 *
 * @throws FlowProblem `action_unavailable` when the table has no such way from here, or the code of a guard
 */
export function apply<A extends IssueAction>(flow: Flow, action: A, args: ActionArgs[A], deed: Deed): Step {
  if (!isPossible(action, flow)) throw new FlowProblem('action_unavailable')
  const { assignment } = args as { assignment?: number }
  if (concernsUnit(action) && !targetsOf(action, flow).some(({ id }) => id === assignment)) {
    throw new FlowProblem('action_unavailable')
  }
  const step = steps[action] as (flow: Flow, args: ActionArgs[A], deed: Deed) => Change
  const { set, data = {}, notices = [] } = step(flow, args, deed)
  const next: Flow = { ...flow, state: rowOf(action).to ?? flow.state, ...set }
  return { flow: next, event: { action, from: flow.state, to: next.state, data }, notices }
}
