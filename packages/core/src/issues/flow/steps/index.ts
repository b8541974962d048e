import { centerSteps } from './center.ts'
import { clockSteps } from './clock.ts'
import { patternSteps } from './pattern.ts'
import { pressureSteps } from './pressure.ts'
import { requestSteps } from './requests.ts'
import { resultSteps } from './result.ts'
import type { Steps } from './step.ts'
import { unitSteps } from './units.ts'

/** What each action of the table does to the flow: a missing one is a type error. */
export const steps: Steps = {
  ...centerSteps,
  ...unitSteps,
  ...requestSteps,
  ...resultSteps,
  ...pressureSteps,
  ...patternSteps,
  ...clockSteps,
}
