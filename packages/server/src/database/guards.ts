import { sql, type Kysely } from 'kysely'
import { appRole } from './role.ts'

/** SQL rights on a table that the application's role gets: `select, insert`. */
type Rights = string

const guarded = async (
  db: Kysely<unknown>,
  table: string,
  rights: Rights,
  condition: string,
): Promise<void> => {
  await sql.raw(`alter table ${table} enable row level security`).execute(db)
  await sql
    .raw(
      `create policy ${table}_guard on ${table} to ${appRole} using (${condition}) with check (${condition})`,
    )
    .execute(db)
  await sql.raw(`grant ${rights} on ${table} to ${appRole}`).execute(db)
}

/**
 * For migrations: shows the role only the rows whose area lies in one of the subtrees of `mq.scope`. The setting is
 * read once per statement, not per row (a subselect), and without one nothing is visible.
 */
export const guardByArea = (db: Kysely<unknown>, table: string, rights: Rights, column = 'area_code') =>
  guarded(
    db,
    table,
    rights,
    `${column} ^@ any ((select string_to_array(current_setting('mq.scope', true), ','))::text[])`,
  )

/** For migrations: shows the role only the rows of the person named by `mq.actor`. */
export const guardByActor = (db: Kysely<unknown>, table: string, rights: Rights, column = 'actor_id') =>
  guarded(db, table, rights, `${column} = (select current_setting('mq.actor', true))`)
