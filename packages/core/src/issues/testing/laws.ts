import { equal, ok } from 'node:assert/strict'
import { isOpen, leadOf } from '../available.ts'
import { addWorkingMs, workingMs } from '../clock.ts'
import type { Assignment, Flow } from '../flow-schema.ts'
import type { Step } from '../flow/index.ts'
import { rowOf } from '../table.ts'
import type { ClockEffect } from '../transition.ts'
import { closeReasons, consultationAfter, issueStates } from '../words.ts'
import { china } from './calendar.ts'

const ms = (instant: string): number => Date.parse(instant)

/** What a walk remembers by itself, to compare with what the flow says. */
export interface Memory {
  /** When the issue began. */
  readonly startedAt: string
  leadChanges: number
  reopenings: number
  /** Of each assignment: since when it is suspended, until when at most, and the working time paused before. */
  readonly pauses: Map<number, { since: number | null; until: number; sum: number }>
  /** Alarms since each clock's deadline was last set by somebody. */
  readonly alarms: Map<string, number>
  now: number
}

const has = (step: Step, ...effects: ClockEffect[]): boolean => {
  const clocks: readonly ClockEffect[] = rowOf(step.event.action).clocks ?? []
  return effects.some((effect) => clocks.includes(effect))
}

/** [I1] It happened as a row of the table says. */
export function checkTable(before: Flow, step: Step): void {
  const { action, from, to } = step.event
  const row = rowOf(action)
  const after = step.flow.state
  ok(issueStates.includes(after))
  ok(row.from.includes(before.state))
  ok(from === before.state && to === after)
  ok(after === (row.to ?? before.state) || after === row.orTo, `${from} → ${after}`)
}

/** [I7] The resident's clock has one start, and moves only as the row says. */
export function checkResidentClock(before: Flow, step: Step, memory: Memory): void {
  const was = before.residentClock
  const is = step.flow.residentClock
  equal(is.startedAt, memory.startedAt)
  if (is.dueAt !== was.dueAt) ok(has(step, 'resident deadline'))
  if (is.stoppedAt !== was.stoppedAt) {
    ok(has(step, is.stoppedAt === null ? 'resident goes on' : 'resident stops'))
    ok(is.stoppedAt === null || was.stoppedAt === null)
  }
  const speaks = ['warn', 'breach', 'chase'].includes(step.event.action)
  if (is.alarm < was.alarm) ok(has(step, 'resident deadline') && is.dueAt !== was.dueAt)
  if (is.alarm > was.alarm) ok(speaks || has(step, 'resident goes on', 'resident deadline'))
}

function checkPart(was: Assignment, is: Assignment, step: Step, memory: Memory): void {
  ok(is.id === was.id && is.unit === was.unit && is.role === was.role && is.task === was.task)
  ok(is.dispatchedAt === was.dispatchedAt && is.acceptDueAt === was.acceptDueAt)
  if (was.state === 'returned' || was.state === 'released') ok(is === was)
  if (was.endedAt !== null && is.endedAt !== was.endedAt) ok(is.endedAt === null && has(step, 'unit goes on'))
  if (was.endedAt === null && is.endedAt !== null) ok(has(step, 'unit stops'))
  equal(isOpen(is), is.endedAt === null)

  const pause = memory.pauses.get(is.id)!
  if (was.suspendedAt === null && is.suspendedAt !== null) {
    ok(has(step, 'unit pauses'))
    pause.since = memory.now
    pause.until = ms(is.resumeAt!)
  }
  let due = ms(was.dueAt)
  if (was.suspendedAt !== null && is.suspendedAt === null) {
    ok(has(step, 'unit resumes', 'unit stops'))
    const paused = workingMs(pause.since!, Math.min(memory.now, pause.until), china)
    pause.sum += paused
    pause.since = null
    due = addWorkingMs(due, paused, china)
  }
  ok(is.pausedMs >= was.pausedMs)
  equal(is.pausedMs, pause.sum)
  if (ms(is.dueAt) !== due) {
    ok(has(step, 'unit extends') && ms(is.dueAt) > due)
  }
}

