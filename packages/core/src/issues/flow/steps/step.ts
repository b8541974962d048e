import type { Flow } from '../../flow-schema.ts'
import type { IssueAction } from '../../table.ts'
import type { ActionArgs, Deed, EventData, Notice } from '../types.ts'

/** What an action changes: members of the flow, what the timeline keeps, whom to tell. */
export interface Change {
  readonly set: Partial<Flow>
  readonly data?: EventData
  readonly notices?: readonly Notice[]
}

/** What these actions do. The state comes from the table, unless a step takes the other way of its row [I9]. */
export type Steps<A extends IssueAction = IssueAction> = {
  readonly [K in A]: (flow: Flow, args: ActionArgs[K], deed: Deed) => Change
}

/** A member of the timeline's data that is there only when somebody wrote it. */
export const written = <K extends string>(name: K, text: string | undefined): EventData =>
  text === undefined ? {} : { [name]: text }
