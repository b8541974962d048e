import assert from 'node:assert/strict'
import type { Assignment, CategoryRef, Flow, UnitRef } from '../flow-schema.ts'
import { apply, begin, FlowProblem, nextTick } from '../flow/index.ts'
import type { ActionArgs, Deed, Step } from '../flow/index.ts'
import { kindDays } from '../limits.ts'
import type { IssueAction } from '../table.ts'
import type { IssueKind } from '../words.ts'
import { at, china } from './calendar.ts'

export const unit = (id: string): UnitRef => ({ id, name: `${id}局` })
export const person = (id: string) => ({ id, name: id })
export const category = (kind: IssueKind = 'complaint', days = kindDays[kind]): CategoryRef => ({
  code: '0103',
  name: '城乡建设 / 市政设施',
  kind,
  days,
})

/** One issue as it is told: at which time of Shanghai somebody does what. */
export class Story {
  flow: Flow
  now: number
  readonly steps: Step[] = []

  constructor(start: string, first: { category?: CategoryRef | null; solved?: string } = {}) {
    this.now = at(start)
    const solved = first.solved === undefined ? undefined : { text: first.solved }
    this.flow = begin(this.#deed(), first.category ?? null, solved)
  }

  /** The time is now another; what the clock does until then is not done. */
  at(local: string): this {
    this.now = at(local)
    return this
  }

  do<A extends IssueAction>(action: A, args: ActionArgs[A]): this {
    const step = apply(this.flow, action, args, this.#deed())
    this.flow = step.flow
    this.steps.push(step)
    return this
  }

  /** Goes on to a time, and does all that the clock does until then, each when it is due. */
  until(local: string): this {
    for (;;) {
      const tick = nextTick(this.flow, china)
      if (!tick || tick.at > at(local)) break
      this.now = Math.max(this.now, tick.at)
      this.do(tick.action, tick.args as never)
    }
    return this.at(local)
  }

  refuses<A extends IssueAction>(code: string, action: A, args: ActionArgs[A]): this {
    assert.throws(
      () => apply(this.flow, action, args, this.#deed()),
      (error) => error instanceof FlowProblem && error.code === code,
      `${action} should be refused with ${code}`,
    )
    return this
  }

  part(id: number): Assignment {
    const part = this.flow.assignments.find((one) => one.id === id)
    assert.ok(part)
    return part
  }

  /** The actions until now. */
  get actions(): IssueAction[] {
    return this.steps.map(({ event }) => event.action)
  }

  get last(): Step {
    return this.steps.at(-1)!
  }

  #deed(): Deed {
    return { at: this.now, actor: person('chen'), calendar: china }
  }
}

const none = { photos: [], mentions: [] }
export const note = { note: '已到现场', ...none }
export const answer = { text: '路灯已修好', outcome: 'solved', photos: [] } as const

/** Triaged and dispatched; unit 1 leads as assignment 1. */
export const dispatched = (start: string, kind: IssueKind = 'complaint', assists: string[] = []): Story =>
  new Story(start).do('triage', { category: category(kind) }).do('dispatch', {
    lead: { unit: unit('jianshe') },
    assists: assists.map((id) => ({ unit: unit(id) })),
  })

export const accepted = (start: string, kind?: IssueKind, assists?: string[]): Story =>
  dispatched(start, kind, assists).do('accept', { assignment: 1 })

/** Answered and approved: the resident's turn. */
export const reviewed = (start: string): Story =>
  accepted(start)
    .do('answer', { assignment: 1, ...answer })
    .do('approveAnswer', {})
