import { nextTick, type Choice, type Tick } from '@minqing/core'
import type { Desk } from './call.ts'
import type { Clock } from './clock.ts'
import { act } from './issue-act.ts'
import { clockPerson } from './issue-desk.ts'
import type { IssueRow } from './state.ts'

/** The issue whose clock speaks first, up to a moment. */
function firstDue({ state, calendar }: Desk, until: number): { row: IssueRow; tick: Tick } | undefined {
  let first: { row: IssueRow; tick: Tick } | undefined
  for (const row of state.issues.all()) {
    const tick = nextTick(row.flow, calendar)
    if (tick && tick.at <= until && (!first || tick.at < first.tick.at)) first = { row, tick }
  }
  return first
}

/** [I8] Lets the clocks of all issues run to a moment, each speaking when its time has come. */
export function runClocks(desk: Desk, clock: Clock, until: number): number {
  let done = 0
  for (let due = firstDue(desk, until); due; due = firstDue(desk, until), done++) {
    const { row, tick } = due
    clock.advanceTo(tick.at)
    const choice = { action: tick.action, args: tick.args } as Choice
    desk.state.journal.transact(() => act(desk, row, choice, { at: clock.now(), actor: clockPerson }))
    desk.log.deliver()
  }
  clock.advanceTo(until)
  return done
}
