import { isOpen } from '../available.ts'
import type { Assignment, Flow } from '../flow-schema.ts'
import { iso, resumed } from './clocks.ts'
import { afterChange } from './guards.ts'
import type { Deed } from './types.ts'

/** The assignment of an id; `apply` has seen to it that it is there. */
export const partOf = (flow: Flow, id: number): Assignment => flow.assignments.find((part) => part.id === id)!
export const openParts = (flow: Flow): Assignment[] => flow.assignments.filter(isOpen)
/** Those who have answered in this round or before. */
export const answeredParts = (flow: Flow): Assignment[] =>
  flow.assignments.filter(({ state }) => state === 'answered')
export const nextId = (flow: Flow): number => flow.assignments.length + 1

export const replace = (flow: Flow, id: number, change: Partial<Assignment>): Assignment[] =>
  flow.assignments.map((part) => (part.id === id ? { ...part, ...change } : part))

type Ending = 'returned' | 'released'

/** A suspension ends first, so that the time that it paused stays counted. */
const ended = (part: Assignment, state: Ending, { at, calendar }: Deed): Assignment => ({
  ...resumed(part, at, calendar),
  state,
  endedAt: part.endedAt ?? iso(at),
  request: null,
})

/** Ends one part. */
export const end = (flow: Flow, id: number, state: Ending, deed: Deed): Assignment[] =>
  flow.assignments.map((part) => (part.id === id ? ended(part, state, deed) : part))

/** Whatever is at work, and the lead that has answered. */
export const engaged = (flow: Flow): Assignment[] =>
  flow.assignments.filter((part) => isOpen(part) || (part.role === 'lead' && part.state === 'answered'))

/** Ends all that is engaged. */
export function release(flow: Flow, deed: Deed): Assignment[] {
  const ending = new Set(engaged(flow))
  return flow.assignments.map((part) => (ending.has(part) ? ended(part, 'released', deed) : part))
}

/** [I9] The lead goes, and its assists with it: the next one is given its own. */
export function leaves(flow: Flow, id: number, state: Ending, deed: Deed) {
  const leadChanges = flow.leadChanges + 1
  const assignments = release({ ...flow, assignments: end(flow, id, state, deed) }, deed)
  return { assignments, leadChanges, state: afterChange(leadChanges, 0) } satisfies Partial<Flow>
}
