import {
  dayMs,
  priorityLevelOf,
  priorityOf,
  workingMs,
  type Calendar,
  type Flow,
  type Priority,
  type PriorityLevel,
} from '@minqing/core'
import type { Rescore } from './seams.ts'

/** How a score is worked out and worded. */
export interface Scoring {
  readonly rescore: Rescore
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
