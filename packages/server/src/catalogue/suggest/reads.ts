import { townOf, type Suggestion } from '@minqing/core'
import { sql } from 'kysely'
import type { Tx } from '../../internal/handler.ts'

export interface NamedIssue {
  readonly id: string
  readonly number: string
  readonly title: string
}

export interface OpenIssue extends NamedIssue {
  readonly state: Suggestion['similar'][number]['state']
  /** Of its area. */
  readonly code: string
  readonly name: string
  readonly folded: string
  readonly category: string | null
}

export interface Reads {
  /** Of the catalogue. */
  readonly version: string
  readonly named: ReadonlyMap<string, NamedIssue>
  readonly open: readonly OpenIssue[]
}

/** Of a town's open issues of a family, the newest are looked at; of those that nobody has sorted yet, half as many. */
export const mostOpen = 100
const noIssue = '00000000-0000-0000-0000-000000000000'

/** All that a suggestion asks the database, as far as the transaction may see it. */
export async function readFor(
  tx: Tx,
  of: {
    readonly county: string
    readonly area: string
    /** Past issues to be named. */
    readonly ids: readonly string[]
    readonly families: readonly string[]
    readonly except: string | undefined
  },
): Promise<Reads> {
  const { rows } = await sql<{
    version: string
    named_issues: NamedIssue[] | null
    open_issues: OpenIssue[] | null
  }>`
    select * from mq_suggestion_reads(${of.county}, ${[...of.ids]}::uuid[], ${townOf(of.area)},
      ${[...of.families]}::text[], ${of.except ?? noIssue}::uuid, ${mostOpen})`.execute(tx)
  const [{ version, named_issues, open_issues }] = rows as [(typeof rows)[number]]
  return {
    version,
    named: new Map((named_issues ?? []).map((one) => [one.id, one])),
    open: open_issues ?? [],
  }
}
