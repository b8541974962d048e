import { workingMs, type Calendar, type Flow, type Priority, type PriorityLevel } from '@minqing/core'
import type { Rescore } from './seams.ts'

/** How a score is worked out and worded. */
export interface Scoring {
  readonly rescore: Rescore
  readonly levelOf: (score: number) => PriorityLevel
}

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
    category: flow.category?.code ?? null,
    similar: of.similar,
    waitingMs: workingMs(Date.parse(startedAt), until, calendar),
    reopenings: flow.reopenings,
  })
  return override
    ? { ...sum, score: override.score, level: scoring.levelOf(override.score), override }
    : { ...sum, override: null }
}

/** Only what can be counted: waiting, similar ones, reopenings. */
export const plainScoring: Scoring = {
  rescore: ({ similar, waitingMs, reopenings }) => {
    const days = Math.floor(waitingMs / 86_400_000)
    const reasons = [
      { rule: 'similar', points: Math.min(20, 4 * similar), detail: String(similar) },
      { rule: 'waiting', points: Math.min(20, 2 * days), detail: String(days) },
      { rule: 'reopened', points: Math.min(30, 10 * reopenings), detail: String(reopenings) },
    ].filter(({ points }) => points > 0) as Priority['reasons']
    const score = Math.min(100, 30 + reasons.reduce((sum, { points }) => sum + points, 0))
    return { score, level: levelOf(score), reasons }
  },
  levelOf,
}

function levelOf(score: number): PriorityLevel {
  return score >= 80 ? 'urgent' : score >= 60 ? 'high' : score >= 30 ? 'normal' : 'low'
}
