import type { IssueOrder } from './orders.ts'
import { ProblemError } from '../internal/problem-error.ts'

/** A place in a list of issues, and which way to go on from it. */
export interface Place {
  readonly back: boolean
  readonly id: string
  readonly at: string
  /** Of lists by priority. */
  readonly score?: number
  /** Of lists by deadline; `infinity` where no clock runs. */
  readonly due?: string
}

const uuid = '([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})'
const shapes: Readonly<Record<IssueOrder, RegExp>> = {
  newest: new RegExp(`^([nb])n()([0-9a-f]{12})${uuid}$`),
  priority: new RegExp(`^([nb])p([0-6][0-9a-f])([0-9a-f]{12})${uuid}$`),
  due: new RegExp(`^([nb])d([0-9a-f]{12})([0-9a-f]{12})${uuid}$`),
}
const unending = 'ffffffffffff'
/** The end of the years that are written with four digits, as the database reads them. */
const latest = Date.parse('9999-12-31T23:59:59.999Z')

function instant(hex: string): string {
  const ms = Number.parseInt(hex, 16)
  if (ms > latest) throw new ProblemError('cursor_invalid')
  return new Date(ms).toISOString()
}

/**
 * What a cursor says: the database writes the place, see `mq_issue_cursor`; in front of it stands the direction.
 *
 * @throws ProblemError `cursor_invalid` for anything else, also one of a list in another order
 */
export function fromCursor(cursor: string, order: IssueOrder): Place {
  const parts = shapes[order].exec(cursor)
  if (!parts) throw new ProblemError('cursor_invalid')
  const [, direction, key = '', at = '', ...id] = parts
  return {
    back: direction === 'b',
    id: id.join('-'),
    at: instant(at),
    ...(order === 'priority' ? { score: Number.parseInt(key, 16) } : {}),
    ...(order === 'due' ? { due: key === unending ? 'infinity' : instant(key) } : {}),
  }
}

const hex = (ms: number, width: number): string => ms.toString(16).padStart(width, '0')

/** The place of a row; `mq_issue_cursor` in the database writes the same. */
export function placeOf(
  order: IssueOrder,
  row: { id: string; at: Date; score: number; due: Date | number },
): string {
  const key =
    order === 'priority'
      ? hex(row.score, 2)
      : order === 'due'
        ? row.due instanceof Date
          ? hex(row.due.getTime(), 12)
          : unending
        : ''
  return `${order[0]}${key}${hex(row.at.getTime(), 12)}${row.id.replaceAll('-', '')}`
}

export const toNext = (place: string): string => `n${place}`
export const toPrevious = (place: string): string => `b${place}`
