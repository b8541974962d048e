import type { Choice, Deed, IssueEvent } from '@minqing/core'
import type { Tx } from './handler.ts'
import { act, actOn, type DeskDeps, type Doing } from './issues/act.ts'
import type { IssueRow } from './issues/state.ts'
import { alreadyMade, submit, type Submission } from './issues/submit.ts'
import { record } from './issues/write.ts'
import './issues/tables.ts'

export { requestHash, type Submission } from './issues/submit.ts'
export { inFlow, type DeskDeps, type Doing } from './issues/act.ts'
export type { IssueRow } from './issues/state.ts'
export { lockForAction } from './issues/locks.ts'
export { lockIssue, lockReached, readIssue, whoOf, type Who } from './issues/reach.ts'

/** The one door through which any feature makes or changes an issue, always within a transaction of the caller's. */
export interface IssueDesk {
  /**
   * Makes an issue under the id that the client made; a repeated send answers the one that there is.
   *
   * @throws ProblemError `id_taken`, `diary_forwarded`
   */
  submit(tx: Tx, submission: Submission, deed: Omit<Deed, 'calendar'>): Promise<IssueRow>
  /** The issue that this very request has made before, before anything is claimed for it. */
  alreadyMade: typeof alreadyMade
  /** Does an action to an issue whose row is held. */
  act(tx: Tx, doing: Doing): Promise<IssueRow>
  /** The same for the server itself: no person's right is looked at. */
  actOn(
    tx: Tx,
    at: { county: string; id: string },
    choice: Choice,
    deed: Omit<Deed, 'calendar'>,
  ): Promise<IssueRow>
  /** Adds to the timeline what changes nothing else: that a contact was looked at. */
  note(
    tx: Tx,
    row: IssueRow,
    what: { action: 'showContact'; data: IssueEvent['data'] },
    deed: Omit<Deed, 'calendar'>,
  ): Promise<IssueRow>
}

export const createIssueDesk = (deps: DeskDeps): IssueDesk => ({
  submit: (tx, submission, deed) => submit(tx, deps, submission, deed),
  alreadyMade,
  act: (tx, doing) => act(tx, deps, doing),
  note: (tx, row, { action, data }, deed) =>
    record(
      tx,
      row,
      { action, data, from: row.state, to: row.state },
      {},
      { ...deed, calendar: deps.calendar },
    ),
  actOn: (tx, at, choice, deed) => actOn(tx, deps, at, choice, deed),
})
