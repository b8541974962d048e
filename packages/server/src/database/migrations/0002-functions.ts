const under = (condition: string) => `
      from diary
      where ${condition} and deleted_at is null
        and created_at <= before_at and (created_at < before_at or id < before_id)`

const pageUnder = (condition: string) => `
      select string_agg(wire, ','), array_agg(created_at), array_agg(id) into items, times, ids
      from (select wire, created_at, id ${under(condition)} order by created_at desc, id desc limit size) page;
      before_at := times[size];
      before_id := ids[size];
      more := ids[size] is not null and exists (select ${under(condition)});`

/** A diary's place in every list: milliseconds and id, in hexadecimal. */
export const cursorFunction = `
create function mq_diary_cursor(at timestamptz, id uuid) returns text language sql immutable parallel safe
return lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || replace(id::text, '-', '')`

/**
 * The page that is asked for most, newest first without filters, in one round trip: it sets the scope for row-level
 * security itself (it runs with the caller's rights and is bound by it) and answers the JSON of core's `DiaryPage`.
 * A first page is asked for with `infinity`. The area has 6 digits or more.
 *
 * Whether there is more is looked up apart: fetching one row too many would mean numbering the rows, which costs five
 * times as much. The settings keep to the index that is in the right order; misled by how little it expects row-level
 * security to let through, the planner would rather sort a whole village.
 */
export const pageFunction = `
create function mq_diary_page(scope text, area text, before_at timestamptz, before_id uuid, size integer)
returns text language plpgsql
set plan_cache_mode = force_generic_plan set enable_sort = off set enable_bitmapscan = off set enable_seqscan = off
as $$
declare
  items text;
  times timestamptz[];
  ids uuid[];
  more boolean;
begin
  items := set_config('mq.scope', scope, true);
  case length(area)
    when 6 then ${pageUnder('county = area')}
    when 9 then ${pageUnder('town = area')}
    when 12 then ${pageUnder('village = area')}
    when 15 then ${pageUnder('grid = area')}
    else ${pageUnder('grid = left(area, 15) and area_code = area')}
  end case;
  if ids is null then
    return '{"items":[],"next":null,"previous":null}';
  end if;
  return '{"items":[' || items
    || '],"next":' || case when more then '"' || mq_diary_cursor(before_at, before_id) || '"' else 'null' end
    || ',"previous":"' || mq_diary_cursor(times[1], ids[1]) || '"}';
end $$`

/**
 * Ids of the diaries that hold every pattern, in list order. Row-level security keeps the text index from being used
 * under it (`@@` could leak), so this runs with the owner's rights and applies the caller's scope itself; its answer is
 * joined to the guarded table.
 *
 * Two ways to the same answer: walking back through the area, which is quickest where the area is small or the word
 * common, and the index, which reads every row that has the word. With n of N rows having it, a page takes a walk of
 * size·N/n rows and the index n rows (each dearer, as they lie apart), so the walk is the way from about n = √(size·N/2)
 * on. n is the planner's estimate for the rarest term. A walk that goes on much too long gives way to the index, so that
 * a word that is common elsewhere, or was once, stays quick.
 *
 * `grams` are terms of the index that every fitting diary has; without any, the walk goes to the end.
 */
export const searchFunction = (schema: string): string => `
create function mq_diary_search(
  area text, grams text[], patterns text[], tag text, of_kind text, author text,
  since timestamptz, until timestamptz, newer boolean, cursor_at timestamptz, cursor_id uuid, size integer
) returns table (county text, created_at timestamptz, id uuid)
language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
  total constant double precision := (select greatest(reltuples, 1) from pg_class where oid = 'diary'::regclass);
  walk_limit integer := 300;
  scope text[] := string_to_array(current_setting('mq.scope', true), ',');
  level text := case length(area) when 6 then 'd.county' when 9 then 'd.town' when 12 then 'd.village'
    when 15 then 'd.grid' when 17 then 'd.grid' end;
  direction text := case when newer then 'd.created_at, d.id' else 'd.created_at desc, d.id desc' end;
  past text := case when newer then 'd.created_at >= $8 and (d.created_at > $8 or d.id > $9)'
    else 'd.created_at <= $8 and (d.created_at < $8 or d.id < $9)' end;
  beyond text := case when cursor_at is null then 'true' else past end;
  within text := 'd.deleted_at is null and d.area_code ^@ $1 and d.area_code ^@ any ($2)'
    || case when level is null then '' else ' and ' || level || ' = left($1, 15)' end
    || case when of_kind is null then '' else ' and d.kind = $5' end
    || case when author is null then '' else ' and d.author_id = $6' end
    || case when since is null then '' else ' and d.created_at >= $10' end
    || case when until is null then '' else ' and d.created_at < $11' end;
  fits text := 'd.folded like all ($3)' || case when tag is null then '' else ' and $4 = any (d.tags)' end;
  indexed boolean := cardinality(grams) > 0;
  estimate double precision := 'infinity';
  term text;
  plan json;
  candidate record;
  walked integer := 0;
begin
  foreach term in array grams loop
    execute 'explain (format json) select from diary where deleted_at is null and search @@ ' || quote_literal(term)
      || '::tsquery' into plan;
    estimate := least(estimate, (plan #>> '{0,Plan,Plan Rows}')::double precision);
  end loop;
  if estimate > sqrt(size * total / 2) then
    walk_limit := least(10000, ceil(4 * size * total / estimate) + 300);
  end if;
  for candidate in execute 'select d.county, d.created_at, d.id, ' || fits || ' as fits from diary d where ' || within
    || ' and ' || beyond || ' order by ' || direction || case when indexed then ' limit $7' else '' end
    using area, scope, patterns, tag, of_kind, author, walk_limit, cursor_at, cursor_id, since, until
  loop
    walked := walked + 1;
    cursor_at := candidate.created_at;
    cursor_id := candidate.id;
    if candidate.fits then
      county := candidate.county;
      created_at := candidate.created_at;
      id := candidate.id;
      return next;
      size := size - 1;
      if size = 0 then return; end if;
    end if;
  end loop;
  if not indexed or walked < walk_limit then return; end if;
  -- materialized: the planner must not be tempted by the order into walking after all
  return query execute 'with hits as materialized (select d.county, d.created_at, d.id from diary d '
    || 'where d.search @@ $7::tsquery and ' || within || ' and ' || fits || ' and ' || past
    || ') select d.county, d.created_at, d.id from hits d order by ' || direction || ' limit $12'
    using area, scope, patterns, tag, of_kind, author, array_to_string(grams, ' & '), cursor_at, cursor_id, since,
      until, size;
end $$`
