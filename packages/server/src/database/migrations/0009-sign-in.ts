import { sql, type Kysely } from 'kysely'
import { appRole } from '../role.ts'
import { currentSchema } from '../schema.ts'

/**
 * People who sign in by a host, and the assertions that were used. The application can read and write none of these
 * tables: it may ask for one person by their account, and use one assertion.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of tables.split(';\n')) await sql.raw(statement).execute(db)
  await functions(db)
}

const tables = `
create table person (
  county text collate "C" not null,
  provider text collate "C" not null,
  -- the provider's id of the person
  subject text collate "C" not null check (subject <> ''),
  -- ours: sub of the token
  id text collate "C" not null check (id <> '' and id not in ('anonymous', 'system', 'center')),
  name text not null check (name <> ''),
  title text,
  active boolean not null default true,
  primary key (county, provider, subject)
);
create index person_subject on person (provider, subject);
create table person_grant (
  county text collate "C" not null,
  provider text collate "C" not null,
  subject text collate "C" not null,
  role text collate "C" not null,
  area_code text collate "C" not null,
  -- empty where the role is not held for a unit
  unit text collate "C" not null default '',
  primary key (county, provider, subject, role, area_code, unit),
  foreign key (county, provider, subject) references person on delete cascade on update cascade,
  -- a county gives out what is its own
  check (area_code ^@ county),
  check (role <> 'handler' or unit <> '')
);
create table used_assertion (
  -- keys begin with the county, and nobody's is known yet: one for all, so that once means once everywhere
  county text collate "C" not null default '' check (county = ''),
  -- SHA-256: whoever reads the table learns nothing to sign in with
  digest bytea not null,
  expires_at timestamptz(3) not null,
  primary key (county, digest)
);
create index used_assertion_age on used_assertion (expires_at);
alter table person enable row level security;
alter table person_grant enable row level security;
alter table used_assertion enable row level security`

async function functions(db: Kysely<unknown>): Promise<void> {
  const schema = sql.raw(await currentSchema(db))
  await sql`
    create function mq_person_of(by_provider text, by_subject text)
      returns table (id text, name text, title text, role text, area_code text, unit text)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
      select p.id, p.name, p.title, g.role, g.area_code, nullif(g.unit, '')
      from person p join person_grant g using (county, provider, subject)
      where p.provider = by_provider and p.subject = by_subject and p.active
      order by p.county, g.role, g.area_code, g.unit
    $$`.execute(db)
  // of two processes with the same digest the unique key lets the first in; the second waits for its end, and loses
  await sql`
    create function mq_use_assertion(with_digest bytea, at timestamptz, until timestamptz) returns boolean
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
    begin
      delete from used_assertion where digest in (
        select digest from used_assertion where expires_at < at limit 100 for update skip locked);
      insert into used_assertion (digest, expires_at) values (with_digest, until) on conflict do nothing;
      return found;
    end
    $$`.execute(db)
  for (const name of ['mq_person_of(text, text)', 'mq_use_assertion(bytea, timestamptz, timestamptz)']) {
    await sql.raw(`revoke all on function ${name} from public`).execute(db)
    await sql.raw(`grant execute on function ${name} to ${appRole}`).execute(db)
  }
}
