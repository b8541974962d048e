import {
  isOpen,
  leadOf,
  nextTick,
  unitKey,
  type Calendar,
  type Flow,
  type Issue,
  type Person,
  type Resident,
} from '@minqing/core'
import type { Selectable } from 'kysely'
import type { IssueTable } from './tables.ts'

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

export const person = (id: string, name: string, title: string | null): Person => ({
  id,
  name,
  ...(title ? { title } : {}),
})

/** [V3] `13812341234` as `138****1234`; of a short number only the end stays. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  return digits.length >= 11 ? `${digits.slice(0, 3)}****${digits.slice(-4)}` : `****${digits.slice(-2)}`
}

const masked = ({ name, phone }: Resident): Resident => ({
  name,
  ...(phone === undefined ? {} : { phone: maskPhone(phone) }),
})

/** The only maker of an issue's wire form. */
export const presentIssue = (content: IssueContent, motion: IssueMotion): Issue => ({
  id: content.id,
  version: motion.version,
  number: content.number,
  area: { code: content.area_code, name: content.area_name },
  source: content.source,
  diary: content.diary_id,
  title: content.title,
  text: content.text,
  photos: content.photos,
  place: content.place,
  reporter: person(content.reporter_id, content.reporter_name, content.reporter_title),
  resident: content.resident && masked(content.resident),
  priority: motion.priority,
  ...motion.flow,
  createdAt: content.created_at.toISOString(),
  changedAt: motion.changed_at.toISOString(),
})

const running = ({ assignments }: Flow) =>
  assignments.filter((part) => isOpen(part) && part.suspendedAt === null)

/** The next deadline that somebody has to keep; `undefined` when no clock runs. */
export function dueOf(flow: Flow): string | undefined {
  const dues = running(flow).map((part) => (part.state === 'offered' ? part.acceptDueAt : part.dueAt))
  if (flow.residentClock.stoppedAt === null) dues.push(flow.residentClock.dueAt)
  return dues.sort()[0]
}

const alarmOf = (flow: Flow): number =>
  Math.min(
    2,
    Math.max(
      flow.residentClock.stoppedAt === null ? flow.residentClock.alarm : 0,
      ...running(flow).map((part) =>
        Math.max(part.dueAlarm, part.state === 'offered' ? part.acceptAlarm : 0),
      ),
    ),
  )

/** Every unit with a part in it, past or present. */
export const unitsOf = (flow: Flow): string[] => [...new Set(flow.assignments.map(({ unit }) => unit.id))]

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
    asked: flow.assignments.some((part) => isOpen(part) && part.request !== null),
    supervised: flow.supervised,
    pattern_main: flow.pattern?.main ?? null,
    wire: JSON.stringify(presentIssue(content, motion)),
  }
}
