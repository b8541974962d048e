import {
  begin,
  contentText,
  coreScoring,
  countyOf,
  dayOf,
  reaches,
  scored,
  titleOf,
  type Access,
  type CategoryRef,
  type Deed,
  type IssueContent,
  type IssueEvent,
  type IssueMotion,
  type Notice,
  type Person,
  type Whereabouts,
} from '@minqing/core'
import type { Desk } from './call.ts'
import { notify } from './inbox.ts'
import { tellIssue } from './issue-events.ts'
import { KitProblem } from './problem.ts'
import type { IssueRow } from './state.ts'

/** Who acts, and when. */
export type By = Omit<Deed, 'calendar'>

/** Who asks, and where the operation's capability reaches for them. */
export interface Who {
  readonly person: string
  readonly access: Access
}

export const whereabouts = (row: IssueRow): Whereabouts => ({
  ...row.flow,
  area: { code: row.area_code },
  reporter: { id: row.reporter_id },
})

/** [A4] What is out of reach does not exist. */
export function reached({ state }: Desk, who: Who, id: string): IssueRow {
  const row = state.issues.get(id)
  if (!row || !reaches(who.access, whereabouts(row), who.person)) throw new KitProblem('not_found')
  return row
}

export interface Happening {
  readonly action: IssueEvent['action']
  readonly from: IssueEvent['from']
  readonly to: IssueEvent['to']
  readonly data: IssueEvent['data']
}

/** Writes one line of the timeline and the issue as it is after it, and tells it. */
export function record(
  desk: Desk,
  row: IssueRow,
  happening: Happening,
  change: Partial<Pick<IssueMotion, 'flow' | 'priority'>>,
  { at, actor }: By,
): IssueRow {
  const version = row.version + 1
  const data = JSON.parse(JSON.stringify(happening.data)) as IssueEvent['data']
  const next: IssueRow = {
    ...row,
    ...change,
    ...{ version, changed_at: new Date(at) },
    withdrawn: row.withdrawn || happening.action === 'withdraw',
    timeline: [...row.timeline, { ...happening, data, seq: version, at: new Date(at), actor }],
  }
  desk.state.issues.set(next.id, next)
  tellIssue(desk, 'issue.changed', next, { at, actor })
  return next
}

/** A new issue, checked. */
export interface Submission extends Pick<
  IssueContent,
  'id' | 'source' | 'diary_id' | 'text' | 'photos' | 'place' | 'resident'
> {
  readonly area: { readonly code: string; readonly name: string }
  readonly category: CategoryRef | null
  readonly solved?: string | undefined
  readonly receipt: string | null
  readonly request: string
}

/** `330683-20261124-00012`. */
function drawNumber({ state }: Desk, county: string, at: number): string {
  const day = dayOf(at)
  const last = (state.numbers.get(`${county} ${day}`) ?? 0) + 1
  state.numbers.set(`${county} ${day}`, last)
  return `${county}-${day.replaceAll('-', '')}-${String(last).padStart(5, '0')}`
}

/**
 * The issue that this very request, sent before, has made.
 *
 * @throws KitProblem `id_taken`, `diary_forwarded`
 */
export function alreadyMade(
  { state }: Desk,
  wanted: { id: string; diary: string | null; reporter: string; request: string },
): IssueRow | undefined {
  const row = state.issues.get(wanted.id)
  if (row?.reporter_id === wanted.reporter && row.request === wanted.request) return row
  if (row) throw new KitProblem('id_taken')
  const forwarded = state.issues.all().some((one) => one.diary_id === wanted.diary && !one.withdrawn)
  if (wanted.diary !== null && forwarded) throw new KitProblem('diary_forwarded')
  return undefined
}

/** Makes an issue; the actor is its reporter. */
export function submit(desk: Desk, submission: Submission, by: By): IssueRow {
  const { area, category, solved, receipt, request, ...written } = submission
  const { at, actor } = by
  const county = countyOf(area.code)
  const deed: Deed = { ...by, calendar: desk.calendar }
  const flow = begin(deed, category, solved === undefined ? undefined : { text: solved })
  const of = { text: written.text, flow, similar: 0, override: null }
  const row: IssueRow = {
    ...written,
    ...{ county, number: drawNumber(desk, county, at), area_code: area.code, area_name: area.name },
    title: titleOf(written.text),
    ...{ reporter_id: actor.id, reporter_name: actor.name, reporter_title: actor.title ?? null },
    ...{ created_at: new Date(at), changed_at: new Date(at), version: 1, flow },
    priority: scored(coreScoring, of, at, desk.calendar),
    ...{ request, receipt, withdrawn: false, timeline: [] },
  }
  const action = solved !== undefined ? 'solveOnSpot' : written.diary_id !== null ? 'forward' : 'submit'
  const data = {
    source: written.source,
    area,
    ...(written.diary_id === null ? {} : { diary: written.diary_id }),
    ...(category ? { category } : {}),
    ...(solved === undefined ? {} : { text: solved }),
  }
  const line = { seq: 1, action, at: new Date(at), actor, from: null, to: flow.state, data } as const
  desk.state.issues.set(row.id, { ...row, timeline: [line] })
  tellIssue(desk, 'issue.created', row, by)
  if (solved === undefined) {
    const notices: Notice[] = [{ to: { desk: 'dispatch' }, type: 'submitted' }]
    notify(desk, row, { ...by, notices })
  }
  return desk.state.issues.get(row.id)!
}

/** What the first line of a timeline seals [I14]. */
export const sealedContent = (row: IssueRow): string => contentText(row)

/** Who stands in the timeline when the clock does something. */
export const clockPerson: Person = { id: 'system', name: '系统' }
