import { KitProblem } from './problem.ts'

/** A place in a list ordered by time and, within a millisecond, by id. */
interface Position {
  readonly at: number
  readonly id: string
}

const shape = /^([0-9a-f]{12})([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/

const toCursor = ({ at, id }: Position): string => at.toString(16).padStart(12, '0') + id.replaceAll('-', '')

function fromCursor(cursor: string): Position {
  const parts = shape.exec(cursor)
  if (!parts) throw new KitProblem('cursor_invalid')
  return { at: Number.parseInt(parts[1]!, 16), id: parts.slice(2).join('-') }
}

export const byPlace = (a: Position, b: Position): number =>
  a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

export interface PageQuery<T> {
  readonly place: (item: T) => Position
  readonly cursor: string | undefined
  readonly limit: number
  /** Newest first, unless told. */
  readonly oldestFirst?: boolean
}

/** One page of a list, as the reference server cuts it. */
export function pageOf<T>(items: readonly T[], { place, cursor, limit, oldestFirst = false }: PageQuery<T>) {
  const after = cursor === undefined ? undefined : fromCursor(cursor)
  const sign = oldestFirst ? 1 : -1
  const sorted = [...items].sort((a, b) => sign * byPlace(place(a), place(b)))
  const rest = after ? sorted.filter((item) => sign * byPlace(place(item), after) > 0) : sorted
  const shown = rest.slice(0, limit)
  const last = rest.length > limit ? shown.at(-1) : undefined
  const first = shown[0]
  return {
    items: shown,
    next: last === undefined ? null : toCursor(place(last)),
    previous: first === undefined ? null : toCursor(place(first)),
  }
}
