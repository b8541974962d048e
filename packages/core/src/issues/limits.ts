import type { IssueKind } from './words.ts'

/** [I8] Working days until the resident has an answer, by kind, unless the category says otherwise. */
export const kindDays: Readonly<Record<IssueKind, number>> = {
  consultation: 3,
  help: 3,
  complaint: 5,
  complex: 13,
}
/** [I8] Working days in which a unit accepts or returns. */
export const acceptDays = 1
/** [I3] Of the lead's time, the share that an assist has unless the dispatcher says otherwise. */
export const assistShare = 0.6
/** [I8] Of a clock's time, the share after which it warns. */
export const warnShare = 0.75
/** [I8] Chasers after a breach, one each working day. */
export const chasers = 3
/** [I12] How many days ahead a deadline may lie at most. */
export const deadlineDays = 366
