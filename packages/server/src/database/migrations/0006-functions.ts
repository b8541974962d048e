import { sql, type Kysely } from 'kysely'
import { appRole } from '../role.ts'

/**
 * The catalogue by county, whatever the caller's scope. An issue is sorted and dispatched in transactions that see a
 * village, what a unit has a part in, or nothing at all (a resident's report), and the names of categories and units
 * are no secret to them; who may do that, the operation has decided. Addresses of units are not among the answers.
 */
const functions = (schema: string): Readonly<Record<string, string>> => ({
  'mq_category(text, text)': `
    create function mq_category(of_county text, of_code text)
    returns table (code text, name text, kind text, days integer)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
      select c.code, c.full_name, c.kind, c.days from category c
      where c.county = of_county and c.code = of_code and not exists (
        select from category up
        where up.county = c.county and up.code in (left(c.code, 2), left(c.code, 4), c.code) and not up.active
      )
    $$`,
  'mq_unit(text, text)': `
    create function mq_unit(of_county text, of_id text)
    returns table (id text, name text)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
      select u.id, u.name from unit u where u.county = of_county and u.id = of_id and u.active
    $$`,
  'mq_catalogue_version(text)': `
    create function mq_catalogue_version(of_county text) returns bigint
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
      select coalesce((select v.version from catalogue_version v where v.county = of_county), 0)
    $$`,
  'mq_catalogue(text)': `
    create function mq_catalogue(of_county text) returns json
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
      select json_build_object(
        'categories', (
          select coalesce(json_agg(json_build_object(
            'code', c.code, 'name', c.name, 'full', c.full_name, 'words', c.words, 'auto', c.auto_dispatch) order by c.code), '[]')
          from category c where c.county = of_county and not exists (
            select from category up
            where up.county = c.county and up.code in (left(c.code, 2), left(c.code, 4), c.code) and not up.active
          )),
        'places', (
          select coalesce(json_agg(json_build_object('code', p.code, 'area', p.area_code, 'unit', p.unit_id)), '[]')
          from category_unit p where p.county = of_county),
        'units', (
          select coalesce(json_agg(json_build_object('id', u.id, 'name', u.name)), '[]')
          from unit u where u.county = of_county and u.active))
    $$`,
  // What has been sorted, for the index in memory from which suggestions are made: it serves everybody in the county
  // and shows nobody an issue that they may not read.
  'mq_issues_sorted(text, timestamptz, uuid, integer)': `
    create function mq_issues_sorted(of_county text, before_at timestamptz, before_id uuid, most integer)
    returns table (id uuid, folded text, category text, unit text, created_at timestamptz)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
      select i.id, left(i.folded, 300), i.category, i.lead_unit, i.created_at from issue i
      where i.county = of_county and i.category is not null
        and i.created_at <= before_at and (i.created_at < before_at or i.id < before_id)
      order by i.created_at desc, i.id desc limit most
    $$`,
  'mq_issues_sorted_of(text, uuid[])': `
    create function mq_issues_sorted_of(of_county text, ids uuid[])
    returns table (id uuid, folded text, category text, unit text)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
      select i.id, left(i.folded, 300), i.category, i.lead_unit from issue i
      where i.county = of_county and i.id = any (ids) and i.category is not null
    $$`,
  // only a number comes of them, so that a score is the same whoever made the issue
  'mq_issues_open_near(text, text, text, uuid, integer)': `
    create function mq_issues_open_near(of_county text, near text, family text, other_than uuid, most integer)
    returns table (folded text, sorted boolean)
    language plpgsql stable security definer set search_path = ${schema}, pg_temp
    set plan_cache_mode = force_generic_plan as $$ begin return query
      (select left(i.folded, 300), true from issue i
        where i.county = of_county and i.town = near and i.open and i.id <> other_than
          and i.category >= family and i.category < family || ':'
        order by i.created_at desc limit most)
      union all
      (select left(i.folded, 300), false from issue i
        where i.county = of_county and i.town = near and i.open and i.id <> other_than and i.category is null
        order by i.created_at desc limit most / 2); end
    $$`,
})

/**
 * What a suggestion reads, in one round trip: the catalogue's version, the past issues that are named as evidence, and the
 * open ones of some families in a town. It runs with the caller's rights, so that row-level security decides what is
 * shown. Its plans are kept: planning would take twice as long as reading.
 */
const readingFunction = `
create function mq_suggestion_reads(
  of_county text, named uuid[], near text, families text[], other_than uuid, most integer
) returns table (version bigint, named_issues json, open_issues json)
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
  version := mq_catalogue_version(of_county);
  select json_agg(json_build_object('id', i.id, 'number', i.number, 'title', i.title)) into named_issues
  from issue i where i.county = of_county and i.id = any (named);
  select json_agg(row_to_json(o)) into open_issues from (
    select a.* from unnest(families) family
    cross join lateral (
      select i.id, i.number, i.title, i.state, i.area_code as code, i.area_name as name,
        left(i.folded, 300) as folded, i.category
      from issue i
      where i.county = of_county and i.town = near and i.open and i.id <> other_than
        -- a range of codes is looked up in the index; for their beginnings every issue of the town would be read
        and i.category >= family and i.category < family || ':'
      order by i.created_at desc limit most
    ) a
    union all
    (select i.id, i.number, i.title, i.state, i.area_code, i.area_name, left(i.folded, 300), i.category
      from issue i
      where i.county = of_county and i.town = near and i.open and i.id <> other_than and i.category is null
      order by i.created_at desc limit most / 2)
  ) o;
  return next;
end $$`

/** @param schema that the tables are in, ready to stand in SQL */
export async function catalogueFunctions(db: Kysely<unknown>, schema: string): Promise<void> {
  // the counter belongs to nobody: only this trigger writes it, and only the function above reads it
  await sql
    .raw(
      `create function mq_catalogue_changed() returns trigger
      language plpgsql security definer set search_path = ${schema}, pg_temp as $$
      begin
        insert into catalogue_version as v (county, version) select distinct c.county, 1 from changed c
        on conflict (county) do update set version = v.version + 1;
        return null;
      end $$`,
    )
    .execute(db)
  await sql`revoke all on function mq_catalogue_changed() from public`.execute(db)
  await sql.raw(readingFunction).execute(db)
  await sql`revoke all on function mq_suggestion_reads from public`.execute(db)
  await sql.raw(`grant execute on function mq_suggestion_reads to ${appRole}`).execute(db)
  for (const [signature, definition] of Object.entries(functions(schema))) {
    await sql.raw(definition).execute(db)
    await sql.raw(`revoke all on function ${signature} from public`).execute(db)
    await sql.raw(`grant execute on function ${signature} to ${appRole}`).execute(db)
  }
}
