export { apply } from './apply.ts'
export { nextTick, type Tick } from './tick.ts'
export { begin } from './begin.ts'
export { FlowProblem } from './types.ts'
export type {
  ActionArgs,
  Address,
  Alarm,
  Deed,
  EventData,
  Notice,
  Step,
  Target,
} from './types.ts'