/** [I7] A unit's clock runs from dispatch; only what was approved moves its deadline. */
export function checkUnitClocks(before: Flow, step: Step, memory: Memory): void {
  const { assignments } = step.flow
  ok(assignments.length >= before.assignments.length)
  for (const [index, is] of assignments.entries()) {
    const was = before.assignments[index]
    if (was) {
      if (was !== is) checkPart(was, is, step, memory)
      continue
    }
    ok(has(step, 'unit starts'))
    equal(is.id, index + 1)
    equal(ms(is.dispatchedAt), memory.now)
    ok(ms(is.acceptDueAt) <= ms(is.dueAt) && is.pausedMs === 0 && isOpen(is))
    memory.pauses.set(is.id, { since: null, until: 0, sum: 0 })
  }
}

/** [I3] Who is in charge follows from the state, and nobody answers over an open assist. */
export function checkCharge(before: Flow, step: Step): void {
  const { state, assignments } = step.flow
  const open = assignments.filter(isOpen)
  const leads = open.filter(({ role }) => role === 'lead')
  if (state === 'dispatched' || state === 'inProgress') {
    equal(leads.length, 1)
    equal(leads[0]!.state, state === 'dispatched' ? 'offered' : 'accepted')
    equal(new Set(open.map(({ unit }) => unit.id)).size, open.length)
  } else equal(open.length, 0)
  const charged = assignments.filter((part) => part.role === 'lead' && leadOf([part]))
  const none = state === 'triaged' || state === 'jointConsultation'
  ok(charged.length <= (none ? 0 : 1), 'a lead that is none any more')
  if (step.event.action === 'answer') {
    ok(!before.assignments.some((part) => part.role === 'assist' && isOpen(part)))
  }
  for (const { request, suspendedAt } of assignments.filter((part) => !isOpen(part))) {
    ok(request === null && suspendedAt === null)
  }
}

/** [I5] [I6] Nothing is closed without a reason, and nothing waits for a rating without an answer. */
export function checkClosing(step: Step): void {
  const { state, closing, answer, awaitingSince } = step.flow
  equal(closing !== null, state === 'closed')
  if (closing) {
    ok(closeReasons.includes(closing.reason))
    equal(closing.confirmation === null, closing.reason === 'notAccepted')
    ok(closing.reason !== 'notAccepted' || closing.note !== null || step.event.data['withdrawn'] === true)
  }
  equal(awaitingSince !== null, state === 'awaitingRating')
  if (state === 'awaitingRating') ok(answer)
}

/** [I9] Three changes of the lead, or three reopenings, lead to a joint consultation, and nothing less does. */
export function checkChanges(step: Step, memory: Memory): void {
  const { action, to } = step.event
  const { leadChanges, reopenings } = step.flow
  if (action === 'recall' || action === 'approveReturn') memory.leadChanges++
  if (action === 'conclude') memory.leadChanges = 0
  if (action === 'reopen' || action === 'rateUnsolved') memory.reopenings++
  ok(leadChanges === memory.leadChanges && reopenings === memory.reopenings)
  const third =
    action === 'recall' || action === 'approveReturn'
      ? leadChanges >= consultationAfter
      : action === 'reopen' || action === 'rateUnsolved'
        ? reopenings % consultationAfter === 0
        : undefined
  if (third !== undefined) equal(to, third ? 'jointConsultation' : 'triaged')
}

/** [I8] Each clock warns once, breaches once and chases three times for each deadline that somebody has set. */
export function checkAlarms(before: Flow, step: Step, memory: Memory): void {
  const { action, data } = step.event
  if (action === 'triage' && before.residentClock.dueAt !== step.flow.residentClock.dueAt) {
    forget(memory, 'resident')
  }
  if (action === 'approveExtension') forget(memory, `due ${String(data['assignment'])}`)
  if (action !== 'warn' && action !== 'breach' && action !== 'chase') return
  const clock =
    data['clock'] === 'resident' ? 'resident' : `${String(data['clock'])} ${String(data['assignment'])}`
  const part = before.assignments.find(({ id }) => id === data['assignment'])
  ok(!part || (isOpen(part) && part.suspendedAt === null), 'a clock that stands has spoken')
  const key = `${clock} ${action}`
  const times = (memory.alarms.get(key) ?? 0) + 1
  memory.alarms.set(key, times)
  ok(times <= (action === 'chase' ? 3 : 1), key)
  if (action === 'chase')
    ok(memory.alarms.has(`${clock} breach`) || clock === 'resident' || clock.startsWith('due'))
}

function forget(memory: Memory, clock: string): void {
  for (const action of ['warn', 'breach', 'chase']) memory.alarms.delete(`${clock} ${action}`)
}
