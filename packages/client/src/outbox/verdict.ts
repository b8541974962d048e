import type { ProblemData } from '../errors.ts'

/**
 * What a failed try means for the entry:
 * - `stop`: the client is closing; nothing is learned
 * - `pause`: the person is not signed in, or the key to what is kept here is away; no entry of theirs can go
 * - `wait`: the server or the network is away; everything behind waits too, in order
 * - `stumble`: this answer may be about this entry alone; after some tries those behind go first
 * - `park`: the server refuses the content; a person must look at it
 */
export type Verdict = 'stop' | 'pause' | 'wait' | 'stumble' | 'park'

/** Marks a problem that no later try can end, whatever its code says elsewhere. */
export const refusal = <E extends ProblemData>(error: E): E => Object.assign(error, { isRefusal: true })
const isRefusal = (error: ProblemData) => (error as { isRefusal?: boolean }).isRefusal === true

const waits = new Set<string>([
  'offline',
  'timeout',
  'unavailable',
  'rate_limited',
  'idempotency_in_flight',
  'upload_offset_conflict',
])
const pauses = new Set<string>(['unauthenticated', 'origin_denied', 'entry_locked'])
/** An upload that the server has cleared away while it went on (`not_found`) begins anew next time. */
const stumbles = new Set<string>(['internal', 'bad_response', 'not_found'])

export function verdictOn(error: ProblemData): Verdict {
  if (error.code === 'aborted') return 'stop'
  if (error.code === 'photo_unreadable' || error.code === 'entry_damaged' || isRefusal(error)) return 'park'
  if (error.status === 401 || pauses.has(error.code)) return 'pause'
  if (waits.has(error.code) || error.status === 408 || error.status === 425) return 'wait'
  if (stumbles.has(error.code) || error.status === undefined || error.status >= 500) return 'stumble'
  return 'park'
}

/** Tries after which a stumbling entry no longer holds up those behind it. */
export const stumbleLimit = 5

/** The last try did not reach the server, or no answer came back: that says nothing of the network as it is now. */
export const wasCutOff = ({ code }: ProblemData): boolean => code === 'offline' || code === 'timeout'
