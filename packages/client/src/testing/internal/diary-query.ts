import { fold, holds, wordsOf, type Diary, type DiaryQuery } from '@minqing/core'

/** Whether a diary is in a list. */
export function fits(diary: Diary, query: DiaryQuery, me: string): boolean {
  const { kind, tag, author, from, to, q } = query
  const at = Date.parse(diary.createdAt)
  const folded = fold(diary.text)
  return (
    holds(query.area, diary.area.code) &&
    (kind === undefined || diary.kind === kind) &&
    (tag === undefined || diary.tags.includes(tag)) &&
    (author === undefined || diary.author.id === (author === 'me' ? me : author)) &&
    (from === undefined || at >= Date.parse(from)) &&
    (to === undefined || at < Date.parse(to)) &&
    (q === undefined || wordsOf(q).every((word) => folded.includes(word)))
  )
}
