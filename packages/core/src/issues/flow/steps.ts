import { addWorkingDays } from '../clock.ts'
import { isOpen, leadOf } from '../available.ts'
import type { Answer, Assignment, Flow } from '../flow-schema.ts'
import { ratingDays, type CloseReason, type Confirmation } from '../words.ts'
import { checkDeadline, iso, ms, resumed, startAssignment } from './clocks.ts'
import { afterChange, checkAssists, checkNoAssistOpen, checkNoChildren, checkReopening } from './guards.ts'
import type { ActionArgs, Address, Deed, EventData, Notice, NoticeType } from './types.ts'
import { FlowProblem } from './types.ts'
import type { IssueAction } from '../table.ts'

/** What an action changes: members of the flow, what the timeline keeps, whom to tell. */
export interface Change {
  readonly set: Partial<Flow>
  readonly data?: EventData
  readonly notices?: readonly Notice[]
}
type Steps = { [A in IssueAction]: (flow: Flow, args: ActionArgs[A], deed: Deed) => Change }

const tell = (type: NoticeType, ...to: Address[]): Notice[] => to.map((address) => ({ to: address, type }))
const toUnits = (parts: readonly Assignment[]): Address[] =>
  [...new Set(parts.map(({ unit }) => unit.id))].map((unit) => ({ unit }))
const dispatchDesk: Address = { desk: 'dispatch' }
const leadDesk: Address = { desk: 'lead' }
const reporter: Address = { reporter: true }

const partOf = (flow: Flow, id: number): Assignment => flow.assignments.find((part) => part.id === id)!
const replace = (flow: Flow, id: number, change: Partial<Assignment>): Assignment[] =>
  flow.assignments.map((part) => (part.id === id ? { ...part, ...change } : part))
const openParts = (flow: Flow): Assignment[] => flow.assignments.filter(isOpen)

/** Ends whatever is at work; a suspension ends first, so that the time it paused stays counted. */
const release = (flow: Flow, { at, calendar }: Deed): Assignment[] =>
  flow.assignments.map((part) => {
    const ends = isOpen(part) || (part.state === 'answered' && part.role === 'lead')
    if (!ends) return part
    const running = part.suspendedAt ? resumed(part, at, calendar) : part
    return { ...running, state: 'released', endedAt: running.endedAt ?? iso(at), request: null }
  })

const end = (flow: Flow, id: number, state: 'returned' | 'released', deed: Deed): Assignment[] => {
  const part = partOf(flow, id)
  const running = part.suspendedAt ? resumed(part, deed.at, deed.calendar) : part
  return replace(flow, id, { ...running, state, endedAt: iso(deed.at), request: null })
}

const stopped = (flow: Flow, at: string): Flow['residentClock'] => ({
  ...flow.residentClock,
  stoppedAt: flow.residentClock.stoppedAt ?? at,
})
const closed = (reason: CloseReason, confirmation: Confirmation | null, note: string | null, at: number): Partial<Flow> => ({
  closing: { reason, confirmation, note, at: iso(at) },
  awaitingSince: null,
})

/** [I10] Everything begins again from triage, except the resident's clock, the timeline and what was counted. */
function reopened(flow: Flow, deed: Deed): Partial<Flow> {
  const reopenings = flow.reopenings + 1
  return {
    reopenings,
    ...{ closing: null, answer: null, awaitingSince: null, rating: null },
    state: afterChange(flow.leadChanges, reopenings),
    assignments: release(flow, deed),
    residentClock: { ...flow.residentClock, stoppedAt: null },
    ...(flow.pattern && flow.pattern.children === 0 ? { pattern: null } : {}),
  }
}
const awaiting = (flow: Flow, answer: Answer, at: number): Partial<Flow> => ({
  answer,
  awaitingSince: iso(at),
  residentClock: stopped(flow, iso(at)),
})
const whenReopened = (set: Partial<Flow>): Notice[] => [
  ...tell('reopened', dispatchDesk),
  ...(set.state === 'jointConsultation' ? tell('consultation', leadDesk) : []),
]

const leaves = (flow: Flow, id: number, state: 'returned' | 'released', deed: Deed): Change['set'] => {
  const leadChanges = flow.leadChanges + 1
  const set = { assignments: end(flow, id, state, deed), leadChanges, state: afterChange(leadChanges, 0) }
  // the assists go with their lead: the next one is given its own
  return { ...set, assignments: release({ ...flow, assignments: set.assignments }, deed) }
}

