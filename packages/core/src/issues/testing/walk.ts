import { ok } from 'node:assert/strict'
import { isPossible } from '../available.ts'
import { dayMs } from '../clock.ts'
import type { Flow } from '../flow-schema.ts'
import { apply, begin, FlowProblem, nextTick } from '../flow/index.ts'
import type { ActionArgs } from '../flow/index.ts'
import { issueActions, rowOf, type IssueAction } from '../table.ts'
import { randomArgs } from './args.ts'
import { at, china } from './calendar.ts'
import {
  checkAlarms,
  checkChanges,
  checkCharge,
  checkClosing,
  checkResidentClock,
  checkTable,
  checkUnitClocks,
  type Memory,
} from './laws.ts'
import { seeded, type Random } from './random.ts'
import { category, person } from './story.ts'

export interface Tally {
  /** Actions tried, the refused ones among them. */
  steps: number
  /** Actions carried out. */
  done: number
  /** How often each action was carried out. */
  readonly actions: Map<string, number>
  /** How often each way from state to state was taken. */
  readonly ways: Map<string, number>
}

/** Most steps that the clock takes before it has nothing more to say until later. */
const mostTicks = 200

const manual = issueActions.filter((action) => rowOf(action).side !== 'clock')

const count = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1)

/** One issue on its random way, all laws checked after each step. */
class Walk {
  readonly #random: Random
  readonly #tally: Tally
  readonly #memory: Memory
  readonly #trail: [number, IssueAction, object][] = []
  #flow: Flow

  constructor(random: Random, tally: Tally) {
    this.#random = random
    this.#tally = tally
    const now = at('2026-01-05 08:00') + random.between(0, 300 * 24 * 60) * 60_000
    const kind = random.chance(0.5) ? category() : null
    const flow = begin(this.#deed(now), kind, random.chance(0.1) ? { text: '当场解决' } : undefined)
    const children = random.chance(0.1) ? { main: 'self', children: random.between(0, 2) } : null
    this.#flow = { ...flow, pattern: children }
    const { startedAt } = flow.residentClock
    this.#memory = { startedAt, leadChanges: 0, reopenings: 0, pauses: new Map(), alarms: new Map(), now }
  }

  /** Lets time pass, mostly with the clock coming round in between, and then does something. */
  step(): void {
    const random = this.#random
    const to = this.#memory.now + this.#pause()
    if (random.chance(0.85)) this.#tick(to, random.chance(0.8))
    this.#memory.now = to
    const action = this.#choose()
    const { side } = rowOf(action)
    const result = this.#try(action, randomArgs[action](this.#flow, to, random))
    // what the clock does is due only when nextTick says so
    ok(!(result && side === 'clock') || this.#wasDue, `${action} before its time`)
  }

  /** Whether nobody can do anything any more, and that was tried, too. */
  get isOver(): boolean {
    return this.#stuck > 3
  }

  #stuck = 0
  #wasDue = false

  #pause(): number {
    const random = this.#random
    if (random.chance(0.5)) return random.between(0, 4 * 60) * 60_000
    return Math.floor(random.next() * (random.chance(0.1) ? 60 : 3) * dayMs)
  }

  #choose(): IssueAction {
    const random = this.#random
    if (random.chance(0.08)) return random.pick(issueActions)
    const possible = manual.filter((action) => isPossible(action, this.#flow))
    if (possible.length === 0) {
      this.#stuck++
      return random.pick(issueActions)
    }
    // what ends an issue early would keep the walks in the shallows
    const chosen = random.pick(possible)
    const early = chosen === 'refuse' || chosen === 'withdraw' || chosen === 'merge'
    return early && random.chance(0.7) ? random.pick(possible) : chosen
  }

  /** Does all that the clock has to do until then: each when it is due, or all of it late. */
  #tick(to: number, punctual: boolean): void {
    for (let ticks = 0; ; ticks++) {
      ok(ticks < mostTicks, 'the clock does not come to an end')
      const tick = nextTick(this.#flow, china)
      if (!tick || tick.at > to) return
      this.#memory.now = punctual ? Math.max(tick.at, this.#memory.now) : to
      ok(this.#try(tick.action, tick.args, true), `${tick.action} is announced and then refused`)
    }
  }

  #try(action: IssueAction, args: ActionArgs[IssueAction], announced = false): boolean {
    const before = this.#flow
    this.#tally.steps++
    this.#trail.push([this.#memory.now, action, args])
    if (!announced && rowOf(action).side === 'clock') {
      this.#wasDue = (nextTick(before, china)?.at ?? Infinity) <= this.#memory.now
    }
    try {
      const step = apply(before, action, args as never, this.#deed(this.#memory.now))
      this.#flow = step.flow
      this.#check(before, step)
    } catch (error) {
      if (!(error instanceof FlowProblem)) throw error
      ok(this.#flow === before)
      return false
    }
    return true
  }

  #check(before: Flow, step: ReturnType<typeof apply>): void {
    this.#tally.done++
    count(this.#tally.actions, step.event.action)
    count(this.#tally.ways, `${step.event.from} ${step.event.action} ${step.event.to}`)
    checkTable(before, step)
    checkResidentClock(before, step, this.#memory)
    checkUnitClocks(before, step, this.#memory)
    checkCharge(before, step)
    checkClosing(step)
    checkChanges(step, this.#memory)
    checkAlarms(before, step, this.#memory)
  }

  /** The last steps, for whoever looks for the cause. */
  get trail(): string {
    return this.#trail
      .slice(-25)
      .map(([now, action, args]) => `${new Date(now).toISOString()} ${action} ${JSON.stringify(args)}`)
      .join('\n')
  }

  #deed(now: number) {
    return { at: now, actor: person('chen'), calendar: china }
  }
}

/**
 * Walks issue after issue until so many actions have been carried out.
 *
 * @throws Error with the seed of the walk and its last steps when a law is broken
 */
export function walk(seed: number, wanted: number): Tally {
  // more than half of the steps are refused, and nobody looks at where
  Error.stackTraceLimit = 0
  const tally: Tally = { steps: 0, done: 0, actions: new Map(), ways: new Map() }
  for (let issue = 0; tally.done < wanted; issue++) {
    const random = seeded(seed + issue)
    const one = new Walk(random, tally)
    try {
      for (let left = random.between(5, 120); left > 0 && !one.isOver; left--) one.step()
    } catch (error) {
      throw new Error(`seed ${seed + issue}:\n${one.trail}`, { cause: error })
    }
  }
  return tally
}
