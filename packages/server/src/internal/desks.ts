import type { Capability } from '@minqing/core'

/** A desk is whoever holds a capability over the area: the dispatchers, or the leaders who consult. */
export type Desk = 'dispatch' | 'lead'

const capabilities: Readonly<Record<Desk, Capability>> = { dispatch: 'issue.dispatch', lead: 'issue.consult' }

export const desks = Object.keys(capabilities) as Desk[]

/** The areas for which somebody sits at a desk. */
export const deskAreas = (
  desk: Desk,
  caller: { scopeFor(capability: Capability): readonly string[] },
): readonly string[] => caller.scopeFor(capabilities[desk])
