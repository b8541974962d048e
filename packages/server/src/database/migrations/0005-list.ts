import { sql, type Kysely } from 'kysely'
import { appRole } from '../role.ts'

/** An issue's place in a list: what the list is ordered by, and the id, in hexadecimal behind the order's letter. */
const cursorFunction = `
create function mq_issue_cursor(ordering text, score integer, due_at timestamptz, created_at timestamptz, id uuid)
returns text language sql immutable parallel safe
return left(ordering, 1)
  || case ordering when 'priority' then lpad(to_hex(score), 2, '0')
    when 'due' then case when due_at = 'infinity' then 'ffffffffffff'
      else lpad(to_hex((extract(epoch from due_at) * 1000)::bigint), 12, '0') end
    else '' end
  || lpad(to_hex((extract(epoch from created_at) * 1000)::bigint), 12, '0') || replace(id::text, '-', '')`

/**
 * What a filter compares, as conditions on `issue i`. All of them are leakproof, so they use an index also under
 * row-level security. `f`: area, state, category, source, reporter, alarm, asked, supervised, pattern, from, to.
 */
const conditionsFunction = `
create function mq_issue_conditions(f jsonb) returns text language plpgsql immutable parallel safe as $$
declare
  area constant text := f->>'area';
  here constant text := quote_literal(area);
begin
  return case length(area) when 6 then 'i.county = ' || here when 9 then 'i.town = ' || here
      when 12 then 'i.village = ' || here when 15 then 'i.grid = ' || here
      when 17 then 'i.grid = left(' || here || ', 15) and i.area_code = ' || here
      else 'i.county >= ' || here || ' and i.county < ' || quote_literal(area || ':') end
    || case f->>'state' when 'open' then ' and i.open'
      else coalesce(' and i.state = ' || quote_literal(f->>'state'), '') end
    || coalesce(' and i.category >= ' || quote_literal(f->>'category') || ' and i.category < '
      || quote_literal((f->>'category') || ':'), '')
    || coalesce(' and i.source = ' || quote_literal(f->>'source'), '')
    || coalesce(' and i.reporter_id = ' || quote_literal(f->>'reporter'), '')
    || coalesce(' and i.alarm = ' || (f->>'alarm')::integer, '')
    || case when f ? 'asked' then ' and i.asked' else '' end
    || case when f ? 'supervised' then ' and i.supervised' else '' end
    || coalesce(' and i.pattern_main = ' || quote_literal(f->>'pattern') || '::uuid', '')
    || coalesce(' and i.created_at >= ' || quote_literal(f->>'from') || '::timestamptz', '')
    || coalesce(' and i.created_at < ' || quote_literal(f->>'to') || '::timestamptz', '');
end $$`

/**
 * The order of a list, and the condition for what lies beyond a place in it. `f`: order, back; score, due, at and id of
 * the place to go on from.
 */
const orderFunction = `
create function mq_issue_order(f jsonb, out keys text, out beyond text)
language plpgsql immutable parallel safe as $$
declare
  ordering constant text := f->>'order';
  -- the order of deadlines rises, the others fall; who goes back goes against it
  falling constant boolean := (ordering = 'due') = (f ? 'back');
  less constant text := case when falling then '<' else '>' end;
  direction constant text := case when falling then ' desc' else '' end;
  key constant text := case ordering when 'priority' then 'i.score' when 'due' then 'i.due_at' end;
  place constant text := case ordering when 'priority' then ((f->>'score')::integer)::text
    when 'due' then quote_literal(f->>'due') || '::timestamptz' end;
  by_time text;
begin
  keys := coalesce(key || direction || ', ', '') || 'i.created_at' || direction || ', i.id' || direction;
  beyond := '';
  if not f ? 'id' then
    return;
  end if;
  by_time := format('(i.created_at %1$s= %2$L::timestamptz and (i.created_at %1$s %2$L::timestamptz or i.id %1$s %3$L::uuid))',
    less, f->>'at', f->>'id');
  beyond := ' and ' || case when key is null then by_time
    else format('%1$s %2$s= %3$s and (%1$s %2$s %3$s or %4$s)', key, less, place, by_time) end;
end $$`

