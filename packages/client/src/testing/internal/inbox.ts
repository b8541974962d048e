import { center, person, recipientsOf, unitKey, type Notice } from '@minqing/core'
import { newId } from '../../internal/id.ts'
import type { Desk } from './call.ts'
import type { By } from './issue-desk.ts'
import type { IssueRow } from './state.ts'

/** Puts messages about a change into the inboxes of those addressed, and tells their streams. */
export function notify(
  { state, log }: Desk,
  row: IssueRow,
  { at, actor, notices, dueAt }: By & { notices: readonly Notice[]; dueAt?: unknown },
): void {
  const reporter = person(row.reporter_id, row.reporter_name, row.reporter_title)
  const told = { reporter, byResident: row.source === 'report', actor, notices }
  for (const { type, person: to, unit, desk, toResident } of recipientsOf(told)) {
    const id = newId()
    const by = toResident ? center : actor
    const key = unit && unitKey(row.area_code, unit)
    const entry = {
      ...{ id, type, at: new Date(at).toISOString(), issue: row.id, number: row.number, title: row.title },
      ...{ area: { code: row.area_code, name: row.area_name }, state: row.flow.state, actor: by },
      dueAt: typeof dueAt === 'string' ? dueAt : null,
    }
    state.inbox.set(id, { entry, actor: actor.id, person: to, unit: key, desk })
    log.append(
      {
        ...{ type: 'inbox.added', area: row.area_code, at: entry.at, actor: by.id },
        ...{ entryId: id, noticeType: type },
      },
      { kind: 'inbox', person: to, units: key === null ? [] : [key], desk },
    )
  }
}
