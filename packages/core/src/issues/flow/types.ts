import type { ErrorCode } from '../../errors.ts'
import type { Person } from '../../identity/schema.ts'
import type { Photo } from '../../photos/schema.ts'
import type { Calendar } from '../clock.ts'
import type { CategoryRef, Flow, UnitRef } from '../flow-schema.ts'
import type { IssueAction } from '../table.ts'
import type { CloseReason, IssueState, NoticeType, Outcome } from '../words.ts'

/** A unit to work on an issue. */
export interface Target {
  unit: UnitRef
  /** Its deadline; from the category's limits when absent. */
  dueAt?: string | undefined
  task?: string | undefined
}

/** What each action needs to know, besides who does it and when. `assignment` is the id of the one concerned. */
export interface ActionArgs {
  triage: { category: CategoryRef }
  refuse: { reason: string }
  withdraw: { reason?: string | undefined }
  overridePriority: { score: number; reason: string }
  dispatch: { lead: Target; assists: readonly Target[] }
  addAssist: { target: Target }
  releaseAssist: { assignment: number; reason: string }
  recall: { assignment: number; reason: string }
  accept: { assignment: number }
  acceptAssist: { assignment: number }
  addProgress: { assignment: number; note: string; photos: readonly Photo[]; mentions: readonly string[] }
  answerAssist: { assignment: number; reply: string }
  answer: { assignment: number; text: string; outcome: Outcome; photos: readonly Photo[] }
  requestReturn: { assignment: number; reason: string; unit: UnitRef | undefined }
  requestSuspension: { assignment: number; reason: string; until: string }
  requestExtension: { assignment: number; reason: string; dueAt: string }
  approveReturn: { assignment: number; reason?: string | undefined }
  approveAssistReturn: { assignment: number; reason?: string | undefined }
  approveSuspension: { assignment: number; reason?: string | undefined }
  approveExtension: { assignment: number; reason?: string | undefined }
  refuseRequest: { assignment: number; reason: string }
  resume: { assignment: number }
  approveAnswer: { note?: string | undefined }
  sendBack: { reason: string }
  rate: { stars: number; text?: string | undefined }
  rateUnsolved: { stars: number; text?: string | undefined }
  spotCheck: { reason: Exclude<CloseReason, 'notAccepted'>; note: string }
  closeUnrated: Record<never, never>
  reopen: { reason: string }
  remind: { text?: string | undefined }
  supervise: { text?: string | undefined }
  escalate: { reason: string }
  conclude: { decision: string }
  merge: { main: { id: string; number: string; takes: boolean } }
  split: { reason?: string | undefined }
  replyChild: { text: string; outcome: Outcome }
  inheritAnswer: { answer: NonNullable<Flow['answer']> }
  warn: Alarm
  breach: Alarm
  chase: Alarm
  endSuspension: { assignment: number }
}

/** Which clock speaks: the resident's, or the accepting or the working time of an assignment. */
export type Alarm = { clock: 'resident' } | { clock: 'accept' | 'due'; assignment: number }

/** Who does something, when, by which calendar. */
export interface Deed {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly actor: Person
  readonly calendar: Calendar
}

/** To whom a message goes: to everyone of a unit, to a desk of the area, to the reporter, to one person. */
export type Address =
  | { readonly unit: string }
  | { readonly desk: 'dispatch' | 'lead' }
  | { readonly reporter: true }
  | { readonly person: string }

export interface Notice {
  readonly to: Address
  readonly type: NoticeType
}

/** What the timeline keeps of an action besides who, when and the states. */
export type EventData = { readonly [key: string]: unknown }

/** What an action came to. */
export interface Step {
  readonly flow: Flow
  readonly event: { action: IssueAction; from: IssueState; to: IssueState; data: EventData }
  readonly notices: readonly Notice[]
}

/** The life cycle does not allow it; `code` says why. */
export class FlowProblem extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode) {
    super(code)
    this.name = 'FlowProblem'
    this.code = code
  }
}
