import {
  addWorkingDays,
  isOpen,
  leadOf,
  type Assignment,
  type Calendar,
  type Choice,
  type Flow,
  type UnitRef,
} from '@minqing/core'
import type { Random } from '../diaries/random.ts'
import type { Story } from './story.ts'

/** Who does it: a desk, the unit's handler, or whoever reported it. */
export type Actor = 'center' | 'leader' | 'reporter' | { readonly unit: UnitRef }
/** What happens next, and after how many hours. */
export interface Move {
  readonly after: number
  readonly by: Actor
  readonly choice: Choice
}

/** What has happened that happens only so often. */
export interface Done {
  asked: boolean
  notes: number
  ratings: number
  sentBack: boolean
  reopened: boolean
}

/** Where an issue stands, for whoever decides what comes next. */
export interface Standing {
  readonly flow: Flow
  readonly story: Story
  readonly done: Done
  readonly at: number
  readonly calendar: Calendar
  readonly random: Random
}

const hour = 3_600_000

const move = (after: number, by: Actor, action: Choice['action'], args: object = {}): Move => ({
  after,
  by,
  choice: { action, args } as Choice,
})

const between = (random: Random, low: number, high: number): number => low + random.next() * (high - low)

/** A later deadline on a working day. */
const later = (dueAt: string, days: number, calendar: Calendar): string =>
  new Date(addWorkingDays(Date.parse(dueAt), days, calendar)).toISOString()

/** What the dispatcher decides on a unit's request. */
function decide(part: Assignment, story: Story, random: Random): Move | undefined {
  if (story.fate === 'asking') return undefined
  const { kind } = part.request!
  const action =
    kind === 'return'
      ? part.role === 'lead'
        ? 'approveReturn'
        : 'approveAssistReturn'
      : kind === 'suspension'
        ? 'approveSuspension'
        : 'approveExtension'
  return move(between(random, 0.5, 3), 'center', action, { assignment: part.id })
}

/** What the unit in charge asks for on the way, if it does. */
function asks(part: Assignment, { flow, story, done, at, calendar }: Standing): Move | undefined {
  const by = { unit: part.unit }
  const { fate } = story
  if (done.asked) return undefined
  if ((fate === 'returned' || fate === 'asking') && story.mistaken && part.unit.id === story.mistaken.id) {
    const reason = '经现场核实，不属于本单位职责范围。'
    return move(2.5, by, 'requestReturn', { assignment: part.id, reason, unit: story.lead })
  }
  if (part.state !== 'accepted') return undefined
  if (fate === 'extension' || fate === 'asking') {
    const reason = '材料需要外地调货，到货后方可施工。'
    return move(9, by, 'requestExtension', {
      assignment: part.id,
      reason,
      dueAt: later(part.dueAt, 3, calendar),
    })
  }
  if (fate === 'suspension' && flow.state === 'inProgress') {
    const until = new Date(addWorkingDays(at, 3, calendar)).toISOString()
    return move(6, by, 'requestSuspension', {
      assignment: part.id,
      reason: '连续降雨，不具备施工条件。',
      until,
    })
  }
  return undefined
}

function leadWorks(part: Assignment, standing: Standing): Move | undefined {
  const { flow, story, done, at, random } = standing
  const by = { unit: part.unit }
  const { fate, progress } = story
  if (part.request) return decide(part, story, random)
  // the clock ends it
  if (part.suspendedAt !== null) return undefined
  const asking = asks(part, standing)
  if (asking) return asking
  if (part.state === 'offered') {
    const after = fate === 'slow' ? between(random, 26, 34) : between(random, 0.5, 7)
    return move(after, by, 'accept', { assignment: part.id })
  }
  if (done.notes < progress.length) {
    const note = progress[done.notes]!
    return move(between(random, 2, 14), by, 'addProgress', {
      assignment: part.id,
      note,
      photos: [],
      mentions: [],
    })
  }
  if (fate === 'stuck') return undefined
  if (
    (fate === 'consulted' || fate === 'consulting') &&
    flow.leadChanges === 0 &&
    flow.reopenings === 0 &&
    !done.reopened
  ) {
    const reason = '涉及多个部门，权属不清，单靠一家办不了。'
    return move(5, 'center', 'escalate', { reason })
  }
  if (flow.assignments.some((other) => other.role === 'assist' && isOpen(other))) return undefined
  const overdue =
    fate === 'slow' ? Math.max(0, (Date.parse(part.dueAt) - at) / hour) + between(random, 6, 40) : 0
  const args = {
    assignment: part.id,
    text: story.answer,
    outcome: random.chance(0.8) ? 'solved' : 'explained',
    photos: [],
  }
  return move(Math.max(overdue, between(random, 3, 20)), by, 'answer', args)
}

