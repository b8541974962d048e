import { sql, type Kysely } from 'kysely'
import { currentSchema } from '../schema.ts'
import { alongside } from './0005-alongside.ts'
import { issueFunctions } from './0005-functions.ts'
import { listFunctions } from './0005-list.ts'
import { rowSecurity } from './0005-security.ts'

async function run(db: Kysely<unknown>, script: string): Promise<void> {
  for (const statement of script.split(';\n')) await sql.raw(statement).execute(db)
}

/**
 * Issues with their events. As with diaries, `wire` is the JSON of an issue exactly as it is sent; the columns beside it
 * follow from the content and the flow, and are what lists, clocks and row-level security look at.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const schema = await currentSchema(db)
  await run(db, tables)
  await run(db, indexes)
  await run(db, appendOnly)
  await run(db, rowSecurity)
  await alongside(db, schema)
  await issueFunctions(db, schema)
  await listFunctions(db, schema)
}

const tables = `
create table issue (
  county text collate "C" not null,
  id uuid not null,
  number text collate "C" not null,
  area_code text collate "C" not null,
  area_name text not null,
  town text collate "C" generated always as (case when length(area_code) >= 9 then left(area_code, 9) end) stored,
  village text collate "C" generated always as (case when length(area_code) >= 12 then left(area_code, 12) end) stored,
  grid text collate "C" generated always as (case when length(area_code) >= 15 then left(area_code, 15) end) stored,
  source text collate "C" not null,
  diary_id uuid,
  -- taken back before anybody took it on: its diary may be forwarded again
  withdrawn boolean not null default false,
  title text not null,
  text text not null,
  folded text collate "C" not null,
  search tsvector not null,
  photos jsonb not null,
  place jsonb,
  reporter_id text collate "C" not null,
  reporter_name text not null,
  reporter_title text,
  -- with the phone as it was written; the wire form has it masked
  resident jsonb,
  receipt_hash bytea,
  flow jsonb not null,
  priority jsonb not null,
  score smallint not null,
  state text collate "C" not null,
  open boolean not null generated always as (state <> 'closed') stored,
  category text collate "C",
  lead_unit text collate "C",
  -- every unit that has or had a part in it, as county/unit
  units text[] collate "C" not null,
  -- the next deadline of a running clock; infinity when none runs
  due_at timestamptz(3) not null,
  resident_due_at timestamptz(3) not null,
  -- when the clock does something next
  tick_at timestamptz(3),
  -- of the running clocks: 0 quiet, 1 warned, 2 past a deadline
  alarm smallint not null,
  asked boolean not null,
  supervised boolean not null,
  pattern_main uuid,
  -- open ones like it nearby, when it was last looked at
  similar_open smallint not null default 0,
  -- SHA-256 of what was sent: tells a repeated send from another issue under the same id
  request_hash bytea,
  -- the number of events, and the hash of the last
  version integer not null,
  head_hash bytea not null,
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,
  wire text not null,
  primary key (county, id),
  check (area_code ^@ county)
) with (toast_tuple_target = 4080);
-- what is sent stays with its row and as it is: unpacking fifty of them takes as long as finding them
alter table issue alter column wire set storage main;
create table issue_unit (
  county text collate "C" not null,
  issue_id uuid not null,
  unit_id text collate "C" not null,
  -- whether it has a part now
  open boolean not null,
  created_at timestamptz(3) not null,
  primary key (county, issue_id, unit_id),
  foreign key (county, issue_id) references issue (county, id) on delete cascade
);
create table issue_event (
  county text collate "C" not null,
  issue_id uuid not null,
  seq integer not null check (seq > 0),
  action text collate "C" not null,
  at timestamptz(3) not null,
  actor_id text collate "C" not null,
  actor_name text not null,
  actor_title text,
  from_state text collate "C",
  to_state text collate "C" not null,
  data jsonb not null,
  -- SHA-256 over the hash before it and this line
  hash bytea not null,
  primary key (county, issue_id, seq),
  foreign key (county, issue_id) references issue (county, id) on delete cascade
);
create table issue_number (
  county text collate "C" not null,
  day date not null,
  last integer not null,
  primary key (county, day)
)`

// what a filter compares stands in the index behind the order, so that rows that do not fit are not fetched
const levels = ['county', 'town', 'village', 'grid']
const orders = {
  newest: 'created_at desc, id desc',
  priority: 'score desc, created_at desc, id desc',
  due: 'due_at, created_at, id',
}
const inOrder = levels
  .flatMap((level) =>
    Object.entries(orders).map(
      ([order, columns]) =>
        `create index issue_${level}_${order} on issue (${level}, ${columns}, open, state, category, source, alarm)`,
    ),
  )
  .join(';\n')

const indexes = `
create unique index issue_number_once on issue (county, number);
create unique index issue_diary_once on issue (county, diary_id) where diary_id is not null and not withdrawn;
create index issue_receipt on issue (receipt_hash) where receipt_hash is not null;
${inOrder};
create index issue_state on issue (county, state, created_at desc, id desc, category, source, alarm);
create index issue_state_priority on issue (county, state, score desc, created_at desc, id desc, category, source, alarm);
create index issue_state_due on issue (county, state, due_at, created_at, id, category, source, alarm);
create index issue_open on issue (county, created_at desc, id desc, category, source, alarm) where open;
create index issue_open_priority on issue (county, score desc, created_at desc, id desc, category, source, alarm) where open;
create index issue_open_due on issue (county, due_at, created_at, id, category, source, alarm) where open;
create index issue_reporter on issue (reporter_id, created_at desc, id desc);
create index issue_category on issue (county, category, created_at desc) where category is not null;
create index issue_pattern on issue (county, pattern_main, created_at desc, id desc) where pattern_main is not null;
create index issue_asked on issue (county, created_at desc, id desc) where asked;
create index issue_supervised on issue (county, created_at desc, id desc) where supervised;
create index issue_tick on issue (tick_at) where tick_at is not null;
create index issue_search on issue using gin (search);
create index issue_of_diary on issue (diary_id) where diary_id is not null;
create index issue_unit_all on issue_unit (county, unit_id, created_at desc, issue_id desc);
create index issue_unit_open on issue_unit (county, unit_id, created_at desc, issue_id desc) where open`

/** [I14] Not even the owner changes what has happened, unless they take the lock off first. */
const appendOnly = `
create function mq_issue_event_kept() returns trigger language plpgsql as $$ begin
  raise exception 'events of issues are only ever added' using errcode = 'insufficient_privilege'; end $$;
create trigger issue_event_kept before update or delete on issue_event
  for each row execute function mq_issue_event_kept();
create trigger issue_event_kept_whole before truncate on issue_event
  for each statement execute function mq_issue_event_kept()`
