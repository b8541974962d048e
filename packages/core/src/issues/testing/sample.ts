import type { Flow } from '../flow-schema.ts'
import { apply, begin, FlowProblem, nextTick } from '../flow/index.ts'
import { issueActions } from '../table.ts'
import { isPossible } from '../available.ts'
import { randomArgs } from './args.ts'
import { at, china } from './calendar.ts'
import { seeded, type Random } from './random.ts'
import { category, person } from './story.ts'

export interface Sample {
  readonly flow: Flow
  readonly now: number
  readonly random: Random
}

/** An issue as it may stand after so many random actions. */
export function sample(seed: number, steps: number): Sample {
  const random = seeded(seed)
  let now = at('2026-03-02 09:00')
  const deed = () => ({ at: now, actor: person('chen'), calendar: china })
  const solved = random.chance(0.1) ? { text: '当场解决' } : undefined
  let flow = begin(deed(), category(), solved)
  for (let left = steps; left > 0; left--) {
    now += random.between(0, 36 * 60) * 60_000
    for (let tick = nextTick(flow, china); tick && tick.at <= now; tick = nextTick(flow, china)) {
      flow = apply(flow, tick.action, tick.args as never, deed()).flow
    }
    const possible = issueActions.filter((action) => isPossible(action, flow))
    const action = random.pick(possible.length > 0 ? possible : issueActions)
    try {
      flow = apply(flow, action, randomArgs[action](flow, now, random) as never, deed()).flow
    } catch (error) {
      if (!(error instanceof FlowProblem)) throw error
    }
  }
  return { flow, now, random }
}
