import {
  canonical,
  extractTags,
  inScope,
  writtenAtOrNow,
  type Diary,
  type DiaryRevision,
} from '@minqing/core'
import { personOf, withVersion, type Call, type KitHandlers } from '../internal/call.ts'
import {
  anyDiary,
  canUndo,
  change,
  livingDiary,
  ownDiary,
  seenDiary,
  storedPlace,
  tell,
} from '../internal/diaries.ts'
import { fits } from '../internal/diary-query.ts'
import { pageOf } from '../internal/pages.ts'
import { claimForDiary } from '../internal/photo-claims.ts'
import { KitProblem } from '../internal/problem.ts'

type Content = Pick<Diary, 'kind' | 'text' | 'visited' | 'place' | 'photos'>
const contentOf = ({ kind, text, visited, place, photos }: Content): string =>
  canonical([kind, text, visited, place, photos.map(({ id }) => id)])

const revisionOf = ({ version, kind, text, visited, place, photos, editedAt }: Diary): DiaryRevision => ({
  ...{ version, kind, text, visited, place, photos },
  at: editedAt,
})

/** The diary that this very request, sent before, has made. */
function repeated({ state, session }: Call, diary: Diary): Diary | undefined {
  const known = state.diaries.get(diary.id)?.diary
  if (!known) return undefined
  const first = state.revisions.get(diary.id)?.[0] ?? known
  const same =
    known.author.id === session.id &&
    known.area.code === diary.area.code &&
    contentOf(first) === contentOf(diary)
  if (!same) throw new KitProblem('id_taken')
  return known
}

const marked = (id: string, { session }: Call): string => `${id} ${session.id}`

export const diaries: KitHandlers<'diaries'> = {
  list(call, input) {
    if (!inScope(call.scope, input.area)) throw new KitProblem('area_not_found')
    call.state.areaRef(input.area)
    const living = call.state.diaries
      .all()
      .flatMap(({ diary, deletedAt }) => (deletedAt === null ? [diary] : []))
    return pageOf(
      living.filter((diary) => fits(diary, input, call.session.id)),
      {
        place: ({ createdAt, id }) => ({ at: Date.parse(createdAt), id }),
        cursor: input.cursor,
        limit: input.limit ?? 50,
        oldestFirst: input.direction === 'newer',
      },
    )
  },
  create(call, input) {
    const { state, at } = call
    if (!inScope(call.scope, input.area)) throw new KitProblem('area_not_found')
    const area = state.areaRef(input.area)
    const claim = { ids: input.photos ?? [], owner: call.session.id, area: input.area }
    const now = new Date(at).toISOString()
    const diary: Diary = {
      ...{ id: input.id, version: 1, area, author: personOf(call), kind: input.kind, text: input.text },
      ...{ tags: extractTags(input.text), visited: input.visited ?? [], place: storedPlace(input.place) },
      photos: claimForDiary(state, input.id, claim),
      writtenAt: writtenAtOrNow(input.writtenAt, new Date(at)).toISOString(),
      ...{ createdAt: now, editedAt: now, commentCount: 0, usefulCount: 0, acceptedAnswer: null },
    }
    const headers = { location: `/v1/diaries/${diary.id}` }
    const known = repeated(call, diary)
    if (known) return withVersion(known, headers)
    state.diaries.set(diary.id, { diary, deletedAt: null })
    tell(call, 'diary.created', diary, { diary })
    return withVersion(diary, headers)
  },
  get: (call, { id }) => withVersion(livingDiary(call, id)),
  edit(call, { id, ...input }) {
    const { state, at } = call
    const diary = seenDiary(call, id)
    state.revisions.set(id, [...(state.revisions.get(id) ?? []), revisionOf(diary)])
    const { kind, text, visited, place, photos } = input
    const claim = { ids: photos ?? [], owner: diary.author.id, area: diary.area.code }
    return withVersion(
      change(call, {
        ...diary,
        version: diary.version + 1,
        editedAt: new Date(at).toISOString(),
        ...(kind === undefined ? {} : { kind }),
        // only a question has an answer
        ...(kind === undefined || kind === 'help' ? {} : { acceptedAnswer: null }),
        ...(text === undefined ? {} : { text, tags: extractTags(text) }),
        ...(visited === undefined ? {} : { visited }),
        ...(place === undefined ? {} : { place: storedPlace(place) }),
        ...(photos === undefined ? {} : { photos: claimForDiary(state, id, claim) }),
      }),
    )
  },
  remove(call, { id }) {
    const diary = seenDiary(call, id)
    call.state.diaries.set(id, { diary, deletedAt: call.at })
    tell(call, 'diary.removed', diary)
  },
  restore(call, { id }) {
    const { diary, deletedAt } = anyDiary(call, id)
    if (diary.author.id !== call.session.id) throw new KitProblem('not_found')
    if (deletedAt !== null) {
      if (!canUndo(deletedAt, call.at)) throw new KitProblem('undo_expired')
      call.state.diaries.set(id, { diary, deletedAt: null })
      tell(call, 'diary.restored', diary, { diary })
    }
    return withVersion(diary)
  },
  revisions(call, { id }) {
    livingDiary(call, id)
    return { items: [...(call.state.revisions.get(id) ?? [])].reverse() }
  },
  acceptAnswer(call, { id, comment }) {
    const diary = ownDiary(call, id)
    if (diary.kind !== 'help') throw new KitProblem('not_a_help_request')
    const found = call.state.comments.get(comment)
    if (!found || found.deletedAt !== null || found.comment.diaryId !== id) throw new KitProblem('not_found')
    return withVersion(
      diary.acceptedAnswer === comment ? diary : change(call, { ...diary, acceptedAnswer: comment }),
    )
  },
  withdrawAnswer(call, { id }) {
    const diary = ownDiary(call, id)
    return withVersion(
      diary.acceptedAnswer === null ? diary : change(call, { ...diary, acceptedAnswer: null }),
    )
  },
  markUseful(call, { id }) {
    const diary = livingDiary(call, id)
    if (diary.author.id === call.session.id) throw new KitProblem('own_diary')
    if (call.state.useful.get(marked(id, call))) return withVersion(diary)
    call.state.useful.set(marked(id, call), true)
    return withVersion(change(call, { ...diary, usefulCount: diary.usefulCount + 1 }))
  },
  unmarkUseful(call, { id }) {
    const diary = livingDiary(call, id)
    if (!call.state.useful.delete(marked(id, call))) return withVersion(diary)
    return withVersion(change(call, { ...diary, usefulCount: diary.usefulCount - 1 }))
  },
  usefulMarks(call, { ids }) {
    const inReach = (id: string) => {
      const row = call.state.diaries.get(id)
      return row !== undefined && inScope(call.scope, row.diary.area.code)
    }
    const wanted = [...new Set(ids.split(','))]
    return { items: wanted.filter((id) => call.state.useful.get(marked(id, call)) && inReach(id)) }
  },
}
