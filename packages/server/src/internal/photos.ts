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
      and (diary_id is null or diary_id = ${claim.diaryId})
    returning id, width, height`.execute(tx)
  const found = new Map(rows.map((row) => [row.id, row]))
  const missing = claim.ids.flatMap((id, index) =>
    found.has(id) ? [] : [{ path: `/photos/${index}`, rule: 'known' }],
  )
  if (missing.length > 0) throw new ProblemError('photo_unknown', { fields: missing })
  return claim.ids.map((id) => found.get(id)!)
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
