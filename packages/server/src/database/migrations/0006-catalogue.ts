import { sql, type Kysely } from 'kysely'
import { appRole } from '../role.ts'
import { currentSchema } from '../schema.ts'
import { catalogueFunctions } from './0006-functions.ts'

async function run(db: Kysely<unknown>, script: string): Promise<void> {
  for (const statement of script.split(';\n')) await sql.raw(statement).execute(db)
}

/**
 * The dispatch catalogue: which kinds of matter there are, and which unit takes them where. It belongs to a county, and
 * whoever works anywhere in the county may read it; writing follows the area: a category is the county's, a unit and an
 * assignment belong to the area they name.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, tables)
  await run(db, rowSecurity)
  await catalogueFunctions(db, await currentSchema(db))
  await run(db, triggers)
}

const tables = `
create table unit (
  county text collate "C" not null,
  id text collate "C" not null,
  name text not null,
  kind text collate "C" not null,
  area_code text collate "C" not null,
  email text,
  active boolean not null,
  version integer not null default 1,
  primary key (county, id),
  check (area_code ^@ county)
);
create table category (
  county text collate "C" not null,
  code text collate "C" not null check (code ~ '^([0-9]{2}){1,3}$'),
  parent text collate "C" generated always as (case when length(code) > 2 then left(code, -2) end) stored,
  name text not null,
  -- with the names above it; kept by whoever changes a name
  full_name text not null,
  kind text collate "C" not null,
  -- working days; from the kind when null
  days integer check (days > 0),
  words text[] not null,
  auto_dispatch boolean not null default false,
  active boolean not null default true,
  version integer not null default 1,
  primary key (county, code),
  foreign key (county, parent) references category (county, code)
);
create table category_unit (
  county text collate "C" not null,
  code text collate "C" not null,
  area_code text collate "C" not null,
  unit_id text collate "C" not null,
  primary key (county, code, area_code),
  foreign key (county, code) references category (county, code),
  foreign key (county, unit_id) references unit (county, id),
  check (area_code ^@ county)
);
create table catalogue_import (
  county text collate "C" not null,
  id uuid not null,
  actor_id text collate "C" not null,
  strict boolean not null,
  state text collate "C" not null default 'running' check (state in ('running', 'done', 'failed')),
  code text collate "C",
  total integer not null default 0,
  done integer not null default 0,
  taken integer not null default 0,
  rejected_count integer not null default 0,
  rejected jsonb not null default '[]',
  started_at timestamptz(3) not null,
  -- the process at work says now and then that it lives
  touched_at timestamptz not null default clock_timestamp(),
  primary key (county, id)
);
create unique index catalogue_import_one on catalogue_import (county) where state = 'running';
create table catalogue_version (
  county text collate "C" primary key,
  version bigint not null
);
create index issue_open_near on issue (town, category, created_at desc) where open`

const scope = `(select string_to_array(current_setting('mq.scope', true), ','))::text[]`
const counties = `(select array(
  select left(area, 6) from unnest(string_to_array(current_setting('mq.scope', true), ',')) area where area <> ''
))::text[]`
/** Of a caller who works anywhere in the county, or above it. */
const ofCounty = `county ^@ any (${counties})`
const wholeCounty = `county ^@ any (${scope})`
const inScope = `area_code ^@ any (${scope})`
const own = `actor_id = (select current_setting('mq.actor', true))`

const rowSecurity = `
alter table unit enable row level security;
alter table category enable row level security;
alter table category_unit enable row level security;
alter table catalogue_import enable row level security;
alter table catalogue_version enable row level security;
create policy unit_read on unit for select to ${appRole} using (${ofCounty});
create policy unit_add on unit for insert to ${appRole} with check (${inScope});
create policy unit_change on unit for update to ${appRole} using (${inScope}) with check (${inScope});
create policy category_read on category for select to ${appRole} using (${ofCounty});
create policy category_add on category for insert to ${appRole} with check (${wholeCounty});
create policy category_change on category for update to ${appRole} using (${wholeCounty});
create policy category_unit_read on category_unit for select to ${appRole} using (${ofCounty});
create policy category_unit_add on category_unit for insert to ${appRole} with check (${inScope});
create policy category_unit_change on category_unit for update to ${appRole} using (${inScope}) with check (${inScope});
create policy category_unit_remove on category_unit for delete to ${appRole} using (${inScope});
create policy catalogue_import_read on catalogue_import for select to ${appRole} using (${ofCounty});
create policy catalogue_import_add on catalogue_import for insert to ${appRole} with check (${ofCounty} and ${own});
create policy catalogue_import_change on catalogue_import for update to ${appRole} using (${ofCounty});
grant select, insert, update on unit, category, catalogue_import to ${appRole};
grant select, insert, update, delete on category_unit to ${appRole}`

/** Whoever remembers a catalogue sees by its version when to read it again, however it was changed. */
const triggers = ['unit', 'category', 'category_unit']
  .flatMap((table) => [
    [table, 'insert', 'new'],
    [table, 'update', 'new'],
    [table, 'delete', 'old'],
  ])
  .map(
    ([table, event, rows]) => `
create trigger ${table}_${event} after ${event} on ${table} referencing ${rows} table as changed
  for each statement execute function mq_catalogue_changed()`,
  )
  .join(';\n')
