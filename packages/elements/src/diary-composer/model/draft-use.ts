import type { NewDiary } from '@minqing/core/wire'
import { isBlank, type Draft } from './draft.ts'

/**
 * What was stored goes before what was typed while it was being read: neither is lost.
 */
export function join(stored: Draft, typed: Draft): Draft {
  if (isBlank(typed)) return stored
  return {
    ...stored,
    text: [stored.text, typed.text].filter((text) => text.trim()).join('\n'),
    visited: [...stored.visited, ...typed.visited.filter((name) => !stored.visited.includes(name))],
    place: typed.place ?? stored.place,
    photos: [...stored.photos, ...typed.photos],
  }
}

/** The part of a diary that the form knows. */
export function toInput(
  { kind, text, visited, place }: Draft,
  area: string,
): Omit<NewDiary, 'id' | 'photos'> {
  return { area, kind, text: text.trim(), ...(visited.length && { visited }), ...(place && { place }) }
}
