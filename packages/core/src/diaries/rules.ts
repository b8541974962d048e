/** Bounds of a diary's fields, in characters (UTF-16 units) and counts. The composer counts against the same ones. */
export const diaryLimits = {
  text: 5000,
  tags: 10,
  tag: 20,
  visited: 20,
  visitedName: 40,
  photos: 9,
  placeName: 80,
  comment: 1000,
  query: 50,
  page: 100,
} as const

export const diaryKinds = ['visit', 'factory', 'workshop', 'idea', 'help'] as const
/**
 * 走访日记 `visit`, 工厂日记 `factory`, 车间日记 `workshop`, 金点子 `idea`, 求助 `help` (the only kind that can have
 * an accepted answer).
 */
export type DiaryKind = (typeof diaryKinds)[number]

/** Days in which a deleted diary or comment can be brought back by its author [D6]. */
export const undoDays = 30

/**
 * [D2] Tags are the words after `#` in the text, in order, each once, ten at most: `#环境整治 #垃圾分类#`. Words over
 * 20 characters are not tags, so a tag is never cut in the middle.
 */
export function extractTags(text: string): string[] {
  const found = new Set<string>()
  // Written here and not at the top: to make it, the engine gathers all letters of Unicode, for which every page that
  // loads a widget would wait.
  for (const match of text.matchAll(/#([\p{L}\p{N}_·]{1,20})(?![\p{L}\p{N}_·])#?/gu)) {
    found.add(match[1]!)
    if (found.size === diaryLimits.tags) break
  }
  return [...found]
}

const maxClockAheadMs = 5 * 60_000
const maxAgeMs = 30 * 24 * 3_600_000

/**
 * [D3] The time of writing comes from a phone whose clock may be wrong: a time over five minutes ahead of the server,
 * or over thirty days back, becomes the time of arrival. It is never a reason to refuse a diary.
 *
 * @param writtenAt what the phone says; absent means now
 * @param now the server's time
 */
export function writtenAtOrNow(writtenAt: string | undefined, now: Date): Date {
  if (writtenAt === undefined) return now
  const at = new Date(writtenAt)
  const age = now.getTime() - at.getTime()
  return age < -maxClockAheadMs || age > maxAgeMs || Number.isNaN(age) ? now : at
}

/** [D5] A place is blurred to two decimals (about 1 km) unless its author asks for the exact one. */
export function blurPlace<P extends { longitude?: number; latitude?: number; precision: 'exact' | 'grid' }>(
  place: P,
): P {
  if (place.precision === 'exact') return place
  const round = (degrees?: number) => (degrees === undefined ? undefined : Math.round(degrees * 100) / 100)
  return { ...place, longitude: round(place.longitude), latitude: round(place.latitude) }
}
