import { sql } from 'kysely'
import type { Call, Tx } from '../internal/handler.ts'
import type { Part } from './addresses.ts'

/** Marks those of the caller's messages; ids of others' are passed over in silence, as if there were none. */
export async function markIds(
  tx: Tx,
  parts: readonly Part[],
  me: string,
  ids: readonly string[],
): Promise<void> {
  if (parts.length === 0 || ids.length === 0) return
  await sql`
    insert into inbox_read (county, actor_id, entry_id)
    select e.county, ${me}, e.id from inbox_entry e where e.id = any(${[...ids]}::uuid[]) and (${orOf(parts)})
    on conflict do nothing`.execute(tx)
}

/** A message bears the time of its cause, and is seen once that has been committed: by then the newest may come. */
const settledMs = 60_000

const orOf = (parts: readonly Part[]) =>
  sql.join(
    parts.map(({ where }) => sql`(${where})`),
    sql` or `,
  )

/**
 * Marks everything up to a moment, in every county where the caller works or has been told something. What single marks
 * said about that time is said by the moment then. Of the last minute only what can be seen now is marked, one by one:
 * a message that is still being written stays unread.
 */
export async function markUntil(
  tx: Tx,
  call: Pick<Call, 'session' | 'now'>,
  parts: readonly Part[],
  wanted: Date,
): Promise<void> {
  const me = call.session.id
  const until = new Date(Math.min(wanted.getTime(), call.now().getTime() - settledMs))
  if (until < wanted && parts.length > 0) {
    await sql`
      insert into inbox_read (county, actor_id, entry_id)
      select e.county, ${me}, e.id from inbox_entry e
      where e.at > ${until} and e.at <= ${wanted} and (${orOf(parts)})
      on conflict do nothing`.execute(tx)
  }
  const areas = call.session.grants.map(({ area }) => area)
  await sql`
    insert into inbox_read_until as u (county, actor_id, until)
    select c.county, ${me}, ${until} from (
      select left(a.area, 6) as county from unnest(${areas}::text[]) a (area) where length(a.area) >= 6
      union
      select e.county from inbox_entry e where e.to_person = ${me} and e.at <= ${until}
      union
      select e.county from inbox_entry e
      where e.to_desk is not null and e.at <= ${until}
        and e.county ^@ any(${areas.filter((area) => area.length < 6)}::text[])
    ) c
    on conflict (county, actor_id) do update set until = greatest(u.until, excluded.until)`.execute(tx)
  await sql`
    delete from inbox_read r using inbox_entry e, inbox_read_until u
    where r.actor_id = ${me} and e.county = r.county and e.id = r.entry_id
      and u.county = r.county and u.actor_id = r.actor_id and e.at <= u.until`.execute(tx)
}
