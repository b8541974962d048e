import {
  anonymousId,
  canonical,
  countyOf,
  inScope,
  parentOf,
  plainReceipt,
  presentReport,
  shownReceipt,
  type Choice,
  type NewReport,
  type Person,
  type Report,
} from '@minqing/core'
import { personOf, type Call, type KitHandlers } from '../internal/call.ts'
import { storedPlace } from '../internal/diaries.ts'
import { act } from '../internal/issue-act.ts'
import { alreadyMade, submit, type Who } from '../internal/issue-desk.ts'
import { pageOf } from '../internal/pages.ts'
import { claimForIssue } from '../internal/photo-claims.ts'
import { KitProblem } from '../internal/problem.ts'
import type { IssueRow } from '../internal/state.ts'

const nameless: Person = { id: anonymousId, name: '匿名群众' }
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Grids are the administration's own division: residents know their village. */
const villageLength = 12

const newReceipt = (): string =>
  shownReceipt(
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => alphabet[byte % 32]!).join(''),
  )

function present(row: IssueRow, { at }: Call): Report {
  const steps = row.timeline.filter(({ from, to }) => from !== to)
  return presentReport(
    row,
    steps.map(({ at: when, to, data }) => ({ at: when, to_state: to, data })),
    row.receipt!,
    new Date(at),
  )
}

function make(call: Call, input: NewReport, actor: Person): Report {
  const { state, at } = call
  // numbers are drawn by county
  if (input.area.length < 6) throw new KitProblem('area_not_found')
  const request = canonical(input)
  const made = alreadyMade(call, { id: input.id, diary: null, reporter: actor.id, request })
  if (made) return present(made, call)
  const area = state.areaRef(input.area)
  const category =
    input.category === undefined ? null : state.categoryRef(countyOf(input.area), input.category)
  if (category === undefined) throw new KitProblem('category_unknown')
  const { name, phone } = input
  const submission = {
    ...({
      id: input.id,
      area,
      text: input.text,
      category,
      request,
      source: 'report',
      diary_id: null,
    } as const),
    photos: claimForIssue(state, input.id, { ids: input.photos ?? [], owner: actor.id, area: input.area }),
    place: storedPlace(input.place),
    resident:
      name === undefined && phone === undefined
        ? null
        : { name: name ?? actor.name, ...(phone === undefined ? {} : { phone }) },
    receipt: newReceipt(),
  }
  return present(submit(call, submission, { at, actor }), call)
}

function open({ state }: Call, receipt: string): IssueRow {
  const wanted = plainReceipt(receipt)
  const row = state.issues.all().find((one) => one.receipt !== null && plainReceipt(one.receipt) === wanted)
  if (!row) throw new KitProblem('receipt_unknown')
  return row
}

/** Whether this is what happened last: the answer to it got lost, and it is sent once more. */
function isRepeated(row: IssueRow, { action, args }: Choice): boolean {
  const last = row.timeline.at(-1)!
  if (last.action !== action || last.actor.id !== row.reporter_id) return false
  const said = Object.entries(last.data).filter(([name]) => name in args)
  return canonical(Object.fromEntries(said)) === canonical(args)
}

/** Whoever has the receipt stands where its reporter stands, and nowhere else. */
function actAsReporter(call: Call, receipt: string, choice: Choice): Report {
  const row = open(call, receipt)
  if (isRepeated(row, choice)) return present(row, call)
  const { reporter_id: id, reporter_name: name, reporter_title: title } = row
  const actor: Person = { id, name, ...(title === null ? {} : { title }) }
  const who: Who = { person: id, access: { areas: [], units: [], own: true } }
  return present(act(call, row, choice, { at: call.at, actor }, who), call)
}

export const reports: KitHandlers<'reports'> = {
  form({ state, anonymousReports }, { area: code }) {
    const below = [...state.areas.keys()].filter(
      (one) => parentOf(one) === code && one.length <= villageLength,
    )
    const categories = state.categories
      .all()
      .filter(({ county, parent, active }) => county === countyOf(code) && parent === null && active)
      .sort((a, b) => (a.code < b.code ? -1 : 1))
    return {
      area: state.areaRef(code),
      anonymous: anonymousReports,
      areas: below.sort().map((one) => ({ code: one, name: state.areas.get(one)! })),
      categories: categories.map(({ code: one, name }) => ({ code: one, name })),
    }
  },
  create(call, input) {
    if (!inScope(call.scope, input.area)) throw new KitProblem('area_not_found')
    return make(call, input, personOf(call))
  },
  createAnonymous(call, input) {
    if (!call.anonymousReports) throw new KitProblem('anonymous_refused')
    return make(call, input, nameless)
  },
  mine(call, { cursor, limit = 20 }) {
    const own = call.state.issues
      .all()
      .filter(({ source, reporter_id: reporter }) => source === 'report' && reporter === call.session.id)
    const page = pageOf(own, {
      place: (row) => ({ at: row.created_at.getTime(), id: row.id }),
      cursor,
      limit,
    })
    return { ...page, items: page.items.map((row) => present(row, call)) }
  },
  status: (call, { receipt }) => present(open(call, receipt), call),
  rate: (call, { receipt, stars, solved, text }) =>
    actAsReporter(call, receipt, {
      action: solved ? 'rate' : 'rateUnsolved',
      args: { stars, ...(text === undefined ? {} : { text }) },
    }),
  reopen: (call, { receipt, reason }) => actAsReporter(call, receipt, { action: 'reopen', args: { reason } }),
}