/**
 * Ids of the issues that fit, in list order, where no walk along one index leads to them. Row-level security keeps conditions that could
 * leak (prefixes, texts, lists of units) from using an index, so this runs with the owner's rights, applies the caller's
 * reach itself, and its answer is joined to the guarded table.
 *
 * `f` besides: unit; covered (the whole area lies in the caller's scope), ofUnits (it does nowhere, and they work for
 * units), own (what they reported counts, too).
 *
 * With words, either the text index proposes and the order is made afterwards, or, when a word is common, the list is
 * walked in its order: what the planner expects of the rarest pair of letters decides.
 */
const findFunction = (schema: string): string => `
create function mq_issue_find(f jsonb, grams text[], patterns text[], size integer,
  out counties text[], out ids uuid[])
language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
  area constant text := f->>'area';
  reach constant text := case
    when f ? 'covered' then ''
    when f ? 'ofUnits' then ' and (i.county, i.id) in (select u.county, u.issue_id from issue_unit u '
      || 'where u.county = left($1, 6) and u.unit_id in (select split_part(m, ''/'', 2) from unnest($4) m '
      || 'where split_part(m, ''/'', 1) = left($1, 6))'
      || case when f ? 'own' then ' union all select r.county, r.id from issue r where r.reporter_id = $5' else '' end
      || ')'
    else ' and (i.area_code ^@ any ($3) or i.units && $4'
      || case when f ? 'own' then ' or i.reporter_id = $5)' else ')' end
  end;
  sought text := mq_issue_conditions(f) || reach;
  sequence record := mq_issue_order(f);
  -- what a unit has now is little, and sorted more quickly than found on a walk
  source text := case when f ? 'unit' then '(select i.* from issue_unit u join issue i on i.county = u.county '
    || 'and i.id = u.issue_id where u.open and u.unit_id = ' || quote_literal(f->>'unit')
    || case when length(area) < 6 then '' else ' and u.county = left($1, 6)' end || ' offset 0) i' else 'issue i' end;
  estimate double precision := 'infinity';
  term text;
  plan json;
begin
  if cardinality(patterns) > 0 then
    foreach term in array grams loop
      execute 'explain (format json) select from issue where search @@ ' || quote_literal(term) || '::tsquery' into plan;
      estimate := least(estimate, (plan #>> '{0,Plan,Plan Rows}')::double precision);
    end loop;
    sought := sought || ' and i.folded like all ($2)';
    if estimate < 5000 and not f ? 'unit' then
      source := '(select * from issue where search @@ ' || quote_literal(array_to_string(grams, ' & '))
        || '::tsquery offset 0) i';
    end if;
  end if;
  execute 'select array_agg(p.county), array_agg(p.id) from (select i.county, i.id from ' || source || ' where ' || sought
    || sequence.beyond || ' order by ' || sequence.keys || ' limit ' || size || ') p'
    into counties, ids
    using area, patterns, string_to_array(current_setting('mq.scope', true), ','),
      string_to_array(current_setting('mq.units', true), ','), current_setting('mq.actor', true);
end $$`

/**
 * A page of those, in one round trip: it sets the guard for row-level security itself (it runs with the caller's rights
 * and is bound by it). Answers the items as JSON, and the places of the first and the last; one more than asked for is
 * looked for, to know whether there is more.
 */
