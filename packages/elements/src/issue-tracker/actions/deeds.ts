import type { IssueAction } from '@minqing/core/wire'
import { centerDeeds } from './center-deeds.ts'
import type { Deed, Operation } from './deed.ts'
import type { Values } from './fields.ts'
import { resultDeeds } from './result-deeds.ts'
import { unitDeeds } from './unit-deeds.ts'

export type { Deed } from './deed.ts'

/** The order in which they matter: the first that is possible is the first button. */
const order: readonly Operation[] = [
  'accept',
  'approve',
  'dispatch',
  'triage',
  'approveAnswer',
  'conclude',
  'answer',
  'addProgress',
  'rate',
  'resume',
  'replyChild',
  'spotCheck',
  'reopen',
  'addAssist',
  'remind',
  'supervise',
  'overridePriority',
  'merge',
  'split',
  'requestExtension',
  'requestSuspension',
  'requestReturn',
  'escalate',
  'sendBack',
  'refuseRequest',
  'releaseAssist',
  'recall',
  'refuse',
  'withdraw',
]

/** All that a person may do somewhere, somewhen. */
export const deeds: readonly Deed[] = [...unitDeeds, ...centerDeeds, ...resultDeeds].sort(
  (a, b) => order.indexOf(a.operation) - order.indexOf(b.operation),
)

/** What of it the person may do now: the first is the first button. */
export const deedsFor = (actions: readonly IssueAction[]): Deed[] =>
  deeds.filter((deed) => deed.actions.some((action) => actions.includes(action)))

/** Which row of the table a deed was, for the host's event. */
export const actionOf = (deed: Deed, possible: readonly IssueAction[], values: Values): IssueAction => {
  if (deed.operation === 'rate') return values['solved'] === 'yes' ? 'rate' : 'rateUnsolved'
  return deed.actions.find((action) => possible.includes(action)) ?? deed.actions[0]!
}
