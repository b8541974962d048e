import type { CategoryRef, Flow } from '../flow-schema.ts'
import { kindDays } from '../limits.ts'
import { iso, startResidentClock } from './clocks.ts'
import type { Deed } from './types.ts'

/**
 * A new issue. Solved on the spot, it waits for the resident's rating at once [I4]; otherwise for the center.
 *
 * @param category when the reporter or the suggestion names one; the center confirms it at triage
 * @param solved what was done on the spot
 */
export function begin(deed: Deed, category: CategoryRef | null, solved?: { text: string }): Flow {
  const { at, actor, calendar } = deed
  const clock = startResidentClock(at, category?.days ?? kindDays.complaint, calendar)
  const rest = {
    ...{ category, assignments: [], rating: null, closing: null, leadChanges: 0, reopenings: 0 },
    ...{ supervised: false, pattern: null },
  }
  if (!solved) return { state: 'submitted', residentClock: clock, answer: null, awaitingSince: null, ...rest }
  const answer = {
    text: solved.text,
    outcome: 'solved' as const,
    unit: null,
    by: actor,
    at: iso(at),
    photos: [],
  }
  return {
    state: 'awaitingRating',
    residentClock: { ...clock, stoppedAt: iso(at) },
    answer,
    awaitingSince: iso(at),
    ...rest,
  }
}
