import {
  actionOperations,
  alarmOf,
  areaLevels,
  canonical,
  countyOf,
  dayMs,
  dayOf,
  inScope,
  isAsked,
  isOpen,
  issueLimits,
  issueStates,
  presentIssue,
  reaches,
  unitKey,
  type ActionOperation,
  type Diary,
  type Issue,
  type IssueCounts,
  type NewIssue,
} from '@minqing/core'
import { Answer, personOf, withVersion, type Call, type KitHandlers } from '../internal/call.ts'
import { storedPlace } from '../internal/diaries.ts'
import { act } from '../internal/issue-act.ts'
import { choiceOf } from '../internal/issue-choices.ts'
import { alreadyMade, reached, record, submit, whereabouts, type Who } from '../internal/issue-desk.ts'
import { checkIssueArea, issueFits, issuePage, issuesIn } from '../internal/issue-list.ts'
import { carryPhotos, claimForIssue } from '../internal/photo-claims.ts'
import { KitProblem } from '../internal/problem.ts'
import { sealedTimeline } from '../internal/seals.ts'
import type { IssueRow } from '../internal/state.ts'
import { suggest } from '../internal/suggest.ts'

const whoOf = ({ session, access }: Call): Who => ({ person: session.id, access })
const present = (row: IssueRow): Issue => presentIssue(row, row)
const by = (call: Call) => ({ at: call.at, actor: personOf(call) })

type ActionInput = { id: string } & Record<string, unknown>
type ActionHandler = (call: Call, input: ActionInput) => Answer<Issue>

function actionHandler(name: ActionOperation): ActionHandler {
  return (call, input) => {
    const row = reached(call, whoOf(call), input.id)
    if (row.version !== call.ifMatch) {
      throw new KitProblem('version_conflict', { headers: { etag: `"${row.version}"` } })
    }
    const choice = choiceOf(name, input as never, call, row)
    return withVersion(present(act(call, row, choice, by(call), whoOf(call))))
  }
}

const actions = Object.fromEntries(
  actionOperations.map((name) => [name, actionHandler(name)]),
) as unknown as Pick<KitHandlers<'issues'>, ActionOperation>

const required = (path: string) => new KitProblem('invalid_input', { fields: [{ path, rule: 'required' }] })

/** A diary that the caller reads, and for whose area they may report. */
function carried(call: Call, id: string | undefined): Diary | undefined {
  if (id === undefined) return undefined
  const row = call.state.diaries.get(id)
  const readable = (code: string) =>
    inScope(call.scope, code) && inScope(call.accessFor('diary.read').areas, code)
  if (!row || row.deletedAt !== null || !readable(row.diary.area.code)) throw new KitProblem('not_found')
  return row.diary
}

function create(call: Call, input: NewIssue): Answer<Issue> {
  const { state } = call
  const diary = carried(call, input.diary)
  const code = diary?.area.code ?? input.area
  if (code === undefined) throw required('/area')
  if (code.length < areaLevels.county || !inScope(call.scope, code)) throw new KitProblem('area_not_found')
  const request = canonical(input)
  const wanted = { id: input.id, diary: diary?.id ?? null, reporter: call.session.id, request }
  const made = alreadyMade(call, wanted)
  const answer = (row: IssueRow) => withVersion(present(row), { location: `/v1/issues/${row.id}` })
  if (made) return answer(made)
  const text = [diary?.text, input.text].filter((part) => part !== undefined).join('\n\n')
  if (text === '') throw required('/text')
  const area = state.areaRef(code)
  const category = input.category === undefined ? null : state.categoryRef(countyOf(code), input.category)
  if (category === undefined) throw new KitProblem('category_unknown')
  const claim = { ids: input.photos ?? [], owner: call.session.id, area: code }
  const own = claimForIssue(state, input.id, claim)
  if (diary) carryPhotos(state, diary.id, input.id)
  const submission = {
    ...{ id: input.id, area, text, category, request, receipt: null, solved: input.solved },
    ...({ source: diary ? 'diary' : 'officer', diary_id: diary?.id ?? null } as const),
    photos: [...(diary?.photos ?? []), ...own].slice(0, 2 * issueLimits.photos),
    place: storedPlace(input.place) ?? diary?.place ?? null,
    resident: input.resident ?? null,
  }
  return answer(submit(call, submission, by(call)))
}

