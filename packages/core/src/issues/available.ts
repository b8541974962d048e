import { inScope } from '../areas/rules.ts'
import { unitKey, type Access, type Capability } from '../policy.ts'
import { issueActions, rowOf, type IssueAction } from './table.ts'
import type { AssignmentRole, AssignmentState, CloseReason, IssueState, RequestKind } from './words.ts'

/** The part of an issue that says what may happen to it; core's `Issue` fits. */
export interface Situation {
  readonly state: IssueState
  readonly closing: { readonly reason: CloseReason } | null
  readonly assignments: readonly {
    readonly id: number
    readonly unit: { readonly id: string }
    readonly role: AssignmentRole
    readonly state: AssignmentState
    readonly suspendedAt: string | null
    readonly request: { readonly kind: RequestKind } | null
  }[]
}

type Part = Situation['assignments'][number]

/** Assignments that are still at work. */
export const isOpen = ({ state }: Pick<Part, 'state'>): boolean => state === 'offered' || state === 'accepted'

/** The lead that is at work or has answered; units that gave it back are not. */
export const leadOf = <P extends Part>(assignments: readonly P[]): P | undefined =>
  assignments.find(({ role, state }) => role === 'lead' && state !== 'returned' && state !== 'released')

/** Whether an action fits one assignment, by the columns of its row. */
function fits(action: IssueAction, part: Part): boolean {
  const row = rowOf(action)
  if (row.role && row.role !== part.role) return false
  if (row.assignment && !row.assignment.includes(part.state)) return false
  if (!row.assignment && !isOpen(part)) return false
  const asked = part.request?.kind ?? null
  if (row.request === 'any' ? asked === null : row.request !== undefined && asked !== row.request)
    return false
  return row.suspended === undefined || row.suspended === (part.suspendedAt !== null)
}

/** Whether the row speaks of an assignment at all. */
export const concernsUnit = (action: IssueAction): boolean => {
  const row = rowOf(action)
  return (
    row.side === 'unit' ||
    Boolean(row.role ?? row.assignment) ||
    row.request !== undefined ||
    row.suspended !== undefined
  )
}

/**
 * [I1] The assignments that an action could concern now. Of an action that concerns none it is empty.
 *
 * @param units those for which the caller works; only for what units do themselves
 */
export const targetsOf = <S extends Situation>(
  action: IssueAction,
  situation: S,
  units?: readonly string[],
): S['assignments'][number][] =>
  situation.assignments.filter(
    (part) =>
      fits(action, part) &&
      (rowOf(action).side !== 'unit' || units === undefined || units.includes(part.unit.id)),
  )

/** [I1] Whether the state, and the assignments, let an action happen now; who may do it is `isAllowed`. */
export function isPossible(action: IssueAction, situation: Situation, units?: readonly string[]): boolean {
  const { from, guards } = rowOf(action)
  if (!from.includes(situation.state)) return false
  // [I10] what was withdrawn or not accepted is reported anew
  if (guards?.includes('closed with an answer') && situation.closing?.reason === 'notAccepted') return false
  return !concernsUnit(action) || targetsOf(action, situation, units).length > 0
}

/** Whom and where an issue concerns; core's `Issue` fits. */
export interface Whereabouts extends Situation {
  readonly area: { readonly code: string }
  readonly reporter: { readonly id: string }
}

/** [I2] Whether an access reaches an issue: by its area, by a unit that has or had a part in it, or as its reporter. */
export const reaches = (access: Access, issue: Whereabouts, person: string): boolean =>
  inScope(access.areas, issue.area.code) ||
  (access.own && issue.reporter.id === person) ||
  issue.assignments.some(({ unit }) => access.units.includes(unitKey(issue.area.code, unit.id)))

/**
 * [I2] Whether a person may do an action with an issue at all, whatever its state. Having reported it opens what
 * reporters do, and nothing that the center or units do.
 *
 * @param access where the action's capability reaches for the person
 */
export function isAuthorized(
  action: IssueAction,
  issue: Whereabouts,
  person: string,
  access: Access,
): boolean {
  const { side } = rowOf(action)
  if (action === 'withdraw' && issue.reporter.id !== person) return false
  return reaches(side === 'reporter' ? access : { ...access, own: false }, issue, person)
}

/** Ids of the units in an issue's county for which an access holds. */
export function unitsIn(access: Access, area: string): string[] {
  const county = unitKey(area, '')
  return access.units.filter((key) => key.startsWith(county)).map((key) => key.slice(county.length))
}

/**
 * The actions that a person may do with an issue now, and no others: what a widget offers, and what the server admits.
 *
 * @param accessOf where a capability reaches for the person
 */
export const actionsFor = (
  issue: Whereabouts,
  person: string,
  accessOf: (capability: Capability) => Access,
): IssueAction[] =>
  issueActions.filter((action) => {
    const { capability, side } = rowOf(action)
    if (capability === null) return false
    const access = accessOf(capability)
    if (!isAuthorized(action, issue, person, access)) return false
    return isPossible(action, issue, side === 'unit' ? unitsIn(access, issue.area.code) : undefined)
  })
