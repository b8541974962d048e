import { dayOf, type Calendar, type Choice, type Deed, type Person } from '@minqing/core'
import { clock } from '../../internal/issues/clock-person.ts'
import type { Random } from '../diaries/random.ts'
import { act, tickUntil, type Chronicle, type Rules } from './chronicle.ts'
import { nextMove, noteDone, type Actor, type Done } from './course.ts'
import { dispatcher, handlerOf, leader } from './people.ts'
import type { Story } from './story.ts'

const hour = 3_600_000

/** The next moment at which offices are open, at or after one. */
export function officeTime(at: number, calendar: Calendar, random: Random): number {
  const hourOf = (time: number) => (((time / hour + 8) % 24) + 24) % 24
  const startOf = (time: number) => time - hourOf(time) * hour
  let time = hourOf(at) >= 17.5 ? startOf(at) + 24 * hour : at
  while (!calendar.isWorkingDay(dayOf(time))) time = startOf(time) + 24 * hour
  return hourOf(time) < 8.5 ? startOf(time) + 8.5 * hour + random.next() * 40 * 60_000 : time
}

/** Residents and officers answer when they have time, but not at night. */
const dayTime = (at: number): number => {
  const past = ((at / hour + 8) % 24) - 21
  return past > 0 ? at + 11 * hour : past < -14 ? at + 8 * hour : at
}

function personOf(by: Actor, issue: Chronicle, random: Random): Person {
  if (by === 'center') return dispatcher(random)
  if (by === 'leader') return leader
  if (by !== 'reporter') return handlerOf(by.unit)
  const { reporter_id: id, reporter_name: name, reporter_title: title } = issue.content
  return { id, name, ...(title ? { title } : {}) }
}

/** One issue on its way. */
export interface Life {
  readonly issue: Chronicle
  readonly story: Story
  readonly done: Done
}

export const born = (issue: Chronicle, story: Story): Life => ({
  issue,
  story,
  done: { asked: false, notes: 0, ratings: 0, sentBack: false, reopened: false },
})

/**
 * Lets an issue go on up to a moment: people act, and the clock in between.
 *
 * @param seen hears of each action after it has been done
 */
export function run(
  { issue, story, done }: Life,
  until: number,
  rules: Rules,
  random: Random,
  seen?: (action: Choice['action'], deed: Deed) => void,
): void {
  const { calendar } = rules
  for (;;) {
    const { flow, changed_at, version } = issue.motion
    const now = changed_at.getTime()
    const next = nextMove({ flow, story, done, at: now, calendar, random })
    // whoever is slow takes the time that the story gives; others are quicker than most counties
    const pace = story.fate === 'slow' || next?.by === 'reporter' ? 1 : 0.5
    const wanted = next ? now + next.after * pace * hour : Infinity
    const at = !next
      ? Infinity
      : next.by === 'reporter'
        ? dayTime(wanted)
        : officeTime(wanted, calendar, random)
    tickUntil(issue, Math.min(at, until), clock, rules)
    const changed = issue.motion.flow.state !== flow.state || isResumed(issue, flow)
    if (changed) continue
    if (!next || at > until) {
      if (!next && issue.motion.version !== version) continue
      return
    }
    const deed = { at, actor: personOf(next.by, issue, random), calendar }
    act(issue, next.choice, deed, rules)
    noteDone(done, next.choice.action)
    seen?.(next.choice.action, deed)
  }
}

/** Whether the clock has ended a suspension: then the unit works on. */
const isResumed = (issue: Chronicle, before: Chronicle['motion']['flow']): boolean =>
  before.assignments.some(
    (part, at) => part.suspendedAt !== null && issue.motion.flow.assignments[at]!.suspendedAt === null,
  )
