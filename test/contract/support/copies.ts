import { randomUUID } from 'node:crypto'
import type { TestApp } from '../../../packages/server/src/testing/app.ts'
import type { Stood } from './stages.ts'

/** Tables that an issue lies in, with the column that names it; those that refer to others last. */
const tables = [
  ['issue', 'id'],
  ['issue_unit', 'issue_id'],
  ['issue_event', 'issue_id'],
] as const

const known = new Map<string, Promise<string>>()

/** Columns that can be written. */
async function columnsOf(server: TestApp, table: string): Promise<string> {
  const { rows } = await server.owner.query<{ list: string }>(
    `select string_agg(quote_ident(column_name), ', ') as list from information_schema.columns
    where table_schema = current_schema() and table_name = $1 and is_generated = 'NEVER'`,
    [table],
  )
  return rows[0]!.list
}

let copies = 0

/**
 * The same issue once more, under an id and a number of its own, with all its rows: what an action may change without
 * going the whole way again.
 */
export async function copyIssue(server: TestApp, { id, version }: Stood): Promise<Stood> {
  const other = randomUUID()
  const suffix = `-copy${++copies}`
  for (const [table, column] of tables) {
    const columns = await (known.get(table) ?? known.set(table, columnsOf(server, table)).get(table)!)
    await server.owner.query(
      `insert into ${table} (${columns})
      select ${columns} from jsonb_populate_recordset(null::${table}, (
        select jsonb_agg(replace(replace(to_jsonb(t)::text, $1, $2), i.number, i.number || $3)::jsonb)
        from ${table} t, issue i where t.${column} = $1::uuid and i.id = $1::uuid))`,
      [id, other, suffix],
    )
  }
  return { id: other, version }
}
