import {
  apply,
  begin,
  nextTick,
  type ActionArgs,
  type Calendar,
  type Choice,
  type Deed,
  type IssueAction,
  type Person,
} from '@minqing/core'
import { toldOf } from '../../internal/issues/act.ts'
import { beginning, seal, type Line } from '../../internal/issues/chain.ts'
import { scored, type Scoring } from '../../internal/issues/scoring.ts'
import type { Told } from '../../internal/issues/seams.ts'
import type { IssueContent, IssueMotion } from '../../internal/issues/state.ts'
import { firstLine, toContent, type Submission } from '../../internal/issues/submit.ts'

/** What happens to an issue in the demo is worked out with this. */
export interface Rules {
  readonly calendar: Calendar
  readonly scoring: Scoring
}

/** An issue whose life so far is written down before anything of it is stored. */
export interface Chronicle {
  readonly content: IssueContent
  readonly submission: Submission
  motion: IssueMotion
  /** Oldest first, each with its seal. */
  readonly lines: (Line & { readonly hash: Buffer })[]
  /** Who was told what. */
  readonly told: Told[]
}

/** A line of the timeline, sealed, with what it makes of the issue. */
function write(issue: Chronicle, line: Line, motion: Omit<IssueMotion, 'version' | 'changed_at'>): void {
  const before = issue.lines.at(-1)?.hash ?? beginning
  // as JSON keeps it, so that the seal is over what will be read back
  const data = JSON.parse(JSON.stringify(line.data)) as Line['data']
  const kept = { ...line, data }
  issue.lines.push({ ...kept, hash: seal(before, issue.content, kept) })
  issue.motion = { ...motion, version: line.seq, changed_at: line.at }
}

const rowOf = ({ content, motion }: Chronicle) => ({ ...content, ...motion, state: motion.flow.state })

/** A new issue, as the desk would make it. */
export function open(submission: Submission, number: string, deed: Deed, rules: Rules): Chronicle {
  const { solved, text, category } = submission
  const flow = begin(deed, category, solved === undefined ? undefined : { text: solved })
  const priority = scored(rules.scoring, { text, flow, similar: 0, override: null }, deed.at, deed.calendar)
  const content = toContent(submission, number, deed)
  const motion = { flow, priority, version: 1, changed_at: new Date(deed.at) }
  const issue: Chronicle = { content, submission, motion, lines: [], told: [] }
  write(issue, firstLine(content, submission, motion, deed), motion)
  if (solved === undefined) {
    const notices = [{ to: { desk: 'dispatch' }, type: 'submitted' }] as const
    issue.told.push(toldOf(rowOf(issue), { action: 'submit', deed, notices }))
  }
  return issue
}

/** Does one action, as the desk would. */
export function act(issue: Chronicle, { action, args }: Choice, deed: Deed, rules: Rules): void {
  const { motion, content } = issue
  const step = apply(motion.flow, action, args as ActionArgs[IssueAction], deed)
  const override =
    action === 'overridePriority'
      ? { score: args.score, reason: args.reason, by: deed.actor, at: new Date(deed.at).toISOString() }
      : motion.priority.override
  const facts = { text: content.text, flow: step.flow, similar: 0, override }
  const priority = scored(rules.scoring, facts, deed.at, deed.calendar)
  const { at, actor } = deed
  const line = { ...step.event, seq: motion.version + 1, at: new Date(at), actor }
  write(issue, line, { flow: step.flow, priority })
  if (step.notices.length === 0) return
  const { dueAt } = step.event.data
  issue.told.push(toldOf(rowOf(issue), { action, deed, notices: step.notices, dueAt }))
}

/** [I11] On the issue that answers for a pattern: another has come to it. */
export function take(main: Chronicle, child: Chronicle, { at, actor }: Deed): void {
  const { flow, priority, version } = main.motion
  const { state, pattern } = flow
  const data = { child: { id: child.content.id, number: child.content.number } }
  const line = {
    action: 'merge',
    from: state,
    to: state,
    data,
    seq: version + 1,
    at: new Date(at),
    actor,
  } as const
  const children = (pattern?.children ?? 0) + 1
  write(main, line, { flow: { ...flow, pattern: { main: main.content.id, children } }, priority })
}

/** Lets the clock do all that is due up to a moment, each when its time had come. */
export function tickUntil(issue: Chronicle, until: number, clock: Person, rules: Rules): void {
  const { calendar } = rules
  for (;;) {
    const tick = nextTick(issue.motion.flow, calendar)
    if (!tick || tick.at > until) return
    // what was missed is done at the latest thing that happened, never before it
    const at = Math.max(tick.at, issue.motion.changed_at.getTime())
    act(issue, tick as Choice, { at, actor: clock, calendar }, rules)
  }
}
