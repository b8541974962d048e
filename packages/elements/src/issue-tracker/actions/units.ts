import { rowOf, targetsOf, type Issue, type IssueAction, type Me, type UnitRef } from '@minqing/core/wire'
import { accessIn } from '../model/access.ts'

/** The person's units that could do one of the actions now. */
export function unitsIn(me: Me, actions: readonly IssueAction[], issue: Issue): UnitRef[] {
  const county = `${issue.area.code.slice(0, 6)}/`
  const found = actions.flatMap((action) => {
    const { side, capability } = rowOf(action)
    if (side !== 'unit' || !capability) return []
    const own = accessIn(me)(capability)
      .units.filter((key) => key.startsWith(county))
      .map((key) => key.slice(county.length))
    return targetsOf(action, issue, own).map(({ unit }) => unit)
  })
  return [...new Map(found.map((unit) => [unit.id, unit])).values()]
}
