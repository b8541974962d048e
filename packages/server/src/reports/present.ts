export { presentReport, type ReportStep as StepRow } from '@minqing/core'
