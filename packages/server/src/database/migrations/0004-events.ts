import { sql, type Kysely } from 'kysely'
import { guardByArea } from '../guards.ts'
import { appRole } from '../role.ts'
import { currentSchema } from '../schema.ts'

/**
 * The log of live events. A plain sequence would be a trap: a transaction that took its number early may commit late,
 * behind a reader who has moved on. So an event's place is (transaction id, sequence), and readers take only rows of
 * transactions older than every one that is still open.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table live_event (
      county text collate "C" not null,
      xid xid8 not null default pg_current_xact_id(),
      seq bigint generated always as identity,
      area_code text collate "C" not null,
      type text not null,
      data text not null,
      created_at timestamptz(3) not null default now(),
      primary key (county, xid, seq)
    )`.execute(db)
  await sql`create index live_event_order on live_event (xid, seq)`.execute(db)
  await sql`create index live_event_age on live_event using brin (created_at)`.execute(db)
  await sql`
    create table live_horizon (
      county text collate "C" primary key,
      xid xid8 not null,
      seq bigint not null
    )`.execute(db)
  // nobody's rows: only the functions below look at the horizon
  await sql`alter table live_horizon enable row level security`.execute(db)
  await guardByArea(db, 'live_event', 'select, insert')
  await functions(db)
}

/**
 * What the server does for itself, across all counties and scopes. They run with the owner's rights, and show events
 * only to the bus, which passes on nothing without looking at the area.
 */
async function functions(db: Kysely<unknown>): Promise<void> {
  const schema = sql.raw(await currentSchema(db))
  await sql`
    create function mq_live_after(after_xid xid8, after_seq bigint, most integer)
    returns table (xid xid8, seq bigint, area_code text, type text, data text)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
      select e.xid, e.seq, e.area_code, e.type, e.data
      from live_event e
      where e.xid >= after_xid and (e.xid > after_xid or e.seq > after_seq)
        and e.xid < pg_snapshot_xmin(pg_current_snapshot())
      order by e.xid, e.seq
      limit most
    $$`.execute(db)
  // whether committed events wait behind a transaction that is still open: worth looking again soon
  await sql`
    create function mq_live_held() returns boolean
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
      select exists (select from live_event e where e.xid >= pg_snapshot_xmin(pg_current_snapshot()))
    $$`.execute(db)
  // up to where events have been purged; whoever stopped reading before that has missed some
  await sql`
    create function mq_live_horizon() returns table (xid xid8, seq bigint)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
      select h.xid, h.seq from live_horizon h order by h.xid desc, h.seq desc limit 1
    $$`.execute(db)
  // Rows that are visible though their transaction lies ahead of every one of this cluster came from another (a dump
  // was restored): they would hold readers back for good, so they go too.
  await sql`
    create function mq_live_purge(older_than timestamptz) returns bigint
    language sql security definer set search_path = ${schema}, pg_temp as $$
      with foreign_horizon as (
        delete from live_horizon h where h.xid >= pg_snapshot_xmax(pg_current_snapshot())
      ), gone as (
        delete from live_event e
        where e.created_at < older_than or e.xid >= pg_snapshot_xmax(pg_current_snapshot())
        returning e.county, e.xid, e.seq
      ), last as (
        select distinct on (g.county) g.county, g.xid, g.seq from gone g
        where g.xid < pg_snapshot_xmax(pg_current_snapshot())
        order by g.county, g.xid desc, g.seq desc
      ), kept as (
        insert into live_horizon as h (county, xid, seq) select * from last
        on conflict (county) do update set xid = excluded.xid, seq = excluded.seq
      )
      select count(*) from gone
    $$`.execute(db)
  for (const name of [
    'mq_live_after(xid8, bigint, integer)',
    'mq_live_held()',
    'mq_live_horizon()',
    'mq_live_purge(timestamptz)',
  ]) {
    await sql.raw(`revoke all on function ${name} from public`).execute(db)
    await sql.raw(`grant execute on function ${name} to ${appRole}`).execute(db)
  }
}
