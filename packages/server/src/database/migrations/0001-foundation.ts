import { sql, type Kysely } from 'kysely'
import { guardByActor, guardByArea } from '../guards.ts'
import { appRole } from '../role.ts'
import { currentSchema } from '../schema.ts'

/** The area tree, and the saved replies of repeated requests. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`grant usage on schema ${await currentSchema(db)} to ${appRole}`).execute(db)
  await sql`
    create table area (
      county text collate "C" not null,
      code text collate "C" not null check (code ~ '^[0-9]{2,17}$'),
      name text not null check (name <> ''),
      level text collate "C" not null,
      parent text collate "C",
      primary key (county, code),
      check (county = left(code, 6)),
      check (code ^@ parent)
    )`.execute(db)
  await sql`create index area_children on area (parent, code)`.execute(db)
  await guardByArea(db, 'area', 'select', 'code')
  // the names of areas are no secret: a diary of a village names the town, though the reader's scope is the village
  await sql`
    create function mq_area_name(wanted text) returns text
    language sql stable security definer set search_path = pg_catalog
    return (
      select string_agg(up.name, ' ' order by up.code)
      from area self
      join area up on up.county = self.county
        and up.code in (left(self.code, 9), left(self.code, 12), left(self.code, 15), self.code)
      where self.county = left(wanted, 6) and self.code = wanted
    )`.execute(db)

  await sql`
    create table idempotency_key (
      county text collate "C" not null,
      actor_id text collate "C" not null,
      key text collate "C" not null,
      request_hash bytea not null,
      status smallint not null,
      headers jsonb not null,
      body text,
      created_at timestamptz(3) not null default now(),
      primary key (county, actor_id, key)
    )`.execute(db)
  await sql`create index idempotency_key_age on idempotency_key (created_at)`.execute(db)
  await guardByActor(db, 'idempotency_key', 'select, insert, delete')
  await sql`
    create function mq_purge_idempotency_keys(before timestamptz) returns bigint
    language sql security definer set search_path = pg_catalog
    begin atomic
      with gone as (delete from idempotency_key where created_at <= before returning 1)
      select count(*) from gone;
    end`.execute(db)
  await sql`revoke execute on function mq_purge_idempotency_keys(timestamptz) from public`.execute(db)
  await sql`revoke execute on function mq_area_name(text) from public`.execute(db)
  await sql
    .raw(`grant execute on function mq_purge_idempotency_keys(timestamptz), mq_area_name(text) to ${appRole}`)
    .execute(db)
}
