import { sql, type Kysely } from 'kysely'
import { currentSchema } from '../schema.ts'
import { cursorFunction, pageFunction, searchFunction } from './0002-functions.ts'

/**
 * Diaries with their revisions, comments and useful marks.
 *
 * `wire` is the JSON of a diary exactly as it is sent: a list is those strings joined, which is three times as fast as
 * building JSON from the columns. `town`, `village` and `grid` exist because only leakproof conditions (`=`, `<`) can
 * use an index under row-level security; a prefix condition cannot.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const script = [tables, indexes, rowSecurity].join(';')
  for (const statement of script.split(';').filter((part) => part.trim()))
    await sql.raw(statement).execute(db)
  await sql.raw(cursorFunction).execute(db)
  await sql.raw(pageFunction).execute(db)
  await sql.raw(searchFunction(await currentSchema(db))).execute(db)
  await sql.raw(`revoke execute on function mq_diary_search from public`).execute(db)
  await sql.raw(`grant execute on function mq_diary_search to minqing_app`).execute(db)
}

// codes and ids sort by their bytes on every machine, whatever the database's own language
const tables = `
create table diary (
  county text collate "C" not null,
  id uuid not null,
  area_code text collate "C" not null,
  town text collate "C" generated always as (case when length(area_code) >= 9 then left(area_code, 9) end) stored,
  village text collate "C" generated always as (case when length(area_code) >= 12 then left(area_code, 12) end) stored,
  grid text collate "C" generated always as (case when length(area_code) >= 15 then left(area_code, 15) end) stored,
  author_id text collate "C" not null,
  author_name text not null,
  author_title text,
  kind text collate "C" not null,
  text text not null,
  folded text collate "C" not null,
  tags text[] not null,
  visited text[] not null,
  place jsonb,
  photos jsonb not null,
  written_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  edited_at timestamptz(3) not null,
  version integer not null default 1,
  deleted_at timestamptz(3),
  comment_count integer not null default 0,
  useful_count integer not null default 0,
  accepted_answer uuid,
  wire text not null,
  search tsvector not null,
  primary key (county, id)
);
create table diary_revision (
  county text collate "C" not null,
  diary_id uuid not null,
  version integer not null,
  area_code text collate "C" not null,
  kind text not null,
  text text not null,
  visited text[] not null,
  place jsonb,
  photos jsonb not null,
  at timestamptz(3) not null,
  primary key (county, diary_id, version),
  foreign key (county, diary_id) references diary (county, id) on delete cascade
);
create table diary_comment (
  county text collate "C" not null,
  id uuid not null,
  diary_id uuid not null,
  area_code text collate "C" not null,
  author_id text collate "C" not null,
  author_name text not null,
  author_title text,
  text text not null,
  created_at timestamptz(3) not null,
  deleted_at timestamptz(3),
  wire text not null,
  primary key (county, id),
  foreign key (county, diary_id) references diary (county, id) on delete cascade
);
create table diary_useful (
  county text collate "C" not null,
  diary_id uuid not null,
  actor_id text collate "C" not null,
  area_code text collate "C" not null,
  created_at timestamptz(3) not null,
  primary key (county, diary_id, actor_id),
  foreign key (county, diary_id) references diary (county, id) on delete cascade
)`

const indexes = `
create index diary_newest on diary (created_at desc, id desc) where deleted_at is null;
create index diary_county on diary (county, created_at desc, id desc) where deleted_at is null;
create index diary_town on diary (town, created_at desc, id desc) where deleted_at is null;
create index diary_village on diary (village, created_at desc, id desc) where deleted_at is null;
create index diary_grid on diary (grid, created_at desc, id desc) where deleted_at is null;
create index diary_author on diary (author_id, created_at desc, id desc) where deleted_at is null;
create index diary_kind on diary (county, kind, created_at desc, id desc) where deleted_at is null;
create index diary_search on diary using gin (search) where deleted_at is null;
create index diary_comment_order on diary_comment (county, diary_id, created_at, id) where deleted_at is null`

const scoped = `area_code ^@ any ((select string_to_array(current_setting('mq.scope', true), ','))::text[])`
const own = (column: string) => `${column} = (select current_setting('mq.actor', true))`

// Nobody writes in another's name. Counts and marks of a diary are changed by others, so its updates are open to the
// scope; that only its author edits and deletes it is the operation's rule.
const rowSecurity = `
alter table diary enable row level security;
alter table diary_revision enable row level security;
alter table diary_comment enable row level security;
alter table diary_useful enable row level security;
create policy diary_read on diary for select to minqing_app using (${scoped});
create policy diary_write on diary for insert to minqing_app with check (${scoped} and ${own('author_id')});
create policy diary_change on diary for update to minqing_app using (${scoped});
create policy diary_revision_read on diary_revision for select to minqing_app using (${scoped});
create policy diary_revision_write on diary_revision for insert to minqing_app with check (${scoped});
create policy diary_comment_read on diary_comment for select to minqing_app using (${scoped});
create policy diary_comment_write on diary_comment for insert to minqing_app
  with check (${scoped} and ${own('author_id')});
create policy diary_comment_change on diary_comment for update to minqing_app using (${scoped} and ${own('author_id')});
create policy diary_useful_own on diary_useful for all to minqing_app using (${scoped} and ${own('actor_id')});
grant select, insert, update on diary to minqing_app;
grant select, insert on diary_revision to minqing_app;
grant select, insert, update on diary_comment to minqing_app;
grant select, insert, delete on diary_useful to minqing_app`
