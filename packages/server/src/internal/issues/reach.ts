import { reaches, type Access, type Grant, type Whereabouts } from '@minqing/core'
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { inCounties } from '../counties.ts'
import type { Call, Tx } from '../handler.ts'
import { ProblemError } from '../problem-error.ts'
import type { IssueRow } from './state.ts'

/** Who asks, and how far the operation's capability carries for them. */
export interface Who {
  /** Id of the person. */
  readonly person: string
  readonly access: Access
  /** Areas whose counties are looked through. */
  readonly home: readonly string[]
}

export const whoOf = (call: Pick<Call, 'session' | 'access'>): Who => ({
  person: call.session.id,
  access: call.access,
  home: call.session.grants.map(({ area }: Grant) => area),
})

/** [I2] The reach in the query itself, besides row-level security: each holds though the other should fail. */
export const inReach = ({ access, person }: Who): RawBuilder<SqlBool> => sql`(
  area_code ^@ any(${[...access.areas]}::text[]) or units && ${[...access.units]}::text[]
  or (${access.own} and reporter_id = ${person}))`

/** The part of a row that says whom it concerns. */
export const whereabouts = (row: IssueRow): Whereabouts => ({
  ...row.flow,
  area: { code: row.area_code },
  reporter: { id: row.reporter_id },
})

/**
 * An issue that the caller may see by the call's capability.
 *
 * @throws ProblemError `not_found`
 */
export async function readIssue(tx: Tx, who: Who, id: string): Promise<IssueRow> {
  const row = await find(tx, who, id).executeTakeFirst()
  if (!row || !reaches(who.access, whereabouts(row), who.person)) throw new ProblemError('not_found')
  return row
}

/** The same, held until the transaction ends. */
export async function lockReached(tx: Tx, who: Who, id: string): Promise<IssueRow> {
  const row = await find(tx, who, id).forUpdate().executeTakeFirst()
  if (!row) throw new ProblemError('not_found')
  return row
}

const find = (tx: Tx, who: Who, id: string) =>
  tx.selectFrom('issue').selectAll().where(inCounties(who.home)).where('id', '=', id).where(inReach(who))

/** One whose place is known, for what the server itself does; bound by row-level security alone. */
export async function lockIssue(tx: Tx, county: string, id: string): Promise<IssueRow> {
  const row = await tx
    .selectFrom('issue')
    .selectAll()
    .where('county', '=', county)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new ProblemError('not_found')
  return row
}

/**
 * Lets the server look at, and change, what follows from an action in issues that the caller does not reach: the one
 * that theirs was merged into, or the ones merged into it. The caller's own scope is back afterwards.
 */
export async function asServer<T>(tx: Tx, county: string, work: () => Promise<T>): Promise<T> {
  const { rows } = await sql<{ scope: string }>`
    select coalesce(current_setting('mq.scope', true), '') as scope`.execute(tx)
  const setScope = (scope: string) => sql`select set_config('mq.scope', ${scope}, true)`.execute(tx)
  await setScope(county)
  try {
    const result = await work()
    await setScope(rows[0]!.scope)
    return result
  } catch (error) {
    // a problem may be passed over; after any other failure nothing more happens in this transaction
    if (error instanceof ProblemError) await setScope(rows[0]!.scope)
    throw error
  }
}
