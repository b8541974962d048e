import type { Diary, DiaryKind, DiaryQuery } from '@minqing/core'

/** What the feed shows; everything is optional and combines. */
export interface FeedFilters {
  kind?: DiaryKind
  tag?: string
  /** A person's id, or `me` for one's own. */
  author?: string
  /** Words that must stand in the text, joined by blanks. */
  q?: string
}

/** Where the feed begins: at the newest diary, at the very first, or at the end of a day (`2026-03-08`). */
export type FeedStart = 'newest' | 'oldest' | (string & {})

export const hasFilters = (filters: FeedFilters): boolean => Object.values(filters).some(Boolean)

/** The query of a filter, without empty fields: the server refuses those. */
export function toQuery(area: string, filters: FeedFilters): DiaryQuery {
  const query: DiaryQuery = { area }
  for (const key of ['kind', 'tag', 'author', 'q'] as const) {
    const value = filters[key]?.trim()
    if (value) Object.assign(query, { [key]: value })
  }
  return query
}

/** The instant after the last one of a day in China, where a day ends at the same moment for everybody. */
export function endOfDay(day: string): string | undefined {
  const start = new Date(`${day}T00:00:00+08:00`).getTime()
  return Number.isNaN(start) ? undefined : new Date(start + 86_400_000).toISOString()
}

/** [D4] Case and full-width forms do not matter when words are looked for. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase()

export const wordsOf = (q: string | undefined): string[] =>
  fold(q ?? '')
    .split(/\s+/)
    .filter(Boolean)

/** Whether a diary that has just arrived belongs in a list with these filters. `me` is the caller's id. */
export function matches(diary: Diary, filters: FeedFilters, me: string | undefined): boolean {
  const { kind, tag, author, q } = filters
  if (kind && diary.kind !== kind) return false
  if (tag && !diary.tags.includes(tag)) return false
  if (author && diary.author.id !== (author === 'me' ? me : author)) return false
  const text = q ? fold(diary.text) : ''
  return wordsOf(q).every((word) => text.includes(word))
}
