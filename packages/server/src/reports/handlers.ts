import { inScope, type Choice, type Operations, type Person, type Report } from '@minqing/core'
import { fromCursor, toCursor } from '../internal/cursor.ts'
import type { Deps } from '../internal/deps.ts'
import type { Call, HandlersOf, Tx } from '../internal/handler.ts'
import type { IssueDesk, IssueRow } from '../internal/issue-desk.ts'
import type { Limiter } from '../internal/limits.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { anonymousId } from '../internal/reserved-ids.ts'
import { makeReport } from './create.ts'
import { actAsReporter, asReporter, open } from './follow.ts'
import { readForm } from './form.ts'
import { presentReport } from './present.ts'
import { reportsOf, stepsOf } from './queries.ts'
import { Receipts } from './receipt.ts'

export type ReportDeps = Pick<Deps, 'transact' | 'keyFor' | 'now'> & {
  desk: IssueDesk
  limiter: Limiter
  /** Whether reports without signing in are taken. */
  anonymousReports: boolean
}

const nameless: Person = { id: anonymousId, name: '匿名群众' }

const personOf = ({ session: { id, name, title } }: Call): Person => ({
  id,
  name,
  ...(title === undefined ? {} : { title }),
})

/** An optional text that was not written is no argument. */
const written = (text: string | undefined) => (text === undefined ? {} : { text })

/** Handlers of the residents' operations. */
export function reportHandlers(deps: ReportDeps): HandlersOf<Operations['reports']> {
  const { desk, limiter, anonymousReports } = deps
  const receipts = new Receipts(deps.keyFor('receipt'))

  const present = async (tx: Tx, rows: readonly IssueRow[]): Promise<Report[]> => {
    const steps = await stepsOf(tx, rows)
    return rows.map((row) => presentReport(row, steps.get(row.id)!, receipts.of(row), deps.now()))
  }
  const presentOne = async (tx: Tx, row: IssueRow): Promise<Report> => (await present(tx, [row]))[0]!
  const act = async (call: Call, receipt: string, choice: Choice): Promise<Report> => {
    const found = await open(deps, call, receipt)
    return actAsReporter(deps, found, choice, call.now(), presentOne)
  }

  return {
    form: (_call, { area }) =>
      deps.transact({ scope: [area], actor: '' }, (tx) => readForm(tx, area, anonymousReports)),
    async create(call, input) {
      await limiter.report(call.request)
      if (!inScope(call.scope, input.area)) throw new ProblemError('area_not_found')
      const by = { actor: personOf(call), at: call.now().getTime() }
      return call.transact(async (tx) => presentOne(tx, await makeReport(tx, { desk, receipts }, input, by)))
    },
    async createAnonymous(call, input) {
      if (!anonymousReports) throw new ProblemError('anonymous_refused')
      await limiter.anonymousReport(call.request)
      const by = { actor: nameless, at: call.now().getTime() }
      return deps.transact({ scope: [input.area], actor: anonymousId }, async (tx) =>
        presentOne(tx, await makeReport(tx, { desk, receipts }, input, by)),
      )
    },
    mine: (call, { cursor, limit = 20 }) =>
      call.transact(async (tx) => {
        const after = cursor === undefined ? undefined : fromCursor(cursor)
        const rows = await reportsOf(tx, call.session.id, after, limit)
        const shown = rows.slice(0, limit)
        const place = (row: IssueRow | undefined) =>
          row ? toCursor({ at: row.created_at, id: row.id }) : null
        return {
          items: await present(tx, shown),
          next: place(rows.length > limit ? shown.at(-1) : undefined),
          previous: place(shown[0]),
        }
      }),
    async status(call, { receipt }) {
      return asReporter(deps, await open(deps, call, receipt), presentOne)
    },
    rate: (call, { receipt, stars, solved, text }) =>
      act(call, receipt, { action: solved ? 'rate' : 'rateUnsolved', args: { stars, ...written(text) } }),
    reopen: (call, { receipt, reason }) => act(call, receipt, { action: 'reopen', args: { reason } }),
  }
}
