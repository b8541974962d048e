import { fold, searchVector } from '../../internal/fold.ts'
import { derived, unitsOf } from '../../internal/issues/state.ts'
import type { Calendar } from '@minqing/core'
import type { Chronicle } from './chronicle.ts'

/** A row as JSON, for `jsonb_populate_recordset`. */
export type Row = Readonly<Record<string, unknown>>

const bytes = (buffer: Buffer | undefined): string | null =>
  buffer === undefined ? null : `\\x${buffer.toString('hex')}`

/** The issue as its table has it, after everything that has happened. */
export function issueRow({ content, submission, motion, lines }: Chronicle, calendar: Calendar): Row {
  const folded = fold(content.text)
  return {
    ...content,
    ...derived(content, motion, calendar),
    receipt_hash: bytes(submission.receiptHash),
    request_hash: bytes(submission.requestHash),
    folded: `${folded} ${content.number}`,
    search: searchVector(`${folded} ${content.number}`, []),
    ...{ flow: motion.flow, priority: motion.priority, similar_open: 0 },
    ...{ version: motion.version, changed_at: motion.changed_at },
    head_hash: bytes(lines.at(-1)!.hash),
  }
}

export const eventRows = ({ content, lines }: Chronicle): Row[] =>
  lines.map((line) => ({
    ...{ county: content.county, issue_id: content.id, seq: line.seq, action: line.action, at: line.at },
    ...{ actor_id: line.actor.id, actor_name: line.actor.name, actor_title: line.actor.title ?? null },
    ...{ from_state: line.from, to_state: line.to, data: line.data, hash: bytes(line.hash) },
  }))

export const unitRows = ({ content, motion }: Chronicle): Row[] =>
  unitsOf(motion.flow).map((unit) => ({
    ...{ county: content.county, issue_id: content.id, unit_id: unit, created_at: content.created_at },
    open: motion.flow.assignments.some(
      (part) => part.unit.id === unit && (part.state === 'offered' || part.state === 'accepted'),
    ),
  }))
