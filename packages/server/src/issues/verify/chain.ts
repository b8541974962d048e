import type { Selectable } from 'kysely'
import { beginning, seal } from '../../internal/issues/chain.ts'
import { person, type IssueRow } from '../../internal/issues/state.ts'
import { contentHash } from '../../internal/issues/submit.ts'
import type { IssueEventTable } from '../../internal/issues/tables.ts'
import type { Fault } from './faults.ts'

export type EventRow = Selectable<IssueEventTable>
/** The columns of an issue that its events vouch for. */
export type SealedRow = Pick<
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
  | 'resident'
  | 'reporter_id'
  | 'reporter_name'
  | 'reporter_title'
  | 'created_at'
  | 'state'
  | 'version'
  | 'head_hash'
>

const sealOf = (before: Buffer, issue: SealedRow, row: EventRow): Buffer =>
  seal(before, issue, {
    seq: row.seq,
    action: row.action,
    at: row.at,
    actor: person(row.actor_id, row.actor_name, row.actor_title),
    from: row.from_state,
    to: row.to_state,
    data: row.data,
  })

/**
 * [I14] Looks through the events of one issue, which come in the order of `seq`.
 *
 * @returns its faults; none when everything is as it was written
 */
export function faultsOf(issue: SealedRow, events: readonly EventRow[]): Fault[] {
  const faults: Fault[] = []
  const tell = (kind: Fault['kind'], detail: string, seq?: number) =>
    faults.push({ kind, issue: issue.number, detail, ...(seq === undefined ? {} : { seq }) })
  let before = beginning
  let state: string | null = null
  let expected = 1
  for (const event of events) {
    if (event.seq !== expected) tell('gap', `event ${expected} should stand here`, event.seq)
    if (!sealOf(before, issue, event).equals(event.hash)) tell('hash', 'it is not what was sealed', event.seq)
    if (event.from_state !== state) tell('state', 'it does not begin where the one before ended', event.seq)
    // goes on from what is stored, so that one altered line is one fault
    before = event.hash
    state = event.to_state
    expected = event.seq + 1
  }
  const last = events.at(-1)
  if (!last || last.seq !== issue.version)
    tell('head', `${issue.version} events were written, ${events.length} are there`)
  else if (!last.hash.equals(issue.head_hash)) tell('head', 'its last event is another one')
  if (last && last.to_state !== issue.state) tell('head', 'its state is not where its events end')
  const sealed = events[0]?.data['content']
  if (events[0]?.seq === 1 && sealed !== contentHash(issue))
    tell('content', 'what was reported has been changed')
  return faults
}
