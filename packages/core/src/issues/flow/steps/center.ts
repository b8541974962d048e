import { leadOf } from '../../available.ts'
import { addWorkingDays } from '../../clock.ts'
import { issueLimits } from '../../words.ts'
import { ofResident, rearmed } from '../alarms.ts'
import { assistDue, iso, ms, startAssignment } from '../clocks.ts'
import { checkAssists, checkNoChildren } from '../guards.ts'
import { ifConsultation, reporter, tell, toUnits } from '../notices.ts'
import { end, leaves, nextId, openParts, partOf } from '../parts.ts'
import { FlowProblem } from '../types.ts'
import { closed, stopped } from './closing.ts'
import { written, type Steps } from './step.ts'

/** What the center does until a unit has it. */
export const centerSteps: Steps<
  | 'triage'
  | 'refuse'
  | 'withdraw'
  | 'overridePriority'
  | 'dispatch'
  | 'addAssist'
  | 'releaseAssist'
  | 'recall'
> = {
  triage: ({ residentClock }, { category }, { at, calendar }) => {
    const dueAt = iso(addWorkingDays(ms(residentClock.startedAt), category.days, calendar))
    const moved = { ...residentClock, dueAt }
    // an unchanged deadline has nothing new to say
    const alarm = dueAt === residentClock.dueAt ? moved.alarm : rearmed(ofResident(moved), at, calendar)
    return { set: { category, residentClock: { ...moved, alarm } }, data: { category } }
  },
  refuse: (flow, { reason }, { at }) => {
    checkNoChildren(flow)
    return {
      set: { ...closed('notAccepted', null, reason, at), ...stopped(flow, at) },
      data: { reason },
      notices: tell('closed', reporter),
    }
  },
  withdraw: (flow, { reason }, { at }) => {
    checkNoChildren(flow)
    const set = { ...closed('notAccepted', null, reason ?? null, at), ...stopped(flow, at) }
    return { set, data: { ...written('reason', reason), withdrawn: true } }
  },
  overridePriority: (_, { score, reason }) => ({ set: {}, data: { score, reason } }),

  dispatch: (flow, { lead, assists }, deed) => {
    if (!flow.category) throw new FlowProblem('category_needed')
    const first = nextId(flow)
    const due = addWorkingDays(deed.at, flow.category.days, deed.calendar)
    const own = startAssignment(first, 'lead', lead, due, deed)
    const others = assists.map((target, index) =>
      startAssignment(first + 1 + index, 'assist', target, assistDue(own, deed), deed),
    )
    checkAssists(own, others)
    const units = [own, ...others].map(({ unit }) => unit.id)
    if (new Set(units).size < units.length) throw new FlowProblem('unit_twice')
    return {
      set: { assignments: [...flow.assignments, own, ...others] },
      data: { lead: own.unit, assists: others.map(({ unit }) => unit), dueAt: own.dueAt },
      notices: tell('assigned', ...toUnits([own, ...others])),
    }
  },
  addAssist: (flow, { target }, deed) => {
    const lead = leadOf(flow.assignments)!
    if (openParts(flow).filter(({ role }) => role === 'assist').length >= issueLimits.assists)
      throw new FlowProblem('assists_full')
    const part = startAssignment(nextId(flow), 'assist', target, assistDue(lead, deed), deed)
    checkAssists(lead, [part])
    if (openParts(flow).some(({ unit }) => unit.id === part.unit.id)) throw new FlowProblem('unit_twice')
    return {
      set: { assignments: [...flow.assignments, part] },
      data: { assignment: part.id, unit: part.unit, dueAt: part.dueAt },
      notices: tell('assigned', { unit: part.unit.id }),
    }
  },
  releaseAssist: (flow, { assignment, reason }, deed) => {
    const { unit } = partOf(flow, assignment)
    return {
      set: { assignments: end(flow, assignment, 'released', deed) },
      data: { assignment, reason, unit },
      notices: tell('decided', { unit: unit.id }),
    }
  },
  recall: (flow, { assignment, reason }, deed) => {
    const set = leaves(flow, assignment, 'released', deed)
    return {
      set,
      data: { assignment, reason, unit: partOf(flow, assignment).unit },
      notices: [...tell('decided', ...toUnits(openParts(flow))), ...ifConsultation(set.state)],
    }
  },
}
