import { isPossible, leadOf } from './available.ts'
import { dayMs } from './clock.ts'
import type { Flow } from './flow-schema.ts'
import type { IssueEvent } from './schema.ts'
import { reopenDays, type IssueState } from './words.ts'
import type { Report } from '../reports/schema.ts'

/** A change of state, as the timeline has it. */
export interface ReportStep {
  at: Date
  to_state: IssueState
  data: IssueEvent['data']
}

/** Where naming a unit says who is at work on it; elsewhere the timeline names those that were before. */
const atWork: ReadonlySet<IssueState> = new Set(['dispatched', 'inProgress', 'answered'])

function unitOf({ to_state, data }: ReportStep): string | null {
  if (!atWork.has(to_state)) return null
  const { lead, unit } = data as { lead?: { name: string }; unit?: { name: string } }
  return (lead ?? unit)?.name ?? null
}

const stepOf = (row: ReportStep): Report['steps'][number] => ({
  state: row.to_state,
  at: row.at.toISOString(),
  unit: unitOf(row),
})

/** An answer that the center has not approved is a draft. */
function answerOf({ answer, state }: Flow): Report['answer'] {
  if (!answer || (state !== 'awaitingRating' && state !== 'closed')) return null
  const { text, outcome, unit, at } = answer
  return { text, outcome, unit: unit?.name ?? null, at }
}

/** Of a spot check the note is for colleagues; of a refusal it is the reason, which the resident is owed. */
function closingOf({ closing }: Flow): Report['closing'] {
  return closing && { ...closing, note: closing.confirmation === null ? closing.note : null }
}

const isReopenable = (flow: Flow, now: Date): boolean =>
  isPossible('reopen', flow) && now.getTime() - Date.parse(flow.closing!.at) <= reopenDays * dayMs

/** What of an issue a report is made of. */
export interface ReportedIssue {
  readonly id: string
  readonly version: number
  readonly number: string
  readonly area_code: string
  readonly area_name: string
  readonly text: string
  readonly flow: Flow
  readonly created_at: Date
}

/** The only maker of what residents see: nothing internal, no priority, no other persons. */
export const presentReport = (
  row: ReportedIssue,
  steps: readonly ReportStep[],
  receipt: string,
  now: Date,
): Report => {
  const { flow } = row
  return {
    id: row.id,
    version: row.version,
    receipt,
    number: row.number,
    area: { code: row.area_code, name: row.area_name },
    text: row.text,
    state: flow.state,
    category: flow.category?.name ?? null,
    unit: leadOf(flow.assignments)?.unit.name ?? null,
    dueAt: flow.residentClock.dueAt,
    answer: answerOf(flow),
    rating: flow.rating,
    closing: closingOf(flow),
    ratable: isPossible('rate', flow),
    reopenable: isReopenable(flow, now),
    steps: steps.map(stepOf),
    createdAt: row.created_at.toISOString(),
  }
}
