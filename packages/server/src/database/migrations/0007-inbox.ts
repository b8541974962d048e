import { sql, type Kysely } from 'kysely'
import { appRole } from '../role.ts'
import { currentSchema } from '../schema.ts'

/**
 * The inbox: one row for each message and address (a person, everyone of a unit, or a desk of the area). Who has read
 * it is kept apart, since everybody reads for themselves: single messages, and a moment up to which all are read.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [tables, indexes, rowSecurity].join(';\n').split(';\n')) {
    await sql.raw(statement).execute(db)
  }
  await functions(db)
}

const tables = `
create table inbox_entry (
  county text collate "C" not null,
  id uuid not null,
  issue_id uuid not null,
  area_code text collate "C" not null,
  type text collate "C" not null,
  at timestamptz(3) not null,
  -- nobody is told of what they did themselves, though it goes to their unit or desk
  actor_id text collate "C" not null,
  to_person text collate "C" check (to_person <> ''),
  -- county/unit
  to_unit text collate "C",
  to_desk text collate "C" check (to_desk in ('dispatch', 'lead')),
  -- the JSON of core's InboxEntry as it is sent, without whether it is read
  wire text not null,
  primary key (county, id),
  foreign key (county, issue_id) references issue (county, id) on delete cascade,
  check (area_code ^@ county),
  check (num_nonnulls(to_person, to_unit, to_desk) = 1)
);
create table inbox_read (
  county text collate "C" not null,
  actor_id text collate "C" not null,
  entry_id uuid not null,
  primary key (county, actor_id, entry_id),
  foreign key (county, entry_id) references inbox_entry (county, id) on delete cascade
);
create table inbox_read_until (
  county text collate "C" not null,
  actor_id text collate "C" not null,
  until timestamptz(3) not null,
  primary key (county, actor_id)
)`

// only leakproof conditions (=, <) use an index under row-level security: a list is put together from one of these for
// each address
const indexes = `
create index inbox_person on inbox_entry (to_person, at desc, id desc) where to_person is not null;
create index inbox_unit on inbox_entry (to_unit, at desc, id desc) where to_unit is not null;
create index inbox_desk on inbox_entry (county, to_desk, at desc, id desc) where to_desk is not null;
create index inbox_id on inbox_entry (id);
create index inbox_issue on inbox_entry (county, issue_id);
create index inbox_age on inbox_entry using brin (at);
create index inbox_read_entry on inbox_read (county, entry_id)`

const setting = (name: string) => `(select string_to_array(current_setting('${name}', true), ','))::text[]`
const actor = `(select current_setting('mq.actor', true))`
const addressed = `to_person = ${actor} or to_unit = any (${setting('mq.units')})
  or (to_desk is not null and area_code ^@ any (${setting('mq.scope')}))`

// whoever makes something happen to an issue tells others of it, so adding follows the issue, not the address
const rowSecurity = `
alter table inbox_entry enable row level security;
alter table inbox_read enable row level security;
alter table inbox_read_until enable row level security;
create policy inbox_entry_see on inbox_entry for select to ${appRole} using (${addressed});
create policy inbox_entry_add on inbox_entry for insert to ${appRole} with check (exists (
  select from issue i where i.county = inbox_entry.county and i.id = inbox_entry.issue_id));
create policy inbox_read_own on inbox_read for all to ${appRole} using (actor_id = ${actor})
  with check (actor_id = ${actor} and exists (
    select from inbox_entry e where e.county = inbox_read.county and e.id = inbox_read.entry_id));
create policy inbox_read_until_own on inbox_read_until for all to ${appRole} using (actor_id = ${actor});
grant select, insert on inbox_entry to ${appRole};
grant select, insert, delete on inbox_read to ${appRole};
grant select, insert, update on inbox_read_until to ${appRole}`

/** What the server does for itself, whoever calls. */
async function functions(db: Kysely<unknown>): Promise<void> {
  const schema = sql.raw(await currentSchema(db))
  await sql`
    create function mq_inbox_purge(before timestamptz) returns bigint
    language sql security definer set search_path = ${schema}, pg_temp as $$
      with gone as (delete from inbox_entry where at < before returning 1) select count(*) from gone
    $$`.execute(db)
  // whoever causes a message need not see the unit that it goes to
  await sql`
    create function mq_unit_emails(of_county text, of_ids text[]) returns table (id text, email text)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
      select u.id, u.email from unit u
      where u.county = of_county and u.id = any(of_ids) and u.active and u.email is not null
    $$`.execute(db)
  for (const name of ['mq_inbox_purge(timestamptz)', 'mq_unit_emails(text, text[])']) {
    await sql.raw(`revoke all on function ${name} from public`).execute(db)
    await sql.raw(`grant execute on function ${name} to ${appRole}`).execute(db)
  }
}
