import { createHash } from 'node:crypto'
import type { IssueEvent, Person } from '@minqing/core'
import { canonical } from '../canonical.ts'

/** What stands before the first event. */
export const beginning: Buffer = Buffer.alloc(32)

/** A line of the timeline before it is sealed. */
export interface Line {
  readonly seq: number
  readonly action: IssueEvent['action']
  readonly at: Date
  readonly actor: Person
  readonly from: IssueEvent['from']
  readonly to: IssueEvent['to']
  readonly data: IssueEvent['data']
}

/** [I14] SHA-256 over the hash before it, the issue it belongs to, and the line as canonical JSON. */
export function seal(before: Buffer, issue: { county: string; id: string }, line: Line): Buffer {
  const { seq, action, at, actor, from, to, data } = line
  const text = canonical([
    issue.county,
    issue.id,
    seq,
    action,
    at.toISOString(),
    [actor.id, actor.name, actor.title ?? null],
    from,
    to,
    data,
  ])
  return createHash('sha256').update(before).update(text).digest()
}
