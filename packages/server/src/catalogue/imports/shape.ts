import { catalogueLimits, levelOf, type IssueKind } from '@minqing/core'
import { kindOf, type Column } from './columns.ts'
import type { Line } from './read.ts'

export interface Rejection {
  readonly line: number
  readonly column: Column
  readonly rule: string
  readonly value: string
}

export interface CategoryFields {
  readonly name: string
  readonly kind: IssueKind
  readonly days: number | null
  readonly words: readonly string[]
}

/** A line that is well-formed by itself; whether it fits the others and the county is another matter. */
export interface Entry {
  readonly line: number
  readonly code: string
  /** Only where the line says what the category is. */
  readonly category: CategoryFields | undefined
  /** Only where the line names a unit. */
  readonly place:
    { readonly area: string; readonly unit: string; readonly unitName: string | undefined } | undefined
}

/**
 * A value is shown to whoever mends the file, and no longer than it takes to find it. No character is cut in two: the
 * database takes no halves.
 */
const shown = (value: string): string =>
  value.length > 60 ? `${[...value.slice(0, 120)].slice(0, 59).join('')}…` : value

export const reject = (line: number, column: Column, rule: string, value = ''): Rejection => ({
  line,
  column,
  rule,
  value: shown(value),
})

const wordsOf = (value: string): string[] => [
  ...new Set(
    value
      .split(/[|｜、]/)
      .map((word) => word.trim())
      .filter(Boolean),
  ),
]

function categoryOf({ number, fields }: Line): CategoryFields | Rejection | undefined {
  const { name, kind, days, words = '' } = fields
  if (name === undefined) {
    return kind === undefined && days === undefined && words === ''
      ? undefined
      : reject(number, 'name', 'missing')
  }
  if (name.length > catalogueLimits.name) return reject(number, 'name', 'shape', name)
  if (kind === undefined) return reject(number, 'kind', 'missing')
  const word = kindOf(kind)
  if (!word) return reject(number, 'kind', 'unknownKind', kind)
  if (days !== undefined && !(/^\d{1,2}$/.test(days) && Number(days) >= 1 && Number(days) <= 60)) {
    return reject(number, 'days', 'shape', days)
  }
  const list = wordsOf(words)
  if (list.length > catalogueLimits.words || list.some((one) => one.length > catalogueLimits.word)) {
    return reject(number, 'words', 'shape', words)
  }
  return { name, kind: word, days: days === undefined ? null : Number(days), words: list }
}

function placeOf({ number, fields }: Line, county: string): Entry['place'] | Rejection {
  const { unit, unitName, area } = fields
  if (unit === undefined) {
    if (unitName !== undefined || area !== undefined) return reject(number, 'unit', 'missing')
    return undefined
  }
  if (!/^[\w-]{1,64}$/.test(unit)) return reject(number, 'unit', 'shape', unit)
  if (unitName !== undefined && unitName.length > catalogueLimits.name) {
    return reject(number, 'unitName', 'shape', unitName)
  }
  if (area !== undefined && levelOf(area) === undefined) return reject(number, 'area', 'shape', area)
  return { area: area ?? county, unit, unitName }
}

const isRejection = (value: object | undefined): value is Rejection => value !== undefined && 'rule' in value

/** Reads one line. Without an area it speaks of the whole county. */
export function entryOf(line: Line, county: string): Entry | Rejection {
  const { number, fields } = line
  const { code } = fields
  if (code === undefined) return reject(number, 'code', 'missing')
  if (!/^(\d{2}){1,3}$/.test(code)) return reject(number, 'code', 'shape', code)
  const category = categoryOf(line)
  if (isRejection(category)) return category
  const place = placeOf(line, county)
  if (isRejection(place)) return place
  if (!category && !place) return reject(number, 'name', 'missing')
  return { line: number, code, category, place }
}
