export { apply } from './apply.ts'
export { nextTick, type Tick } from './tick.ts'
export { begin } from './begin.ts'
export { FlowProblem, noticeTypes } from './types.ts'
export type {
  ActionArgs,
  Address,
  Alarm,
  Deed,
  EventData,
  Notice,
  NoticeType,
  Step,
  Target,
} from './types.ts'
