import type { DraftPhoto } from '../../internal/photos/photo-row.ts'

/** What is in the form. */
export interface ReportDraft {
  /** The report's id from the start, so that the same draft sent twice is still one report. */
  id?: string
  text: string
  /** The areas chosen one below the other, from the one given down; empty: only the one given. */
  areas: string[]
  /** Where exactly, in words. */
  place: string
  /** Code of a category; empty: not known. */
  category: string
  name: string
  phone: string
  photos: DraftPhoto[]
  /** What was sent without an answer: one of these may have arrived. */
  tried?: SentContent[] | undefined
}

/** What goes to the server, but for the photos' bytes. */
export interface SentContent {
  id: string
  area: string
  text: string
  category?: string
  place?: { name: string; precision: 'grid' }
  name?: string
  phone?: string
  photos?: string[]
}

export const emptyDraft = (): ReportDraft => ({
  text: '',
  areas: [],
  place: '',
  category: '',
  name: '',
  phone: '',
  photos: [],
})

export const isBlank = ({ text, place, name, phone, photos }: ReportDraft): boolean =>
  ![text, place, name, phone].some((part) => part.trim()) && !photos.length

/** @param area the one that the page has given, in which those chosen lie */
export function toContent(draft: ReportDraft, id: string, area: string): SentContent {
  const { areas, photos } = draft
  const [text, place, name, phone] = [draft.text, draft.place, draft.name, draft.phone].map((part) =>
    part.trim(),
  )
  return {
    id,
    area: areas[areas.length - 1] ?? area,
    text: text!,
    ...(draft.category && { category: draft.category }),
    ...(place && { place: { name: place, precision: 'grid' as const } }),
    ...(name && { name }),
    ...(phone && { phone }),
    ...(photos.length && { photos: photos.map((photo) => photo.id) }),
  }
}
