import { extractTags, undoDays, type DiaryChange } from '@minqing/core'
import { RawJson, type Call, type Tx } from '../internal/handler.ts'
import { claimPhotos, releasePhotos } from '../internal/photos.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { storedPlace } from './create.ts'
import type { DiaryState } from './present.ts'
import { changeDiary, lockAnyDiary, lockDiary, type DiaryRow } from './store.ts'
import type { Tell } from './telling.ts'

/** A diary as it is answered, with the version to send back as `If-Match`. */
export const withVersion = (wire: string, version: number): RawJson =>
  new RawJson(wire, { etag: `"${version}"` })

/** The diary, held, if it is the caller's own and in the version that they have seen. */
async function ownSeen(tx: Tx, call: Call, id: string): Promise<DiaryRow> {
  const row = await lockDiary(tx, call.scope, id)
  if (row.author_id !== call.session.id) throw new ProblemError('forbidden')
  if (row.version !== call.ifMatch) {
    throw new ProblemError('version_conflict', { headers: { etag: `"${row.version}"` } })
  }
  return row
}

async function keepRevision(tx: Tx, row: DiaryRow): Promise<void> {
  const { county, id, version, area_code, kind, text, visited, edited_at } = row
  await tx
    .insertInto('diary_revision')
    .values({
      ...{ county, diary_id: id, version, area_code, kind, text, visited, at: edited_at },
      place: row.place && JSON.stringify(row.place),
      photos: JSON.stringify(row.photos),
    })
    .execute()
}

async function changedPhotos(tx: Tx, row: DiaryRow, ids: readonly string[]) {
  const { county, id, author_id, area_code } = row
  const photos = await claimPhotos(tx, { county, ids, diaryId: id, ownerId: author_id, area: area_code })
  await releasePhotos(tx, { county, diaryId: id, keep: ids })
  return photos
}

/** [D4] Changes the content of one's own diary; the state before is kept. */
export async function editDiary(
  call: Call,
  input: DiaryChange & { id: string },
  tell: Tell,
): Promise<RawJson> {
  return call.transact(async (tx) => {
    const row = await ownSeen(tx, call, input.id)
    await keepRevision(tx, row)
    const { kind, text, visited, place, photos } = input
    const change: Partial<DiaryState> = {
      version: row.version + 1,
      edited_at: call.now(),
      ...(kind === undefined ? {} : { kind }),
      // only a question has an answer
      ...(kind === undefined || kind === 'help' ? {} : { accepted_answer: null }),
      ...(text === undefined ? {} : { text, tags: extractTags(text) }),
      ...(visited === undefined ? {} : { visited }),
      ...(place === undefined ? {} : { place: storedPlace(place) }),
      ...(photos === undefined ? {} : { photos: await changedPhotos(tx, row, photos) }),
    }
    const wire = await changeDiary(tx, row, change)
    await tell(tx, call, 'diary.updated', row, { diary: wire })
    return withVersion(wire, row.version + 1)
  })
}

/** [D6] Takes one's own diary out of every list; it can be brought back for a while. */
export async function removeDiary(call: Call, id: string, tell: Tell): Promise<void> {
  await call.transact(async (tx) => {
    const row = await ownSeen(tx, call, id)
    await setDeleted(tx, row, call.now())
    await tell(tx, call, 'diary.removed', row)
  })
}

const setDeleted = (tx: Tx, row: DiaryRow, deleted_at: Date | null) =>
  tx
    .updateTable('diary')
    .set({ deleted_at })
    .where('county', '=', row.county)
    .where('id', '=', row.id)
    .execute()

/** Whether what was deleted then can still be brought back [D6]. */
export const canUndo = (deletedAt: Date, now: Date): boolean =>
  now.getTime() - deletedAt.getTime() <= undoDays * 86_400_000

/** [D6] Brings one's own deleted diary back; one that is not deleted is answered as it is. */
export async function restoreDiary(call: Call, id: string, tell: Tell): Promise<RawJson> {
  return call.transact(async (tx) => {
    const row = await lockAnyDiary(tx, call.scope, id)
    if (row.author_id !== call.session.id) throw new ProblemError('not_found')
    if (row.deleted_at) {
      if (!canUndo(row.deleted_at, call.now())) throw new ProblemError('undo_expired')
      await setDeleted(tx, row, null)
      await tell(tx, call, 'diary.restored', row, { diary: row.wire })
    }
    return withVersion(row.wire, row.version)
  })
}
