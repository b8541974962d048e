import type { Check } from './check.ts'
import { diaryChecks } from './diaries.ts'
import { issueChecks } from './issues.ts'
import { offlineChecks } from './offline.ts'
import { quietChecks } from './quiet.ts'
import { renderChecks } from './renders.ts'
import { reportChecks } from './reports.ts'

/** All checks of one browser, in the order in which they have to run. */
export const allChecks = (): Check[] => [
  ...renderChecks(),
  ...offlineChecks(),
  ...diaryChecks(),
  ...issueChecks(),
  ...reportChecks(),
  ...quietChecks(),
]
