import { concernsUnit, isPossible, targetsOf } from '../available.ts'
import type { Flow } from '../flow-schema.ts'
import { rowOf, type IssueAction } from '../table.ts'
import type { Change } from './steps/step.ts'
import { steps } from './steps/index.ts'
import { ticksOf } from './tick.ts'
import { FlowProblem, type ActionArgs, type Deed, type Step } from './types.ts'

/** Whether the time has come for what the clock does, and for exactly that: nothing happens early, nothing twice. */
function isDue(flow: Flow, action: IssueAction, args: object, { at, calendar }: Deed): boolean {
  const { clock, assignment } = args as { clock?: string; assignment?: number }
  return ticksOf(flow, calendar).some((tick) => {
    const due = tick.args as { clock?: string; assignment?: number }
    return tick.action === action && tick.at <= at && due.clock === clock && due.assignment === assignment
  })
}

function isAllowed(flow: Flow, action: IssueAction, args: object, deed: Deed): boolean {
  if (!isPossible(action, flow)) return false
  if (concernsUnit(action)) {
    const { assignment } = args as { assignment?: number }
    if (!targetsOf(action, flow).some(({ id }) => id === assignment)) return false
  }
  return rowOf(action).side !== 'clock' || isDue(flow, action, args, deed)
}

/**
 * [I1] Does one action to an issue's flow, or refuses. Pure: whoever calls checks that the person may do it (`reaches`)
 * and keeps what comes out.
 *
 * @throws FlowProblem `action_unavailable` when the table has no such way from here or the clock's time has not come,
 * or the code of a guard
 */
export function apply<A extends IssueAction>(flow: Flow, action: A, args: ActionArgs[A], deed: Deed): Step {
  if (!isAllowed(flow, action, args, deed)) throw new FlowProblem('action_unavailable')
  const step = steps[action] as (flow: Flow, args: ActionArgs[A], deed: Deed) => Change
  const { set, data = {}, notices = [] } = step(flow, args, deed)
  const next: Flow = { ...flow, state: rowOf(action).to ?? flow.state, ...set }
  return { flow: next, event: { action, from: flow.state, to: next.state, data }, notices }
}
