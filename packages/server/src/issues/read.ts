import { inScope, isOpen, unitKey, type DiaryIssue, type IssueEvent } from '@minqing/core'
import { sql, type Selectable } from 'kysely'
import { RawJson, type Call } from '../internal/handler.ts'
import {
  lockReached,
  readIssue,
  whoOf,
  type IssueDesk,
  type IssueRow,
  type Who,
} from '../internal/issue-desk.ts'
import { inReach } from '../internal/issues/reach.ts'
import { person } from '../internal/issues/state.ts'
import type { IssueEventTable } from '../internal/issues/tables.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { personOf } from './actions.ts'

/** The only maker of an event's wire form. */
export const presentEvent = (row: Selectable<IssueEventTable>): IssueEvent => ({
  seq: row.seq,
  action: row.action,
  at: row.at.toISOString(),
  actor: person(row.actor_id, row.actor_name, row.actor_title),
  from: row.from_state,
  to: row.to_state,
  data: row.data,
  hash: row.hash.toString('hex'),
})

export const timelineOf = (call: Call, id: string): Promise<{ items: IssueEvent[] }> =>
  call.transact(async (tx) => {
    const { county } = await readIssue(tx, whoOf(call), id)
    const events = tx.selectFrom('issue_event').selectAll().where('county', '=', county)
    const rows = await events.where('issue_id', '=', id).orderBy('seq').execute()
    return { items: rows.map(presentEvent) }
  })

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Of the diaries asked for, those that are issues which the caller may see. */
export const issuesOfDiaries = (call: Call, ids: string): Promise<{ items: DiaryIssue[] }> =>
  call.transact(async (tx) => {
    const wanted = ids.split(',').filter((id) => uuid.test(id))
    if (wanted.length === 0) return { items: [] }
    const { rows } = await sql<DiaryIssue>`
      select diary_id as diary, id as issue, number, state from issue
      where diary_id = any(${wanted}::uuid[]) and not withdrawn and ${inReach(whoOf(call))}`.execute(tx)
    return { items: rows }
  })

/** A unit that has given the issue back, or lost it, goes on reading it, but has nobody to call any more. */
const mayCall = ({ flow, area_code: area }: IssueRow, { access }: Who): boolean =>
  inScope(access.areas, area) ||
  flow.assignments.some(
    (part) =>
      (isOpen(part) || part.state === 'answered') && access.units.includes(unitKey(area, part.unit.id)),
  )

/** [V3] Shows what is masked elsewhere, and notes in the timeline who has seen it. */
export const showContact = (call: Call, id: string, desk: IssueDesk): Promise<RawJson> =>
  call.transact(async (tx) => {
    const who = whoOf(call)
    const row = await lockReached(tx, who, id)
    if (!mayCall(row, who)) throw new ProblemError('forbidden')
    const deed = { at: call.now().getTime(), actor: personOf(call) }
    const { version } = await desk.note(tx, row, { action: 'showContact', data: {} }, deed)
    const contact = { name: row.resident?.name ?? row.reporter_name, phone: row.resident?.phone ?? null }
    return new RawJson(JSON.stringify(contact), { etag: `"${version}"` })
  })