const mostDays = 400

/** Midnight of a day in Shanghai. */
function startOf(day: string, field: string): number {
  const start = Date.parse(`${day}T00:00:00+08:00`)
  if (!Number.isNaN(start) && dayOf(start) === day) return start
  throw new KitProblem('invalid_input', { fields: [{ path: `/${field}`, rule: 'format' }] })
}

export const issues: KitHandlers<'issues'> = {
  ...actions,
  create,
  list(call, input) {
    checkIssueArea(call, input.area, input.reporter === 'me')
    const found = issuesIn(call, input.area, input.unit).filter((row) =>
      issueFits(row, input, call.session.id),
    )
    const { rows, next, previous } = issuePage(found, input)
    return { items: rows.map(present), next, previous }
  },
  counts(call, { area, unit }) {
    checkIssueArea(call, area, false)
    const rows = issuesIn(call, area, unit)
    const states = Object.fromEntries(issueStates.map((state) => [state, 0])) as IssueCounts['states']
    for (const { flow } of rows) states[flow.state]++
    const count = (fits: (row: IssueRow) => boolean) => rows.filter(fits).length
    return {
      states,
      breached: count(({ flow }) => alarmOf(flow) === 2),
      soon: count(({ flow }) => alarmOf(flow) === 1),
      asked: count(({ flow }) => isAsked(flow)),
    }
  },
  ofDiaries(call, { ids }) {
    const wanted = new Set(ids.split(','))
    const rows = call.state.issues
      .all()
      .filter((row) => reaches(call.access, whereabouts(row), call.session.id))
    return {
      items: rows.flatMap(({ id, diary_id: diary, number, flow, withdrawn }) =>
        diary !== null && wanted.has(diary) && !withdrawn
          ? [{ diary, issue: id, number, state: flow.state }]
          : [],
      ),
    }
  },
  get: (call, { id }) => withVersion(present(reached(call, whoOf(call), id))),
  timeline: async (call, { id }) => ({ items: await sealedTimeline(reached(call, whoOf(call), id)) }),
  suggestion: (call, { id }) => suggest(call, reached(call, whoOf(call), id)),
  calendar({ calendar }, { from, to }) {
    const [first, last] = [startOf(from, 'from'), startOf(to, 'to')]
    const refuse = (rule: string, limit: string) =>
      new KitProblem('invalid_input', { fields: [{ path: '/to', rule, limit }] })
    if (last < first) throw refuse('minimum', from)
    if (last - first >= mostDays * dayMs) throw refuse('maximum', dayOf(first + (mostDays - 1) * dayMs))
    const off: string[] = []
    for (let day = first; day <= last; day += dayMs)
      if (!calendar.isWorkingDay(dayOf(day))) off.push(dayOf(day))
    return { from, to, off }
  },
  showContact(call, { id }) {
    const row = reached(call, whoOf(call), id)
    const { areas, units } = call.access
    const mayCall =
      inScope(areas, row.area_code) ||
      row.flow.assignments.some(
        (part) =>
          (isOpen(part) || part.state === 'answered') && units.includes(unitKey(row.area_code, part.unit.id)),
      )
    if (!mayCall) throw new KitProblem('forbidden')
    const happening = { action: 'showContact', from: row.flow.state, to: row.flow.state, data: {} } as const
    const { version } = record(call, row, happening, {}, by(call))
    const contact = { name: row.resident?.name ?? row.reporter_name, phone: row.resident?.phone ?? null }
    return new Answer(contact, { etag: `"${version}"` })
  },
}