const request = (
  flow: Flow,
  kind: 'return' | 'suspension' | 'extension',
  args: { assignment: number; reason: string },
  more: { unit?: NonNullable<Assignment['request']>['unit']; until?: string },
  deed: Deed,
): Change => {
  const { reason, assignment } = args
  const { unit = null, until = null } = more
  const asked = { kind, reason, unit, until, at: iso(deed.at), by: deed.actor }
  return {
    set: { assignments: replace(flow, assignment, { request: asked }) },
    data: { assignment, reason, ...(unit ? { unit } : {}), ...(until ? { until } : {}) },
    notices: tell('asked', dispatchDesk),
  }
}

const decided = (
  flow: Flow,
  { assignment, reason }: { assignment: number; reason?: string | undefined },
  change: Partial<Assignment>,
): Change => ({
  set: { assignments: replace(flow, assignment, { ...change, request: null }) },
  data: { assignment, ...(reason === undefined ? {} : { reason }) },
  notices: tell('decided', { unit: partOf(flow, assignment).unit.id }),
})

const alarm = (
  flow: Flow,
  args: ActionArgs['warn'],
  type: 'dueSoon' | 'breached',
): Change => {
  if (args.clock === 'resident') {
    const { residentClock } = flow
    return {
      set: { residentClock: { ...residentClock, alarm: residentClock.alarm + 1 } },
      data: { clock: 'resident', dueAt: residentClock.dueAt },
      notices: tell(type, dispatchDesk, ...(type === 'breached' ? [leadDesk] : [])),
    }
  }
  const { clock, assignment } = args
  const part = partOf(flow, assignment)
  const name = clock === 'accept' ? 'acceptAlarm' : 'dueAlarm'
  return {
    set: { assignments: replace(flow, assignment, { [name]: part[name] + 1 }) },
    data: { clock, assignment, dueAt: clock === 'accept' ? part.acceptDueAt : part.dueAt },
    notices: tell(type, { unit: part.unit.id }, ...(type === 'breached' ? [dispatchDesk] : [])),
  }
}

const nextId = (flow: Flow): number => flow.assignments.length + 1
const reasonOf = (reason?: string): EventData => (reason === undefined ? {} : { reason })

