import { sql, type Kysely } from 'kysely'
import { appRole } from '../role.ts'

const scope = `(select string_to_array(current_setting('mq.scope', true), ','))::text[]`
const units = `(select string_to_array(current_setting('mq.units', true), ','))::text[]`
const actor = `(select current_setting('mq.actor', true))`
const inScope = `area_code ^@ any (${scope})`

/**
 * Live events get an audience. `area`: everyone whose scope holds the area, as before. `issue`: besides those, the units
 * with a part in it and its reporter. `inbox`: nobody but the person, the unit or the desk addressed.
 */
const live = (schema: string): readonly string[] => [
  `alter table live_event
    add column audience text collate "C" not null default 'area' check (audience in ('area', 'issue', 'inbox')),
    add column units text[] collate "C",
    add column person text collate "C",
    add column desk text collate "C"`,
  `drop policy live_event_guard on live_event`,
  `create policy live_event_read on live_event for select to ${appRole} using (
    case audience
      when 'area' then ${inScope}
      when 'issue' then ${inScope} or units && ${units} or person = ${actor}
      else person = ${actor} or units && ${units} or (desk is not null and ${inScope})
    end)`,
  // a message goes to those who see other areas than its cause does
  `create policy live_event_add on live_event for insert to ${appRole} with check (
    audience = 'inbox' or ${inScope} or (audience = 'issue' and (units && ${units} or person = ${actor})))`,
  `drop function mq_live_after(xid8, bigint, integer)`,
  `create function mq_live_after(after_xid xid8, after_seq bigint, most integer)
    returns table (
      xid xid8, seq bigint, area_code text, type text, data text, audience text, units text[], person text, desk text
    )
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
      select e.xid, e.seq, e.area_code, e.type, e.data, e.audience, e.units, e.person, e.desk
      from live_event e
      where e.xid >= after_xid and (e.xid > after_xid or e.seq > after_seq)
        and e.xid < pg_snapshot_xmin(pg_current_snapshot())
      order by e.xid, e.seq
      limit most
    $$`,
  `revoke all on function mq_live_after(xid8, bigint, integer) from public`,
  `grant execute on function mq_live_after(xid8, bigint, integer) to ${appRole}`,
]

const own = `owner_id = ${actor}`
const ofIssue = `(issue_id is not null and exists (
  select from issue i where i.county = photo.county and i.id = photo.issue_id))`

/**
 * A photo may belong to an issue, too: its reporter's own, a progress note's, or one that came with the diary. Whoever
 * sees the issue sees it.
 */
const photos = (schema: string): readonly string[] => [
  `alter table photo add column issue_id uuid`,
  `create index photo_issue on photo (county, issue_id) where issue_id is not null`,
  `drop index photo_unclaimed`,
  `create index photo_unclaimed on photo (created_at) where diary_id is null and issue_id is null`,
  `drop index photo_in_hand`,
  `create index photo_in_hand on photo (owner_id) where diary_id is null and issue_id is null`,
  `drop policy photo_read on photo`,
  `create policy photo_read on photo for select to ${appRole}
    using (((diary_id is not null or ${own}) and ${inScope}) or ${ofIssue})`,
  `create or replace function mq_photos_unclaimed(before timestamptz, most integer)
    returns table (county text, id uuid)
    language sql security definer set search_path = ${schema}, pg_temp as $$
      select p.county, p.id from photo p
      where p.diary_id is null and p.issue_id is null and p.created_at < before
      order by p.created_at limit most for update skip locked
    $$`,
  `create or replace function mq_photo_forget(of_county text, of_ids uuid[]) returns void
    language sql security definer set search_path = ${schema}, pg_temp as $$
      delete from photo p
      where p.county = of_county and p.id = any(of_ids) and p.diary_id is null and p.issue_id is null
    $$`,
  // whoever acts for a unit has no area: the photo is found by its owner, and kept to the issue that they may see
  `create function mq_photos_claim(of_county text, of_ids uuid[], for_issue uuid, of_area text)
    returns table (id uuid, width integer, height integer)
    language sql security definer set search_path = ${schema}, pg_temp as $$
      update photo p set issue_id = for_issue, area_code = of_area, claimed_at = coalesce(p.claimed_at, now())
      where p.county = of_county and p.id = any(of_ids) and p.owner_id = current_setting('mq.actor', true)
        and p.diary_id is null and (p.issue_id is null or p.issue_id = for_issue)
      returning p.id, p.width, p.height
    $$`,
  `revoke all on function mq_photos_claim(text, uuid[], uuid, text) from public`,
  `grant execute on function mq_photos_claim(text, uuid[], uuid, text) to ${appRole}`,
]

/** What other features' tables get for issues. @param schema that they are in, ready to stand in SQL */
export async function alongside(db: Kysely<unknown>, schema: string): Promise<void> {
  for (const statement of [...live(schema), ...photos(schema)]) await sql.raw(statement).execute(db)
}
