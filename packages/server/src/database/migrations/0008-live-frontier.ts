import { sql, type Kysely } from 'kysely'
import { appRole } from '../role.ts'
import { currentSchema } from '../schema.ts'

/**
 * Up to where the event log can be read. PostgreSQL counts transactions for a whole cluster, and a county's database often
 * shares one with others: a nightly load or a `create database` next door must not hold our events back. So only
 * open transactions that may write here count.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const schema = await currentSchema(db)
  for (const statement of [frontier(schema), ...readers(schema)]) await sql.raw(statement).execute(db)
  for (const name of ['mq_live_frontier()', 'mq_live_after(xid8, bigint, integer)', 'mq_live_held()']) {
    await sql.raw(`revoke all on function ${name} from public`).execute(db)
    await sql.raw(`grant execute on function ${name} to ${appRole}`).execute(db)
  }
}

/**
 * Every transaction of this database before it has ended and can be seen with the caller's snapshot. One that is open
 * in the snapshot is left out only if it is known to be of another database: whatever cannot be told (it has just ended)
 * counts as ours, and is looked at again soon. So the frontier may step back for a moment; readers never do. It has to
 * be asked once for a whole statement, hence the subqueries below.
 */
const frontier = (schema: string) => `
  create function mq_live_frontier() returns xid8
  language sql stable security definer set search_path = ${schema}, pg_temp as $$
    select coalesce(min(open.xid::text::bigint)::text::xid8, pg_snapshot_xmax(pg_current_snapshot()))
    from pg_snapshot_xip(pg_current_snapshot()) open (xid)
    where not exists (
      select from pg_locks held
      join pg_stat_activity backend using (pid)
      where held.locktype = 'transactionid' and held.mode = 'ExclusiveLock' and held.granted
        and held.transactionid = open.xid::xid
        and backend.datname <> current_database()
    ) and not exists (
      select from pg_prepared_xacts prepared
      where prepared.transaction = open.xid::xid and prepared.database <> current_database()
    )
  $$`

const readers = (schema: string): readonly string[] => [
  `create or replace function mq_live_after(after_xid xid8, after_seq bigint, most integer)
    returns table (
      xid xid8, seq bigint, area_code text, type text, data text, audience text, units text[], person text, desk text
    )
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
      select e.xid, e.seq, e.area_code, e.type, e.data, e.audience, e.units, e.person, e.desk
      from live_event e
      where e.xid >= after_xid and (e.xid > after_xid or e.seq > after_seq) and e.xid < (select mq_live_frontier())
      order by e.xid, e.seq
      limit most
    $$`,
  `create or replace function mq_live_held() returns boolean
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
      select exists (select from live_event e where e.xid >= (select mq_live_frontier()))
    $$`,
]
