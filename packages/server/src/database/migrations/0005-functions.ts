import { sql, type Kysely } from 'kysely'
import { appRole } from '../role.ts'

/** What the server does for itself, whoever calls: numbers, the clock, and what a receipt or a main issue opens. */
const functions = (schema: string): Readonly<Record<string, string>> => ({
  // one at a time for each county and day, until the transaction ends: that is what leaves no gaps
  'mq_issue_number(text, date)': `
    create function mq_issue_number(of_county text, of_day date) returns integer
    language sql security definer set search_path = ${schema}, pg_temp as $$
      insert into issue_number as n (county, day, last) values (of_county, of_day, 1)
      on conflict (county, day) do update set last = n.last + 1 returning last
    $$`,
  // locked, so that of several processes each takes others
  'mq_issues_due(timestamptz, integer)': `
    create function mq_issues_due(until timestamptz, most integer)
    returns table (county text, id uuid, area_code text)
    language sql security definer set search_path = ${schema}, pg_temp as $$
      select i.county, i.id, i.area_code from issue i
      where i.tick_at <= until order by i.tick_at limit most for update skip locked
    $$`,
  'mq_issue_next_tick()': `
    create function mq_issue_next_tick() returns timestamptz
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
      select i.tick_at from issue i where i.tick_at is not null order by i.tick_at limit 1
    $$`,
  // whoever has the receipt follows the report: where it is, no more
  'mq_issue_of_receipt(bytea)': `
    create function mq_issue_of_receipt(of_hash bytea)
    returns table (county text, id uuid, area_code text, reporter_id text)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
      select i.county, i.id, i.area_code, i.reporter_id from issue i where i.receipt_hash = of_hash
    $$`,
  // whose an id is, even where the caller may not see it: a second one cannot be made under it
  'mq_issue_taken(text, uuid)': `
    create function mq_issue_taken(of_county text, of_id uuid) returns boolean
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
      select exists (select from issue i where i.county = of_county and i.id = of_id)
    $$`,
  // a diary that somebody forwarded is forwarded, also for those who do not see the issue
  'mq_diary_forwarded(text, uuid)': `
    create function mq_diary_forwarded(of_county text, of_diary uuid) returns uuid
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
      select i.id from issue i where i.county = of_county and i.diary_id = of_diary and not i.withdrawn
    $$`,
  // photos of a diary become photos of the issue that it is forwarded as, whoever owns them; both keep them
  'mq_photos_carry(text, uuid, uuid)': `
    create function mq_photos_carry(of_county text, of_diary uuid, to_issue uuid) returns void
    language sql security definer set search_path = ${schema}, pg_temp as $$
      update photo p set issue_id = to_issue
      where p.county = of_county and p.diary_id = of_diary and p.released_at is null
        and (p.issue_id is null or exists (
          select from issue i where i.county = p.county and i.id = p.issue_id and i.withdrawn
        ))
    $$`,
})

/** @param schema that the tables are in, ready to stand in SQL */
export async function issueFunctions(db: Kysely<unknown>, schema: string): Promise<void> {
  for (const [signature, definition] of Object.entries(functions(schema))) {
    await sql.raw(definition).execute(db)
    await sql.raw(`revoke all on function ${signature} from public`).execute(db)
    await sql.raw(`grant execute on function ${signature} to ${appRole}`).execute(db)
  }
}
