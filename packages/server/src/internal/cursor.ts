import { ProblemError } from '../internal/problem-error.ts'

/** A place in a list ordered by time and, within a millisecond, by id. */
export interface Position {
  at: Date
  id: string
}

const shape = /^([0-9a-f]{12})([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/

/** The opaque form of a place; `mq_diary_cursor` in the database writes the same. */
export const toCursor = ({ at, id }: Position): string =>
  at.getTime().toString(16).padStart(12, '0') + id.replaceAll('-', '')

/** @throws ProblemError `cursor_invalid` for anything that `toCursor` does not write */
export function fromCursor(cursor: string): Position {
  const parts = shape.exec(cursor)
  if (!parts) throw new ProblemError('cursor_invalid')
  return { at: new Date(Number.parseInt(parts[1]!, 16)), id: parts.slice(2).join('-') }
}