const pageFunction = `
create function mq_issue_page(scope text, units text, actor text, f jsonb, grams text[], patterns text[], size integer,
  out items text, out first text, out last text, out more boolean)
language plpgsql as $$
declare
  found record;
  ordering constant text := f->>'order';
begin
  perform set_config('mq.scope', scope, true), set_config('mq.units', units, true), set_config('mq.actor', actor, true);
  select * into found from mq_issue_find(f, grams, patterns, size + 1);
  more := cardinality(found.ids) > size;
  if f ? 'back' then
    select array_agg(c order by n desc), array_agg(i order by n desc) into found.counties, found.ids
    from unnest(found.counties[:size], found.ids[:size]) with ordinality as u (c, i, n);
  end if;
  select string_agg(s.wire, ',' order by s.n),
    (array_agg(mq_issue_cursor(ordering, s.score, s.due_at, s.created_at, s.id) order by s.n)
      filter (where s.n in (1, s.many)))[1],
    (array_agg(mq_issue_cursor(ordering, s.score, s.due_at, s.created_at, s.id) order by s.n desc)
      filter (where s.n in (1, s.many)))[1]
  into items, first, last
  from (
    select i.wire, i.score, i.due_at, i.created_at, i.id, w.n, least(size, cardinality(found.ids)) as many
    from unnest(found.counties[:size], found.ids[:size]) with ordinality as w (county, id, n)
    join issue i on i.county = w.county and i.id = w.id
  ) s;
end $$`

/** How many there are of each state, and of those that need somebody's eye; one read of an index for each. */
const countFunction = (schema: string): string => `
create function mq_issue_counts(area text, of_unit text, covered boolean, own boolean)
returns table (state text, count bigint, breached bigint, soon bigint, asked bigint)
language plpgsql stable security definer set search_path = ${schema}, pg_temp as $$
declare
  scope constant text[] := string_to_array(current_setting('mq.scope', true), ',');
  mine constant text[] := string_to_array(current_setting('mq.units', true), ',');
begin
  return query execute 'select i.state, count(*), count(*) filter (where i.alarm = 2), '
    || 'count(*) filter (where i.alarm = 1), count(*) filter (where i.asked) from issue i where '
    || case length(area) when 6 then 'i.county = $1' when 9 then 'i.town = $1' when 12 then 'i.village = $1'
      when 15 then 'i.grid = $1' when 17 then 'i.grid = left($1, 15) and i.area_code = $1'
      else 'i.county ^@ $1' end
    || case when of_unit is null then '' else ' and exists (select from issue_unit u where u.county = i.county '
      || 'and u.issue_id = i.id and u.open and u.unit_id = $2)' end
    || case when covered and area ^@ any (scope) then ''
      -- by units only: what they have a part in is little beside what the county has
      when length(area) >= 6 and coalesce(cardinality(scope), 0) = 0 then
        ' and (i.county, i.id) in (select u.county, u.issue_id from unnest($4) m join issue_unit u '
        || 'on split_part(m, ''/'', 1) = left($1, 6) and u.county = left($1, 6) and u.unit_id = split_part(m, ''/'', 2) '
        || 'union all select r.county, r.id from issue r where $5 and r.reporter_id = $6)'
      else ' and (i.area_code ^@ any ($3) or i.units && $4 or ($5 and i.reporter_id = $6))' end
    || ' group by i.state'
    using area, of_unit, scope, mine, own, current_setting('mq.actor', true);
end $$`

/** @param schema that the tables are in, ready to stand in SQL */
export async function listFunctions(db: Kysely<unknown>, schema: string): Promise<void> {
  for (const definition of [
    ...[cursorFunction, conditionsFunction, orderFunction, findFunction(schema), pageFunction],
    countFunction(schema),
  ]) {
    await sql.raw(definition).execute(db)
  }
  for (const name of [
    'mq_issue_find(jsonb, text[], text[], integer)',
    'mq_issue_counts(text, text, boolean, boolean)',
  ]) {
    await sql.raw(`revoke all on function ${name} from public`).execute(db)
    await sql.raw(`grant execute on function ${name} to ${appRole}`).execute(db)
  }
}