/** What each action does to the flow. The states themselves come from the table, unless a step says otherwise [I9]. */
export const steps: Steps = {
  triage: (flow, { category }, { calendar }) => ({
    set: {
      category,
      residentClock: {
        ...flow.residentClock,
        dueAt: iso(addWorkingDays(ms(flow.residentClock.startedAt), category.days, calendar)),
      },
    },
    data: { category },
  }),
  refuse: (flow, { reason }, { at }) => {
    checkNoChildren(flow)
    return {
      set: { ...closed('notAccepted', null, reason, at), residentClock: stopped(flow, iso(at)) },
      data: { reason },
      notices: tell('closed', reporter),
    }
  },
  withdraw: (flow, { reason }, { at }) => {
    checkNoChildren(flow)
    const set = { ...closed('notAccepted', null, reason ?? null, at), residentClock: stopped(flow, iso(at)) }
    return { set, data: { ...reasonOf(reason), withdrawn: true } }
  },
  overridePriority: (_, { score, reason }) => ({ set: {}, data: { score, reason } }),

  dispatch: (flow, { lead, assists }, deed) => {
    if (!flow.category) throw new FlowProblem('category_needed')
    const { days } = flow.category
    const first = nextId(flow)
    const own = startAssignment(first, 'lead', lead, days, deed)
    const others = assists.map((target, at) => startAssignment(first + 1 + at, 'assist', target, days, deed))
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
    const part = startAssignment(nextId(flow), 'assist', target, flow.category!.days, deed)
    checkAssists(leadOf(flow.assignments)!, [part])
    if (openParts(flow).some(({ unit }) => unit.id === part.unit.id)) throw new FlowProblem('unit_twice')
    return {
      set: { assignments: [...flow.assignments, part] },
      data: { assignment: part.id, unit: part.unit, dueAt: part.dueAt },
      notices: tell('assigned', { unit: part.unit.id }),
    }
  },
  releaseAssist: (flow, { assignment, reason }, deed) => ({
    set: { assignments: end(flow, assignment, 'released', deed) },
    data: { assignment, reason, unit: partOf(flow, assignment).unit },
    notices: tell('decided', { unit: partOf(flow, assignment).unit.id }),
  }),
  recall: (flow, { assignment, reason }, deed) => {
    const set = leaves(flow, assignment, 'released', deed)
    const notices = tell('decided', ...toUnits(openParts(flow)))
    const more = set.state === 'jointConsultation' ? tell('consultation', leadDesk) : []
    return { set, data: { assignment, reason }, notices: [...notices, ...more] }
  },

  accept: (flow, { assignment }, { at, actor }) => ({
    set: { assignments: replace(flow, assignment, { state: 'accepted', acceptedAt: iso(at), handler: actor }) },
    data: { assignment, unit: partOf(flow, assignment).unit },
  }),
  acceptAssist: (flow, { assignment }, { at, actor }) => ({
    set: { assignments: replace(flow, assignment, { state: 'accepted', acceptedAt: iso(at), handler: actor }) },
    data: { assignment, unit: partOf(flow, assignment).unit },
  }),
  addProgress: (flow, { assignment, note, photos, mentions }) => ({
    set: {},
    data: {
      ...{ assignment, note, unit: partOf(flow, assignment).unit },
      ...(photos.length > 0 ? { photos } : {}),
      ...(mentions.length > 0 ? { mentions } : {}),
    },
    notices: mentions.map((person) => ({ to: { person }, type: 'mentioned' })),
  }),
  answerAssist: (flow, { assignment, reply }, { at }) => {
    const lead = leadOf(flow.assignments)!
    return {
      set: { assignments: replace(flow, assignment, { state: 'answered', endedAt: iso(at), reply }) },
      data: { assignment, reply, unit: partOf(flow, assignment).unit },
      notices: tell('answered', { unit: lead.unit.id }),
    }
  },
  answer: (flow, { assignment, text, outcome, photos }, { at, actor }) => {
    checkNoAssistOpen(flow)
    const { unit } = partOf(flow, assignment)
    return {
      set: {
        answer: { text, outcome, unit, by: actor, at: iso(at), photos: [...photos] },
        assignments: replace(flow, assignment, { state: 'answered', endedAt: iso(at) }),
      },
      data: { assignment, text, outcome, unit, ...(photos.length > 0 ? { photos } : {}) },
      notices: tell('answered', dispatchDesk),
    }
  },

  requestReturn: (flow, args, deed) => {
    const { unit } = partOf(flow, args.assignment)
    if (!args.unit || args.unit.id === unit.id) throw new FlowProblem('return_unit_needed')
    return request(flow, 'return', args, { unit: args.unit }, deed)
  },
  requestSuspension: (flow, args, deed) =>
    request(flow, 'suspension', args, { until: checkDeadline(args.until, deed) }, deed),
  requestExtension: (flow, args, deed) => {
    const until = checkDeadline(args.dueAt, deed)
    if (ms(until) <= ms(partOf(flow, args.assignment).dueAt)) throw new FlowProblem('extension_not_later')
    return request(flow, 'extension', args, { until }, deed)
  },
  approveReturn: (flow, { assignment, reason }, deed) => {
    const part = partOf(flow, assignment)
    const set = leaves(flow, assignment, 'returned', deed)
    const data = { assignment, unit: part.unit, better: part.request!.unit, ...reasonOf(reason) }
    const more = set.state === 'jointConsultation' ? tell('consultation', leadDesk) : []
    return { set, data, notices: [...tell('returned', ...toUnits(openParts(flow))), ...more] }
  },
  approveAssistReturn: (flow, { assignment, reason }, deed) => ({
    set: { assignments: end(flow, assignment, 'returned', deed) },
    data: { assignment, unit: partOf(flow, assignment).unit, ...reasonOf(reason) },
    notices: tell('returned', { unit: partOf(flow, assignment).unit.id }, { unit: leadOf(flow.assignments)!.unit.id }),
  }),
  approveSuspension: (flow, args, { at }) =>
    decided(flow, args, { suspendedAt: iso(at), resumeAt: partOf(flow, args.assignment).request!.until }),
  approveExtension: (flow, args) => {
    const part = partOf(flow, args.assignment)
    const dueAt = part.request!.until!
    const lead = leadOf(flow.assignments)!
    if (part.role === 'assist' && ms(dueAt) >= ms(lead.dueAt)) throw new FlowProblem('assist_deadline_late')
    // it may speak again before the new deadline
    const { data, ...change } = decided(flow, args, { dueAt, dueAlarm: 0 })
    return { ...change, data: { ...data, dueAt } }
  },
  refuseRequest: (flow, args) => {
    const { data, ...change } = decided(flow, args, {})
    return { ...change, data: { ...data, request: partOf(flow, args.assignment).request!.kind } }
  },
  resume: (flow, { assignment }, { at, calendar }) => ({
    set: { assignments: replace(flow, assignment, resumed(partOf(flow, assignment), at, calendar)) },
    data: { assignment },
  }),

  approveAnswer: (flow, { note }, { at }) => ({
    set: awaiting(flow, flow.answer!, at),
    data: note === undefined ? {} : { note },
    notices: tell('reviewed', reporter, { unit: leadOf(flow.assignments)!.unit.id }),
  }),
  sendBack: (flow, { reason }) => {
    const lead = leadOf(flow.assignments)!
    return {
      set: { answer: null, assignments: replace(flow, lead.id, { state: 'accepted', endedAt: null }) },
      data: { reason, assignment: lead.id },
      notices: tell('sentBack', { unit: lead.unit.id }),
    }
  },
  rate: (flow, { stars, text }, { at }) => ({
    set: {
      rating: { stars, solved: true, text: text ?? null, at: iso(at) },
      ...closed(flow.answer?.outcome ?? 'solved', 'resident', null, at),
    },
    data: { stars, solved: true, ...(text === undefined ? {} : { text }) },
    notices: tell('rated', dispatchDesk, ...toUnits(flow.assignments.filter(({ state }) => state === 'answered'))),
  }),
  rateUnsolved: (flow, { stars, text }, deed) => {
    const set = reopened(flow, deed)
    const told = tell('rated', ...toUnits(flow.assignments.filter(({ state }) => state === 'answered')))
    return {
      set,
      data: { stars, solved: false, ...(text === undefined ? {} : { text }) },
      notices: [...told, ...whenReopened(set)],
    }
  },
  spotCheck: (_, { reason, note }, { at }) => ({
    set: closed(reason, 'spotCheck', note, at),
    data: { reason, note },
    notices: tell('closed', reporter),
  }),
  closeUnrated: (flow, _, { at }) => ({
    set: closed(flow.answer?.outcome ?? 'solved', 'unconfirmed', null, at),
    data: { days: ratingDays },
    notices: tell('closed', reporter),
  }),
  reopen: (flow, { reason }, deed) => {
    checkReopening(flow, deed.at)
    const set = reopened(flow, deed)
    return { set, data: { reason }, notices: whenReopened(set) }
  },

  remind: (flow, { text }) => ({
    set: {},
    data: text === undefined ? {} : { text },
    notices: tell('reminded', ...(openParts(flow).length > 0 ? toUnits(openParts(flow)) : [dispatchDesk])),
  }),
  supervise: (flow, { text }) => ({
    set: { supervised: true },
    data: text === undefined ? {} : { text },
    notices: tell('supervised', dispatchDesk, ...toUnits(openParts(flow))),
  }),
  escalate: (flow, { reason }, deed) => ({
    set: { assignments: release(flow, deed), answer: null },
    data: { reason },
    notices: tell('consultation', leadDesk, ...toUnits(openParts(flow))),
  }),
  conclude: (_, { decision }) => ({
    set: { leadChanges: 0 },
    data: { decision },
    notices: tell('decided', dispatchDesk),
  }),

  merge: (flow, { main }) => {
    checkNoChildren(flow)
    if (!main.takes) throw new FlowProblem('pattern_closed')
    return { set: { pattern: { main: main.id, children: 0 } }, data: { main: { id: main.id, number: main.number } } }
  },
  split: (flow, { reason }) => ({
    set: { pattern: null },
    data: { main: flow.pattern!.main, ...reasonOf(reason) },
    notices: tell('submitted', dispatchDesk),
  }),
  replyChild: (flow, { text, outcome }, { at, actor }) => ({
    set: awaiting(flow, { text, outcome, unit: null, by: actor, at: iso(at), photos: [] }, at),
    data: { text, outcome },
    notices: tell('reviewed', reporter),
  }),
  inheritAnswer: (flow, { answer }, { at }) => ({
    set: awaiting(flow, answer, at),
    data: { main: flow.pattern!.main, text: answer.text, outcome: answer.outcome },
    notices: tell('reviewed', reporter),
  }),

  warn: (flow, args) => alarm(flow, args, 'dueSoon'),
  breach: (flow, args) => alarm(flow, args, 'breached'),
  chase: (flow, args) => alarm(flow, args, 'breached'),
  endSuspension: (flow, { assignment }, { calendar }) => {
    const part = partOf(flow, assignment)
    // to the moment that was approved, however late the clock came round
    return {
      set: { assignments: replace(flow, assignment, resumed(part, ms(part.resumeAt!), calendar)) },
      data: { assignment },
      notices: tell('decided', { unit: part.unit.id }),
    }
  },
}
