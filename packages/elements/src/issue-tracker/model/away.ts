import { codeOf } from '../../internal/problem-text.ts'

/** The server could not be reached, or did not answer in time. */
export const isAway = (problem: unknown): boolean =>
  ['offline', 'timeout', 'unavailable', 'bad_response'].includes(codeOf(problem))
