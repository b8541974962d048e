import { unitKey, unitsOf } from '@minqing/core'
import type { Desk } from './call.ts'
import type { By } from './issue-desk.ts'
import type { IssueRow } from './state.ts'

/** Tells a change to those who may read the issue. */
export const tellIssue = (
  { log }: Desk,
  type: 'issue.created' | 'issue.changed',
  row: IssueRow,
  { at, actor }: By,
): void =>
  log.append(
    {
      ...{ type, area: row.area_code, at: new Date(at).toISOString(), actor: actor.id },
      ...{ issueId: row.id, version: row.version, state: row.flow.state, issueDiary: row.diary_id },
    },
    {
      kind: 'issue',
      units: unitsOf(row.flow).map((unit) => unitKey(row.area_code, unit)),
      person: row.reporter_id,
    },
  )
