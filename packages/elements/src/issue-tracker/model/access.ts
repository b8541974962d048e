import {
  actionsFor,
  inScope,
  isOpen,
  type Access,
  type Capability,
  type Issue,
  type IssueAction,
  type Me,
} from '@minqing/core/wire'

/** [I2] Where a capability reaches for the person, as the server has told. */
export const accessIn =
  (me: Me) =>
  (capability: Capability): Access => ({
    areas: me.scopes[capability] ?? [],
    units: me.units[capability] ?? [],
    own: capability in me.scopes,
  })

/** What the person may do with an issue now, and no others. */
export const actionsOf = (issue: Issue, me: Me): IssueAction[] => actionsFor(issue, me.id, accessIn(me))

/** Whether the capability reaches the issue's area, or a unit of the person that has a part in it. */
export function may(me: Me | undefined, capability: Capability, issue: Issue): boolean {
  if (!me) return false
  const { areas, units } = accessIn(me)(capability)
  const county = `${issue.area.code.slice(0, 6)}/`
  return (
    inScope(areas, issue.area.code) || issue.assignments.some(({ unit }) => units.includes(county + unit.id))
  )
}

/** Whether the person may see the phone whole: the center, and a unit for as long as it has a part. */
export const mayCall = (me: Me | undefined, issue: Issue): boolean =>
  may(me, 'issue.contact', {
    ...issue,
    assignments: issue.assignments.filter((part) => isOpen(part) || part.state === 'answered'),
  })

/** The area of the tracker when the host names none: the widest that the person may read issues of. */
export function areaOf(me: Me): string {
  const unit = me.units['issue.read']?.[0]?.split('/')[0]
  return me.scopes['issue.read']?.[0] ?? unit ?? me.grants[0]?.area.code ?? ''
}
