import { targetsOf } from '../available.ts'
import { dayMs } from '../clock.ts'
import type { Flow } from '../flow-schema.ts'
import type { ActionArgs, Target } from '../flow/index.ts'
import type { IssueAction } from '../table.ts'
import { issueKinds, outcomes } from '../words.ts'
import type { Random } from './random.ts'
import { category, person, unit } from './story.ts'

const units = ['jianshe', 'jiaotong', 'huanbao', 'minzheng', 'chengguan', 'shuiwu']
const mainId = '0190d3c4-0000-7000-8000-000000000001'

type Args = { [A in IssueAction]: (flow: Flow, at: number, random: Random) => ActionArgs[A] }

/** An assignment that the action could concern, or now and then any number. */
const assignmentOf = (action: IssueAction, flow: Flow, random: Random): number => {
  const targets = targetsOf(action, flow)
  return targets.length > 0 && random.chance(0.95)
    ? random.pick(targets).id
    : random.between(0, flow.assignments.length + 1)
}

/** Mostly ahead, now and then past or far too far. */
const deadline = (at: number, random: Random): string => {
  const days = random.chance(0.95) ? random.next() * 20 : random.between(-5, 500)
  return new Date(at + Math.floor(days * dayMs)).toISOString()
}

const target = (at: number, random: Random): Target => ({
  unit: unit(random.pick(units)),
  ...(random.chance(0.3) ? { dueAt: deadline(at, random) } : {}),
})

const text = (random: Random): { text?: string } => (random.chance(0.5) ? { text: '请抓紧' } : {})
const reason = '理由'

const concerning =
  <A extends IssueAction, M extends object>(action: A, more: (at: number, random: Random) => M) =>
  (flow: Flow, at: number, random: Random) => ({
    assignment: assignmentOf(action, flow, random),
    ...more(at, random),
  })
const justified = () => ({ reason })
const nothing = () => ({})

const clockArgs = (flow: Flow, _: number, random: Random): ActionArgs['warn'] =>
  random.chance(0.3)
    ? { clock: 'resident' }
    : {
        clock: random.pick(['accept', 'due']),
        assignment: random.between(0, flow.assignments.length + 1),
      }

/** Something to say with each action: mostly what makes sense, now and then what does not. */
export const randomArgs: Args = {
  triage: (_, __, random) => ({
    category: category(random.pick(issueKinds), random.pick([1, 3, 5, 13, 30])),
  }),
  refuse: justified,
  withdraw: nothing,
  overridePriority: () => ({ score: 70, reason }),
  dispatch: (_, at, random) => ({
    lead: target(at, random),
    assists: Array.from({ length: random.pick([0, 0, 1, 1, 2]) }, () => target(at, random)),
  }),
  addAssist: (_, at, random) => ({ target: target(at, random) }),
  releaseAssist: concerning('releaseAssist', justified),
  recall: concerning('recall', justified),
  accept: concerning('accept', nothing),
  acceptAssist: concerning('acceptAssist', nothing),
  addProgress: concerning('addProgress', (_, random) => ({
    note: '进展',
    photos: [],
    mentions: random.chance(0.2) ? ['wang'] : [],
  })),
  answerAssist: concerning('answerAssist', () => ({ reply: '已配合' })),
  answer: concerning('answer', (_, random) => ({
    text: '办理结果',
    outcome: random.pick(outcomes),
    photos: [],
  })),
  requestReturn: concerning('requestReturn', (_, random) => ({
    reason,
    unit: random.chance(0.9) ? unit(random.pick(units)) : undefined,
  })),
  requestSuspension: concerning('requestSuspension', (at, random) => ({
    reason,
    until: deadline(at, random),
  })),
  requestExtension: concerning('requestExtension', (at, random) => ({
    reason,
    dueAt: deadline(at + (random.chance(0.5) ? 10 * dayMs : 0), random),
  })),
  approveReturn: concerning('approveReturn', nothing),
  approveAssistReturn: concerning('approveAssistReturn', nothing),
  approveSuspension: concerning('approveSuspension', nothing),
  approveExtension: concerning('approveExtension', nothing),
  refuseRequest: concerning('refuseRequest', justified),
  resume: concerning('resume', nothing),
  approveAnswer: nothing,
  sendBack: justified,
  rate: (_, __, random) => ({ stars: random.between(1, 5), ...text(random) }),
  rateUnsolved: (_, __, random) => ({ stars: random.between(1, 2), ...text(random) }),
  spotCheck: (_, __, random) => ({ reason: random.pick(outcomes), note: '已到现场核实' }),
  closeUnrated: nothing,
  reopen: justified,
  remind: (_, __, random) => text(random),
  supervise: (_, __, random) => text(random),
  escalate: justified,
  conclude: () => ({ decision: '由城管牵头' }),
  merge: (_, __, random) => ({
    main: { id: mainId, number: '330683-20260302-00001', takes: random.chance(0.9) },
  }),
  split: nothing,
  replyChild: (_, __, random) => ({ text: '单独答复', outcome: random.pick(outcomes) }),
  inheritAnswer: (_, at, random) => ({
    answer: {
      text: '统一答复',
      outcome: random.pick(outcomes),
      unit: unit('chengguan'),
      by: person('chen'),
      at: new Date(at).toISOString(),
      photos: [],
    },
  }),
  warn: clockArgs,
  breach: clockArgs,
  chase: clockArgs,
  endSuspension: concerning('endSuspension', nothing),
}
