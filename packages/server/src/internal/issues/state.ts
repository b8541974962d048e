import {
  alarmOf,
  dueOf,
  isAsked,
  leadOf,
  nextTick,
  person,
  presentIssue,
  unitKey,
  unitsOf,
  type Calendar,
} from '@minqing/core'
import type { Selectable } from 'kysely'
import type { IssueTable } from './tables.ts'

export { person, presentIssue, unitsOf }

export type IssueRow = Selectable<IssueTable>

/** What an issue says besides its flow and priority: written once. */
export type IssueContent = Pick<
  IssueRow,
  | 'county'
  | 'id'
  | 'number'
  | 'area_code'
  | 'area_name'
  | 'source'
  | 'diary_id'
  | 'title'
  | 'text'
  | 'photos'
  | 'place'
  | 'reporter_id'
  | 'reporter_name'
  | 'reporter_title'
  | 'resident'
  | 'created_at'
>

/** What moves. */
export type IssueMotion = Pick<IssueRow, 'flow' | 'priority' | 'version' | 'changed_at'>

/** Columns that follow from flow and priority; times as ISO text. */
export function derived(content: IssueContent, motion: IssueMotion, calendar: Calendar) {
  const { flow, priority } = motion
  const tick = nextTick(flow, calendar)
  return {
    score: priority.score,
    state: flow.state,
    category: flow.category?.code ?? null,
    lead_unit: leadOf(flow.assignments)?.unit.id ?? null,
    units: unitsOf(flow).map((unit) => unitKey(content.area_code, unit)),
    due_at: dueOf(flow) ?? 'infinity',
    resident_due_at: flow.residentClock.dueAt,
    tick_at: tick ? new Date(tick.at).toISOString() : null,
    alarm: alarmOf(flow),
    asked: isAsked(flow),
    supervised: flow.supervised,
    pattern_main: flow.pattern?.main ?? null,
    wire: JSON.stringify(presentIssue(content, motion)),
  }
}
