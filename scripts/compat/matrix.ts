import { groups, type Check } from '../../test/compat/check.ts'

/** What became of one check in one browser. */
export type Cell = { kind: 'works' } | { kind: 'fails'; reason: string } | { kind: 'hole'; id: string }

export interface Column {
  /** As the docs call the browser. */
  name: string
  /** `Chromium 86.0.4240.0`, as it says of itself. */
  version: string
  /** One for each check, in their order. */
  cells: Cell[]
}

export type Row = Pick<Check, 'group' | 'title'>

export interface Printed {
  lines: string[]
  summary: string
  isGood: boolean
}

const count = (columns: readonly Column[], kind: Cell['kind']) =>
  columns.flatMap(({ cells }) => cells).filter((cell) => cell.kind === kind).length

/**
 * The matrix as text: ✓, ✗ or –, the last two with a number that the notes below take up.
 *
 * @param explain why a browser may have that hole; undefined where nobody has said so, which is a failure
 */
export function print(
  rows: readonly Row[],
  columns: readonly Column[],
  explain: (id: string, browser: string) => string | undefined,
): Printed {
  const notes: string[] = []
  let unexplained = 0
  const note = (text: string) => {
    if (!notes.includes(text)) notes.push(text)
    return notes.indexOf(text) + 1
  }
  const mark = (cell: Cell | undefined, browser: string, { title }: Row): string => {
    if (!cell || cell.kind === 'fails')
      return `✗ ${note(`${browser}, ${title}: ${cell?.reason ?? 'not run'}`)}`
    if (cell.kind === 'works') return '✓'
    const why = explain(cell.id, browser)
    if (why === undefined) unexplained++
    return `– ${note(`${browser} has no ${cell.id}: ${why ?? 'NOT EXPLAINED in docs/lib/browsers.ts'}`)}`
  }
  const first = Math.max(...rows.map(({ title }) => title.length)) + 4
  const line = (title: string, cells: readonly string[]) =>
    `${title.padEnd(first)}${cells.map((text) => text.padEnd(14)).join('')}`.trimEnd()

  const lines = [
    line(
      '',
      columns.map(({ name }) => name),
    ),
  ]
  for (const group of groups) {
    lines.push('', group)
    rows.forEach((row, n) => {
      if (row.group !== group) return
      const cells = columns.map(({ name, cells }) => mark(cells[n], name, row))
      lines.push(line(`  ${row.title}`, cells))
    })
  }
  lines.push('', ...columns.map(({ name, version }) => `${name}: ${version}`))
  if (notes.length) lines.push('', ...notes.map((text, n) => `${n + 1}. ${text}`))

  const works = count(columns, 'works')
  const explained = count(columns, 'hole') - unexplained
  const failed = rows.length * columns.length - works - explained - unexplained
  const bad = [failed && `${failed} ✗`, unexplained && `${unexplained} – without an explanation`]
  return {
    lines,
    isGood: failed + unexplained === 0,
    summary: [`${works} ✓`, explained && `${explained} – explained in the docs`, ...bad]
      .filter(Boolean)
      .join(', '),
  }
}
