import Type from 'typebox'
import { Instant, Uuid, named, oneOf, strict } from '../internal/shapes.ts'
import { UnitId } from './flow-schema.ts'
import { CategoryCode, text } from './schema.ts'
import { issueLimits, outcomes } from './words.ts'

const reason = text(issueLimits.reason)
const optionalReason = Type.Optional(reason)
/** Id of the assignment concerned. */
const assignment = Type.Integer({ minimum: 1 })
/** Needed only by somebody who works for several units with a part in the issue. */
const unit = Type.Optional(UnitId)
const photos = Type.Optional(Type.Array(Uuid, { maxItems: issueLimits.photos, uniqueItems: true }))
const stars = Type.Integer({ minimum: 1, maximum: 5 })

export const Target = named('DispatchTarget', {
  unit: UnitId,
  /** From the category's limits when absent. */
  dueAt: Type.Optional(Instant),
  /** What this unit is to do. */
  task: Type.Optional(text(issueLimits.reason)),
})

export const bodies = {
  triage: strict({ category: CategoryCode }),
  refuse: strict({ reason }),
  withdraw: strict({ reason: optionalReason }),
  overridePriority: strict({ score: Type.Integer({ minimum: 0, maximum: 100 }), reason }),
  dispatch: strict({
    lead: Target,
    assists: Type.Optional(Type.Array(Target, { maxItems: issueLimits.assists })),
  }),
  addAssist: strict({ target: Target }),
  releaseAssist: strict({ assignment, reason }),
  recall: strict({ reason }),
  accept: strict({ unit }),
  addProgress: strict({
    unit,
    note: text(issueLimits.note),
    photos,
    /** Ids of persons to tell. */
    mentions: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
        maxItems: issueLimits.mentions,
        uniqueItems: true,
      }),
    ),
  }),
  answer: strict({ unit, text: text(issueLimits.answer), outcome: Type.Optional(oneOf(outcomes)), photos }),
  requestReturn: strict({
    unit,
    reason,
    /** The unit that is better suited; without it the return is refused with `return_unit_needed`. */
    betterUnit: Type.Optional(UnitId),
  }),
  requestSuspension: strict({ unit, reason, until: Instant }),
  requestExtension: strict({ unit, reason, dueAt: Instant }),
  approve: strict({ assignment, reason: optionalReason }),
  refuseRequest: strict({ assignment, reason }),
  resume: strict({ unit }),
  approveAnswer: strict({ note: optionalReason }),
  sendBack: strict({ reason }),
  rate: strict({ stars, solved: Type.Boolean(), text: Type.Optional(text(issueLimits.reason)) }),
  spotCheck: strict({ reason: oneOf(outcomes), note: text(issueLimits.reason) }),
  reopen: strict({ reason }),
  remind: strict({ text: optionalReason }),
  supervise: strict({ text: optionalReason }),
  escalate: strict({ reason }),
  conclude: strict({ decision: text(issueLimits.answer) }),
  merge: strict({ main: Uuid }),
  split: strict({ reason: optionalReason }),
  replyChild: strict({ text: text(issueLimits.answer), outcome: oneOf(outcomes) }),
} as const
