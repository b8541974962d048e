import { canonical } from '../internal/canonical.ts'
import type { Person } from '../identity/schema.ts'
import type { IssueContent } from './present.ts'
import type { IssueEvent } from './schema.ts'

/** A line of the timeline before it is sealed. */
export interface TimelineLine {
  readonly seq: number
  readonly action: IssueEvent['action']
  readonly at: Date
  readonly actor: Person
  readonly from: IssueEvent['from']
  readonly to: IssueEvent['to']
  readonly data: IssueEvent['data']
}

/** [I14] What is hashed of a line, behind the hash before it: the issue it belongs to, and the line as canonical JSON. */
export const sealedText = (issue: { county: string; id: string }, line: TimelineLine): string => {
  const { seq, action, at, actor, from, to, data } = line
  return canonical([
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
}

/** [I14] What is hashed of the content that is written once; the first event seals it. */
export const contentText = (content: IssueContent): string =>
  canonical([
    ...[
      content.number,
      content.area_code,
      content.area_name,
      content.source,
      content.diary_id,
      content.title,
    ],
    ...[content.text, content.photos, content.place, content.resident, content.created_at.toISOString()],
    ...[content.reporter_id, content.reporter_name, content.reporter_title],
  ])
