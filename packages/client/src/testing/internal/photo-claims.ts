import type { Photo } from '@minqing/core'
import { KitProblem } from './problem.ts'
import type { PhotoRow, State } from './state.ts'

const plain = ({ id, width, height }: Photo): Photo => ({ id, width, height })

function claim(
  state: State,
  ids: readonly string[],
  may: (photo: PhotoRow) => boolean,
  change: Partial<PhotoRow>,
): Photo[] {
  const found = ids.map((id) => state.photos.get(id))
  const fields = found.flatMap((photo, at) =>
    photo && may(photo) ? [] : [{ path: `/photos/${at}`, rule: 'known' }],
  )
  if (fields.length > 0) throw new KitProblem('photo_unknown', { fields })
  return found.map((photo) => plain(state.photos.set(photo!.id, { ...photo!, ...change })))
}

interface Claim {
  readonly ids: readonly string[]
  readonly owner: string
  readonly area: string
}

/** Photos become those of a diary; those that it no longer names are let go. */
export function claimForDiary(state: State, diary: string, { ids, owner, area }: Claim): Photo[] {
  const may = (photo: PhotoRow) =>
    photo.owner === owner && (photo.diary === diary || (photo.diary === null && photo.issue === null))
  const claimed = claim(state, ids, may, { diary, area, released: false })
  for (const photo of state.photos.all()) {
    if (photo.diary === diary && !ids.includes(photo.id))
      state.photos.set(photo.id, { ...photo, released: true })
  }
  return claimed
}

/** Photos become those of an issue. */
export const claimForIssue = (state: State, issue: string, { ids, owner, area }: Claim): Photo[] =>
  claim(
    state,
    ids,
    (photo) =>
      photo.owner === owner && photo.diary === null && (photo.issue === null || photo.issue === issue),
    { issue, area },
  )

/** What an issue takes over from the diary that it is made of. */
export function carryPhotos(state: State, diary: string, issue: string): void {
  for (const photo of state.photos.all()) {
    const free = photo.issue === null || state.issues.get(photo.issue)?.withdrawn
    if (photo.diary === diary && !photo.released && free) state.photos.set(photo.id, { ...photo, issue })
  }
}
