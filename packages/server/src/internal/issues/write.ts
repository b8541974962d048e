import {
  isOpen,
  type Assignment,
  type Calendar,
  type Flow,
  type IssueEvent,
  type Person,
} from '@minqing/core'
import { sql } from 'kysely'
import { eventInsert, liveChannel } from '../events.ts'
import type { Tx } from '../handler.ts'
import { seal } from './chain.ts'
import { derived, unitsOf, type IssueMotion, type IssueRow } from './state.ts'

/** Something that happened, before it is written. */
export interface Happening {
  readonly action: IssueEvent['action']
  readonly from: IssueEvent['from']
  readonly to: IssueEvent['to']
  readonly data: IssueEvent['data']
}

/** What of an issue an event changes besides its version. */
export type Change = Partial<Pick<IssueRow, 'flow' | 'priority' | 'similar_open'>>

/** As JSON keeps it: members without a value are gone, so that the hash is over what will be read back. */
const plain = (data: IssueEvent['data']): IssueEvent['data'] =>
  JSON.parse(JSON.stringify(data)) as IssueEvent['data']

export const issueAudience = (row: Pick<IssueRow, 'units' | 'reporter_id'>) =>
  ({ kind: 'issue', units: row.units, person: row.reporter_id }) as const

/** The event of the live log that tells a change to those who may read the issue. */
export const liveEventOf = (
  type: 'issue.created' | 'issue.changed',
  row: Pick<IssueRow, 'area_code' | 'id' | 'version' | 'state' | 'diary_id'>,
  at: Date,
  actor: string,
) => ({
  type,
  area: row.area_code,
  at,
  actor,
  issueId: row.id,
  version: row.version,
  state: row.state,
  issueDiary: row.diary_id,
})

/**
 * Writes one event of an issue whose row is held, and the issue as it is after it, and tells those who may read it:
 * one round trip, everything or nothing.
 *
 * @returns the row as it now is
 */
export async function record(
  tx: Tx,
  row: IssueRow,
  happening: Happening,
  change: Change,
  by: { at: number; actor: Person; calendar: Calendar },
): Promise<IssueRow> {
  const at = new Date(by.at)
  const version = row.version + 1
  const data = plain(happening.data)
  const line = { ...happening, data, seq: version, at, actor: by.actor }
  const hash = seal(row.head_hash, row, line)
  const motion: IssueMotion = {
    flow: change.flow ?? row.flow,
    priority: change.priority ?? row.priority,
    version,
    changed_at: at,
  }
  const now = derived(row, motion, by.calendar)
  const next = rowAfter(row, motion, now, hash, change.similar_open ?? row.similar_open)
  const { county, id } = row
  const { actor } = by
  await sql`
    with changed as (
      update issue set flow = ${JSON.stringify(motion.flow)}::jsonb,
        priority = ${JSON.stringify(motion.priority)}::jsonb, score = ${now.score}, state = ${now.state},
        category = ${now.category}, lead_unit = ${now.lead_unit}, units = ${now.units}::text[],
        due_at = ${now.due_at}::timestamptz, resident_due_at = ${now.resident_due_at}::timestamptz,
        tick_at = ${now.tick_at}::timestamptz, alarm = ${now.alarm}, asked = ${now.asked},
        supervised = ${now.supervised}, pattern_main = ${now.pattern_main}::uuid, similar_open = ${next.similar_open},
        withdrawn = withdrawn or ${line.action === 'withdraw'}, version = ${version}, head_hash = ${hash}, changed_at = ${at}, wire = ${now.wire}
      where county = ${county} and id = ${id}
    ), event as (
      insert into issue_event (county, issue_id, seq, action, at, actor_id, actor_name, actor_title, from_state,
        to_state, data, hash)
      values (${county}, ${id}, ${version}, ${line.action}, ${at}, ${actor.id}, ${actor.name},
        ${actor.title ?? null}, ${line.from}, ${line.to}, ${JSON.stringify(data)}::jsonb, ${hash})
    ), live as (
      ${eventInsert(county, liveEventOf('issue.changed', next, at, actor.id), issueAudience(next))}
    )
    select pg_notify(${liveChannel}, '')`.execute(tx)
  if (motion.flow.assignments !== row.flow.assignments || next.state !== row.state) await writeUnits(tx, next)
  return next
}

/** The row without asking the database for it again. */
export const rowAfter = (
  row: IssueRow,
  motion: IssueMotion,
  now: ReturnType<typeof derived>,
  head_hash: Buffer,
  similar_open: number,
): IssueRow => ({
  ...row,
  ...motion,
  ...now,
  due_at: now.due_at === 'infinity' ? Infinity : new Date(now.due_at),
  resident_due_at: new Date(now.resident_due_at),
  tick_at: now.tick_at === null ? null : new Date(now.tick_at),
  open: now.state !== 'closed',
  head_hash,
  similar_open,
})

/** Whether a part is being worked on: also by who has answered and may get it back. */
const isIn = ({ state }: Flow, part: Assignment): boolean =>
  isOpen(part) || (state === 'answered' && part.state === 'answered')

/** Which units have or had a part, for lists by unit. */
export async function writeUnits(tx: Tx, { county, id, created_at, flow }: IssueRow): Promise<void> {
  const units = unitsOf(flow)
  if (units.length === 0) return
  const open = units.map((unit) => flow.assignments.some((part) => part.unit.id === unit && isIn(flow, part)))
  await sql`
    insert into issue_unit (county, issue_id, unit_id, open, created_at)
    select ${county}, ${id}::uuid, u.unit, u.open, ${created_at}::timestamptz
    from unnest(${units}::text[], ${open}::boolean[]) as u (unit, open)
    on conflict (county, issue_id, unit_id) do update set open = excluded.open
    where issue_unit.open <> excluded.open`.execute(tx)
}
