import type { Photo } from '@minqing/core'
import { sql, type Generated } from 'kysely'
import type { Guard } from '../database/scope.ts'
import type { Tx } from '../internal/handler.ts'

export interface PhotoTable {
  county: string
  id: string
  area_code: string
  owner_id: string
  diary_id: string | null
  /** The issue that it was sent with, or whose progress it shows; beside the diary that it came from. */
  issue_id: string | null
  width: number
  height: number
  sent_bytes: number
  created_at: Generated<Date>
  claimed_at: Date | null
  released_at: Date | null
}

declare module '../database/tables.ts' {
  interface Tables {
    photo: PhotoTable
  }
}

export interface FoundPhoto extends Photo {
  county: string
  owner: string
  sentBytes: number
}

/**
 * The caller's own upload that became a photo, claimed or not.
 *
 * @param scope within which it has to lie; the guard of the transaction says so as well
 */
export async function ownPhoto(
  tx: Tx,
  id: string,
  scope?: readonly string[],
): Promise<FoundPhoto | undefined> {
  const { rows } = await sql<FoundPhoto>`
    select county, id, width, height, owner_id as owner, sent_bytes as "sentBytes" from photo
    where id = ${id} and owner_id = current_setting('mq.actor', true)
      ${scope ? sql`and area_code ^@ any(${[...scope]}::text[])` : sql``}`.execute(tx)
  return rows[0]
}

/**
 * A photo that the caller may see: their own, or one of a living diary within their scope. The scope is looked at here
 * and once more by row-level security.
 */
export async function visiblePhoto(
  tx: Tx,
  id: string,
  scope: readonly string[],
): Promise<FoundPhoto | undefined> {
  const { rows } = await sql<FoundPhoto>`
    select p.county, p.id, p.width, p.height, p.owner_id as owner, p.sent_bytes as "sentBytes" from photo p
    where p.id = ${id} and p.area_code ^@ any(${[...scope]}::text[])
      and (p.owner_id = current_setting('mq.actor', true) or exists (
        select from diary d where d.county = p.county and d.id = p.diary_id and d.deleted_at is null
      ))
    order by p.created_at limit 1`.execute(tx)
  return rows[0]
}

/**
 * A photo of an issue that the transaction sees: the guard is that of issue.read. The reach is looked at here and once
 * more by row-level security.
 */
export async function issuePhoto(
  tx: Tx,
  id: string,
  { scope, units, actor }: Guard,
): Promise<FoundPhoto | undefined> {
  const { rows } = await sql<FoundPhoto>`
    select p.county, p.id, p.width, p.height, p.owner_id as owner, p.sent_bytes as "sentBytes" from photo p
    join issue i on i.county = p.county and i.id = p.issue_id
    where p.id = ${id} and (i.area_code ^@ any(${[...scope]}::text[]) or i.units && ${[...(units ?? [])]}::text[]
      or i.reporter_id = ${actor})
    order by p.created_at limit 1`.execute(tx)
  return rows[0]
}

/** Whose a photo is, also where the caller may not see it; `undefined` when there is none. */
export async function photoOwner(tx: Tx, county: string, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ owner: string | null }>`
    select mq_photo_owner(${county}, ${id}) as owner`.execute(tx)
  return rows[0]?.owner ?? undefined
}

/** How many photos of the caller wait for a diary or an issue. */
export async function unclaimedPhotos(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from photo
    where diary_id is null and issue_id is null and owner_id = current_setting('mq.actor', true)`.execute(tx)
  return rows[0]!.count
}

/** Adds the row of a photo whose files are on disk; once more changes nothing. */
export async function addPhoto(
  tx: Tx,
  photo: Photo & { county: string; area: string; owner: string; sentBytes: number },
): Promise<void> {
  await sql`
    insert into photo (county, id, area_code, owner_id, width, height, sent_bytes)
    values (${photo.county}, ${photo.id}, ${photo.area}, ${photo.owner}, ${photo.width}, ${photo.height},
      ${photo.sentBytes})
    on conflict (county, id) do nothing`.execute(tx)
}

/**
 * Takes photos that no diary and no issue ever claimed, so that nobody claims them meanwhile; they are gone when the transaction
 * commits. Needs no guard.
 */
export async function takeUnclaimed(
  tx: Tx,
  before: Date,
  most: number,
): Promise<{ county: string; id: string }[]> {
  const { rows } = await sql<{ county: string; id: string }>`
    select county, id from mq_photos_unclaimed(${before}, ${most})`.execute(tx)
  return rows
}

export async function forgetPhoto(tx: Tx, county: string, id: string): Promise<void> {
  await sql`select mq_photo_forget(${county}, array[${id}]::uuid[])`.execute(tx)
}
