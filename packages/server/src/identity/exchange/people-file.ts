import { countyOf, roles, type Role } from '@minqing/core'
import { CsvError, parse } from 'csv-parse/sync'
import { decode, UnreadableFile } from '../../internal/decode.ts'

/** A file of people that was not taken. */
export class PeopleProblem extends Error {
  /** All that is wrong, a line each: `Line 3: role is no role: emperor.` */
  readonly sentence: string
  /** The same, one by one. */
  readonly sentences: readonly string[]
  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'))
    this.name = 'PeopleProblem'
    this.sentence = this.message
    this.sentences = sentences
  }
}

export const columns = ['provider', 'subject', 'id', 'name', 'title', 'role', 'area', 'unit'] as const
/** The others may be left out by a file in which they would be empty. */
const needed = columns.filter((column) => column !== 'title' && column !== 'unit')
type Column = (typeof columns)[number]
export type Line = Readonly<Record<Column, string>>

/** Such a file is read by people, one line after the other: more would hide the first. */
const mostTold = 50

/** No line that can be told is longer. */
const shown = (value: string): string => (value.length > 60 ? `${value.slice(0, 59)}…` : value)

const no = (what: string) => (value: string) =>
  value === '' ? 'is missing' : `is no ${what}: ${shown(value)}`
const long = (most: number) => (value: string) =>
  value === '' ? 'is missing' : `has more than ${most} characters`

interface Rule {
  readonly column: Column
  isGood(value: string, line: Line): boolean
  wrong(value: string): string
}

/** What stands in each column. */
const rules: readonly Rule[] = [
  {
    column: 'provider',
    isGood: (value) => /^[a-z][a-z0-9-]{0,30}$/.test(value),
    wrong: no('name of a provider'),
  },
  { column: 'subject', isGood: (value) => value !== '' && value.length <= 2048, wrong: long(2048) },
  { column: 'id', isGood: (value) => value !== '' && value.length <= 64, wrong: long(64) },
  {
    column: 'id',
    isGood: (value) => !['anonymous', 'system', 'center'].includes(value),
    wrong: (value) => `${value} belongs to the server itself`,
  },
  { column: 'name', isGood: (value) => value !== '' && value.length <= 40, wrong: long(40) },
  { column: 'title', isGood: (value) => value.length <= 40, wrong: long(40) },
  { column: 'role', isGood: (value) => roles.includes(value as Role), wrong: no('role') },
  {
    column: 'area',
    isGood: (value) => /^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12}|\d{15}|\d{17})$/.test(value),
    wrong: no('code of an area'),
  },
  {
    column: 'unit',
    isGood: (value, { role }) => value !== '' || role !== 'handler',
    wrong: () => 'is missing: a handler works for one',
  },
  { column: 'unit', isGood: (value) => value.length <= 64, wrong: long(64) },
]

interface Numbered {
  /** As an editor counts: the header is 1. */
  readonly number: number
  readonly line: Line
}

interface Parsed {
  record: Record<string, string>
  info: { lines: number; columns: { name: string }[]; error?: CsvError }
}

/** Told with the line on which the reader stopped. */
function unreadable(error: unknown): PeopleProblem {
  if (error instanceof UnreadableFile) return new PeopleProblem(['The file is no text in UTF-8 or GBK.'])
  const { code, lines } = error as Partial<CsvError> & { lines?: number }
  if (!code?.startsWith('CSV_')) throw error
  return new PeopleProblem([`Line ${lines ?? 1}: the quotes are not closed, or stand where none may.`])
}

function parsed(file: string | Uint8Array): Parsed[] {
  try {
    const text = typeof file === 'string' ? file : decode(file)
    const options = { bom: true, columns: true, trim: true, skip_empty_lines: true } as const
    return parse(text, { ...options, info: true, relax_column_count: true }) as unknown as Parsed[]
  } catch (error) {
    throw unreadable(error)
  }
}

/** The same account means the same person on all its lines. */
function contradiction({ number, line }: Numbered, first: Map<string, Numbered>): string | undefined {
  const { provider, subject, area } = line
  const key = JSON.stringify([countyOf(area), provider, subject])
  const before = first.get(key)
  if (!before) return void first.set(key, { number, line })
  const other = (['id', 'name', 'title'] as const).find((column) => before.line[column] !== line[column])
  return (
    other && `${other} of ${shown(provider)} ${shown(subject)} is another one than in line ${before.number}`
  )
}

/** The first thing that is wrong with a line. */
function faultOf(numbered: Numbered, error: CsvError | undefined, first: Map<string, Numbered>) {
  if (error) return 'it has not as many columns as the header'
  const rule = rules.find(({ column, isGood }) => !isGood(numbered.line[column], numbered.line))
  if (rule) return `${rule.column} ${rule.wrong(numbered.line[rule.column])}`
  return contradiction(numbered, first)
}

/**
 * Reads a CSV of people, text or bytes in UTF-8 or GBK.
 *
 * @throws PeopleProblem with a sentence for each line that is wrong
 */
export function readPeople(file: string | Uint8Array): Line[] {
  const records = parsed(file)
  const header = records[0]?.info.columns.map(({ name }) => name)
  if (!header) throw new PeopleProblem(['The file holds nobody; to remove everybody, use SQL.'])
  const missing = needed.filter((column) => !header.includes(column))
  if (missing.length > 0) throw new PeopleProblem([`Line 1: the header lacks ${missing.join(', ')}.`])
  const first = new Map<string, Numbered>()
  const sentences: string[] = []
  const lines = records.map(({ record, info }) => {
    const line = Object.fromEntries(columns.map((column) => [column, record[column] ?? ''])) as Line
    const fault = faultOf({ number: info.lines, line }, info.error, first)
    if (fault !== undefined) sentences.push(`Line ${info.lines}: ${fault}.`)
    return line
  })
  const more = sentences.length - mostTold
  if (more > 0) sentences.splice(mostTold, more, `${more} more lines are wrong.`)
  if (sentences.length > 0) throw new PeopleProblem(sentences)
  return lines
}
