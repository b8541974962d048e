import { leadOf } from '../../available.ts'
import type { Assignment, Flow, UnitRequest } from '../../flow-schema.ts'
import { ofWorking, rearmed } from '../alarms.ts'
import { checkDeadline, iso, ms, resumed } from '../clocks.ts'
import { checkAssists } from '../guards.ts'
import { dispatchDesk, ifConsultation, tell, toUnits } from '../notices.ts'
import { end, leaves, openParts, partOf, replace } from '../parts.ts'
import { FlowProblem, type Deed } from '../types.ts'
import { written, type Change, type Steps } from './step.ts'

const ask = (
  flow: Flow,
  { assignment, reason }: { assignment: number; reason: string },
  what: Pick<UnitRequest, 'kind'> & Partial<Pick<UnitRequest, 'unit' | 'until'>>,
  { at, actor }: Deed,
): Change => {
  const { kind, unit = null, until = null } = what
  const request = { kind, reason, unit, until, at: iso(at), by: actor }
  return {
    set: { assignments: replace(flow, assignment, { request }) },
    data: { assignment, reason, ...(unit ? { unit } : {}), ...(until ? { until } : {}) },
    notices: tell('asked', dispatchDesk),
  }
}

const decided = (
  flow: Flow,
  { assignment, reason }: { assignment: number; reason?: string | undefined },
  change: Partial<Assignment>,
  data: Record<string, unknown>,
): Change => ({
  set: { assignments: replace(flow, assignment, { ...change, request: null }) },
  data: { assignment, ...written('reason', reason), ...data },
  notices: tell('decided', { unit: partOf(flow, assignment).unit.id }),
})

const requestOf = (flow: Flow, assignment: number): UnitRequest => partOf(flow, assignment).request!

/** What units ask for, and what the dispatcher decides. */
export const requestSteps: Steps<
  | 'requestReturn'
  | 'requestSuspension'
  | 'requestExtension'
  | 'approveReturn'
  | 'approveAssistReturn'
  | 'approveSuspension'
  | 'approveExtension'
  | 'refuseRequest'
  | 'resume'
> = {
  requestReturn: (flow, args, deed) => {
    const { unit } = partOf(flow, args.assignment)
    if (!args.unit || args.unit.id === unit.id) throw new FlowProblem('return_unit_needed')
    return ask(flow, args, { kind: 'return', unit: args.unit }, deed)
  },
  requestSuspension: (flow, args, deed) =>
    ask(flow, args, { kind: 'suspension', until: checkDeadline(args.until, deed) }, deed),
  requestExtension: (flow, args, deed) => {
    const until = checkDeadline(args.dueAt, deed)
    if (ms(until) <= ms(partOf(flow, args.assignment).dueAt)) throw new FlowProblem('extension_not_later')
    return ask(flow, args, { kind: 'extension', until }, deed)
  },

  approveReturn: (flow, { assignment, reason }, deed) => {
    const set = leaves(flow, assignment, 'returned', deed)
    const { unit, request } = partOf(flow, assignment)
    return {
      set,
      data: { assignment, unit, better: request!.unit, ...written('reason', reason) },
      notices: [...tell('returned', ...toUnits(openParts(flow))), ...ifConsultation(set.state)],
    }
  },
  approveAssistReturn: (flow, { assignment, reason }, deed) => {
    const { unit, request } = partOf(flow, assignment)
    return {
      set: { assignments: end(flow, assignment, 'returned', deed) },
      data: { assignment, unit, better: request!.unit, ...written('reason', reason) },
      notices: tell('returned', { unit: unit.id }, { unit: leadOf(flow.assignments)!.unit.id }),
    }
  },
  approveSuspension: (flow, args, deed) => {
    // the decision may have come too late for what was asked
    const resumeAt = checkDeadline(requestOf(flow, args.assignment).until!, deed)
    return decided(flow, args, { suspendedAt: iso(deed.at), resumeAt }, { until: resumeAt })
  },
  approveExtension: (flow, args, deed) => {
    const dueAt = checkDeadline(requestOf(flow, args.assignment).until!, deed)
    const later = { ...partOf(flow, args.assignment), dueAt }
    if (later.role === 'assist') checkAssists(leadOf(flow.assignments)!, [later])
    const dueAlarm = rearmed(ofWorking(later), deed.at, deed.calendar)
    return decided(flow, args, { dueAt, dueAlarm }, { dueAt })
  },
  refuseRequest: (flow, args) => decided(flow, args, {}, { request: requestOf(flow, args.assignment).kind }),
  resume: (flow, { assignment }, { at, calendar }) => ({
    set: { assignments: replace(flow, assignment, resumed(partOf(flow, assignment), at, calendar)) },
    data: { assignment, unit: partOf(flow, assignment).unit },
  }),
}
