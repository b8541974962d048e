import { dayMs, workingMs, type Calendar } from './clock.ts'
import type { Flow } from './flow-schema.ts'
import { priorityLevelOf, priorityOf, type PriorityFacts, type PriorityScore } from './priority.ts'
import type { Priority } from './schema.ts'
import type { PriorityLevel } from './words.ts'

/** How a score is worked out and worded. */
export interface Scoring {
  readonly rescore: (facts: PriorityFacts) => PriorityScore
  readonly levelOf: (score: number) => PriorityLevel
}

/** As core says [I13]. */
export const coreScoring: Scoring = { rescore: priorityOf, levelOf: priorityLevelOf }

/** [I13] The sum as of now; a dispatcher's override stays on top of it. */
export function scored(
  scoring: Scoring,
  of: { text: string; flow: Flow; similar: number; override: Priority['override'] },
  at: number,
  calendar: Calendar,
): Priority {
  const { flow, override } = of
  const { startedAt, stoppedAt } = flow.residentClock
  const until = stoppedAt === null ? at : Date.parse(stoppedAt)
  const sum = scoring.rescore({
    text: of.text,
    category: flow.category,
    similarOpen: of.similar,
    waitingWorkingDays: workingMs(Date.parse(startedAt), until, calendar) / dayMs,
    reopenings: flow.reopenings,
  })
  return override
    ? { ...sum, score: override.score, level: scoring.levelOf(override.score), override }
    : { ...sum, override: null }
}
