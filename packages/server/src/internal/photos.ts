import type { Photo } from '@minqing/core'
import { sql } from 'kysely'
import type { Tx } from './handler.ts'
import { ProblemError } from './problem-error.ts'

/**
 * Attaches photos to a diary, in the order of `ids`. A photo can be claimed by its owner only, and by one diary only;
 * claiming it again for the same diary changes nothing. It takes on the diary's area, which from then on says who may
 * see it.
 *
 * @throws ProblemError `photo_unknown` with the fields of those that are missing, foreign or taken
 */
export async function claimPhotos(
  tx: Tx,
  claim: {
    county: string
    ids: readonly string[]
    diaryId: string
    ownerId: string
    /** The diary's area. */
    area: string
  },
): Promise<Photo[]> {
  if (claim.ids.length === 0) return []
  const { rows } = await sql<Photo>`
    update photo set diary_id = ${claim.diaryId}, area_code = ${claim.area}, claimed_at = coalesce(claimed_at, now()),
      released_at = null
    where county = ${claim.county} and id = any(${[...claim.ids]}::uuid[]) and owner_id = ${claim.ownerId}
      and (diary_id = ${claim.diaryId} or (diary_id is null and issue_id is null))
    returning id, width, height`.execute(tx)
  return inOrder(claim.ids, rows)
}

function inOrder(ids: readonly string[], rows: readonly Photo[]): Photo[] {
  const found = new Map(rows.map((row) => [row.id, row]))
  const missing = ids.flatMap((id, index) =>
    found.has(id) ? [] : [{ path: `/photos/${index}`, rule: 'known' }],
  )
  if (missing.length > 0) throw new ProblemError('photo_unknown', { fields: missing })
  return ids.map((id) => found.get(id)!)
}

/**
 * Marks photos that an edit took out of the diary. They stay its photos, because its revisions still show them, and
 * can be claimed by it again.
 */
export async function releasePhotos(
  tx: Tx,
  release: { county: string; diaryId: string; keep: readonly string[] },
): Promise<void> {
  await sql`
    update photo set released_at = now()
    where county = ${release.county} and diary_id = ${release.diaryId} and released_at is null
      and not (id = any(${[...release.keep]}::uuid[]))`.execute(tx)
}

/**
 * Attaches the caller's own photos to an issue, in the order of `ids`: those of its reporter, or of a unit's progress
 * note. From then on whoever sees the issue sees them.
 *
 * @throws ProblemError `photo_unknown` with the fields of those that are missing, foreign or taken
 */
export async function claimIssuePhotos(
  tx: Tx,
  claim: { county: string; ids: readonly string[]; issueId: string; area: string },
): Promise<Photo[]> {
  if (claim.ids.length === 0) return []
  const { rows } = await sql<Photo>`
    select id, width, height
    from mq_photos_claim(${claim.county}, ${[...claim.ids]}::uuid[], ${claim.issueId}, ${claim.area})`.execute(
    tx,
  )
  return inOrder(claim.ids, rows)
}

/** Lets an issue keep the photos of the diary that it comes from, whoever owns them. */
export async function carryPhotos(tx: Tx, county: string, diaryId: string, issueId: string): Promise<void> {
  await sql`select mq_photos_carry(${county}, ${diaryId}, ${issueId})`.execute(tx)
}