function assistWorks(part: Assignment, story: Story, random: Random): Move | undefined {
  if (part.request) return decide(part, story, random)
  const by = { unit: part.unit }
  if (part.state === 'offered')
    return move(between(random, 0.5, 6), by, 'acceptAssist', { assignment: part.id })
  return move(between(random, 2, 12), by, 'answerAssist', { assignment: part.id, reply: story.assist!.reply })
}

const ratingTexts = [
  '办得很快，谢谢。',
  '上门态度好，事情解决了。',
  '终于修好了，点赞。',
  '还可以，就是等得久了点。',
]

function rated({ story: { fate, mood }, flow, done, random }: Standing): Move | undefined {
  const unhappy = (fate === 'unsolved' && done.ratings < 1) || (fate === 'insoluble' && done.ratings < 3)
  if (unhappy) {
    const text = '只来看了一眼，问题还在。'
    return move(between(random, 3, 30), 'reporter', 'rateUnsolved', { stars: 1 + random.int(2), text })
  }
  if (mood < 0.18) return undefined
  if (mood < 0.26) {
    const note = '电话回访并实地查看，情况属实。'
    return move(between(random, 20, 60), 'center', 'spotCheck', { reason: flow.answer!.outcome, note })
  }
  const stars = mood < 0.4 ? 3 : mood < 0.6 ? 4 : 5
  const text = random.chance(0.6) ? random.pick(ratingTexts) : undefined
  return move(between(random, 2, 70), 'reporter', 'rate', { stars, text })
}

/** What happens to an issue next; `undefined` when everybody waits. */
export function nextMove(standing: Standing): Move | undefined {
  const { flow, story, done, random } = standing
  const { fate } = story
  switch (flow.state) {
    case 'submitted':
      if (fate === 'refused')
        return move(3, 'center', 'refuse', { reason: '已进入司法程序，按规定不予受理，已告知本人。' })
      if (fate === 'withdrawn') return move(1, 'reporter', 'withdraw', { reason: '已经自行协商解决。' })
      return move(between(random, 0.2, 3), 'center', 'triage', { category: story.category })
    case 'triaged': {
      const first = story.mistaken && flow.leadChanges === 0 && !done.asked ? story.mistaken : story.lead
      const assist = story.assist && story.assist.unit.id !== first.id ? [story.assist] : []
      const assists = assist.map(({ unit, task }) => ({ unit, task }))
      return move(between(random, 0.1, 2), 'center', 'dispatch', { lead: { unit: first }, assists })
    }
    case 'dispatched':
    case 'inProgress': {
      const lead = leadOf(flow.assignments)!
      const assist = flow.assignments.find((part) => part.role === 'assist' && isOpen(part))
      // the lead has to take it first; then the assist's part is wanted
      if (assist && lead.state === 'accepted' && fate !== 'stuck') return assistWorks(assist, story, random)
      return leadWorks(lead, standing)
    }
    case 'answered':
      if (fate === 'sentBack' && !done.sentBack) {
        return move(2, 'center', 'sendBack', { reason: '没有说明以后怎样避免，请补充。' })
      }
      return move(between(random, 0.3, 6), 'center', 'approveAnswer')
    case 'awaitingRating':
      return rated(standing)
    case 'jointConsultation': {
      if (fate === 'consulting') return undefined
      const decision = `由${story.lead.name}牵头，相关单位一周内联合现场办公，经费从专项中列支。`
      return move(between(random, 10, 30), 'leader', 'conclude', { decision })
    }
    case 'closed':
      if (fate === 'reopened' && !done.reopened && flow.closing?.reason !== 'notAccepted') {
        return move(50, 'reporter', 'reopen', { reason: '修好没几天又坏了。' })
      }
      return undefined
    case 'merged':
      return undefined
  }
}

/** Keeps count. */
export function noteDone(done: Done, action: Choice['action']): void {
  if (action.startsWith('request')) done.asked = true
  if (action === 'addProgress') done.notes++
  if (action === 'rate' || action === 'rateUnsolved') done.ratings++
  if (action === 'sendBack') done.sentBack = true
  if (action === 'reopen' || action === 'escalate') done.reopened = true
}
