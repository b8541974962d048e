import { sql, type Kysely } from 'kysely'
import { appRole } from '../role.ts'
import { currentSchema } from '../schema.ts'

const inScope = "area_code ^@ any ((select string_to_array(current_setting('mq.scope', true), ','))::text[])"
const own = "owner_id = current_setting('mq.actor', true)"

/**
 * Photos that are ready. The pictures themselves are files; a row exists only once its files are safely on disk.
 * Until a diary claims a photo only its owner sees it; afterwards everyone does whose scope holds the diary's area.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table photo (
      county text collate "C" not null,
      id uuid not null,
      area_code text collate "C" not null,
      owner_id text collate "C" not null,
      diary_id uuid,
      width integer not null check (width > 0),
      height integer not null check (height > 0),
      -- size of the file as it was sent: lets an upload whose answer was lost be told as complete
      sent_bytes integer not null,
      created_at timestamptz(3) not null default now(),
      claimed_at timestamptz(3),
      released_at timestamptz(3),
      primary key (county, id)
    )`.execute(db)
  await sql`create index photo_id on photo (id)`.execute(db)
  await sql`create index photo_diary on photo (county, diary_id) where diary_id is not null`.execute(db)
  await sql`create index photo_unclaimed on photo (created_at) where diary_id is null`.execute(db)
  await sql`create index photo_in_hand on photo (owner_id) where diary_id is null`.execute(db)
  await sql`alter table photo enable row level security`.execute(db)
  await sql
    .raw(
      `create policy photo_read on photo for select to ${appRole}
    using ((diary_id is not null or ${own}) and ${inScope})`,
    )
    .execute(db)
  await sql
    .raw(
      `create policy photo_add on photo for insert to ${appRole}
    with check (${own} and ${inScope})`,
    )
    .execute(db)
  await sql
    .raw(
      `create policy photo_claim on photo for update to ${appRole}
    using (${own} and ${inScope}) with check (${own} and ${inScope})`,
    )
    .execute(db)
  await sql.raw(`grant select, insert, update on photo to ${appRole}`).execute(db)
  await functions(db)
}

/** What the server does for itself, whoever calls. */
async function functions(db: Kysely<unknown>): Promise<void> {
  const schema = sql.raw(await currentSchema(db))
  // whose a photo is, even where the caller may not see it: nobody may write over another's files
  await sql`
    create function mq_photo_owner(of_county text, of_id uuid) returns text
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
      select p.owner_id from photo p where p.county = of_county and p.id = of_id
    $$`.execute(db)
  // locked, so that no diary can claim one between its choice and its end
  await sql`
    create function mq_photos_unclaimed(before timestamptz, most integer)
    returns table (county text, id uuid)
    language sql security definer set search_path = ${schema}, pg_temp as $$
      select p.county, p.id from photo p
      where p.diary_id is null and p.created_at < before
      order by p.created_at limit most for update skip locked
    $$`.execute(db)
  await sql`
    create function mq_photo_forget(of_county text, of_ids uuid[]) returns void
    language sql security definer set search_path = ${schema}, pg_temp as $$
      delete from photo p where p.county = of_county and p.id = any(of_ids) and p.diary_id is null
    $$`.execute(db)
  for (const name of [
    'mq_photo_owner(text, uuid)',
    'mq_photos_unclaimed(timestamptz, integer)',
    'mq_photo_forget(text, uuid[])',
  ]) {
    await sql.raw(`revoke all on function ${name} from public`).execute(db)
    await sql.raw(`grant execute on function ${name} to ${appRole}`).execute(db)
  }
}
