export { apply } from './apply.ts'
export { nextTick, type Tick } from './tick.ts'
export { begin } from './begin.ts'
export {
  actionOperations,
  choose,
  type ActionInput,
  type ActionOperation,
  type Choice,
  type Found,
  type Sought,
} from './choose.ts'
export { FlowProblem } from './types.ts'
export type { ActionArgs, Address, Alarm, Deed, EventData, Notice, Step, Target } from './types.ts'
