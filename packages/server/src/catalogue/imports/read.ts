import { parse, type CsvError } from 'csv-parse'
import { Readable } from 'node:stream'
import { decode, UnreadableFile } from '../../internal/decode.ts'
import { columnOf, type Column } from './columns.ts'

/** One line of the file: what stands in the columns that are known. */
export interface Line {
  /** As an editor counts: the header is 1. */
  readonly number: number
  readonly fields: Readonly<Partial<Record<Column, string>>>
}

export interface Sheet {
  /** The lines that hold anything, in order. Throws UnreadableFile where the file breaks off within quotes. */
  lines(): AsyncGenerator<Line>
}

/** Pieces, so that a large file does not stand in the reader's way twice. */
function* pieces(text: string): Generator<string> {
  const size = 65_536
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

/** A comma; a semicolon or tab where the header has no comma, as some spreadsheets write it. */
const delimiterOf = (header: string): string => [',', '\t', ';'].find((mark) => header.includes(mark)) ?? ','

/**
 * Opens a file: finds its encoding and its columns by the header.
 *
 * @throws UnreadableFile when it is no CSV, or its header names no code
 */
export function openSheet(bytes: Uint8Array): Sheet {
  const whole = decode(bytes)
  const text = whole.replace(/^[\r\n]+/, '')
  const before = whole.slice(0, whole.length - text.length).split('\n').length - 1
  const header = /^[^\r\n]*/.exec(text)![0]
  const delimiter = delimiterOf(header)
  const columns = header.split(delimiter).map(columnOf)
  if (!columns.includes('code') || !(columns.includes('name') || columns.includes('unit'))) {
    throw new UnreadableFile()
  }
  return {
    async *lines() {
      const parser = Readable.from(pieces(text)).pipe(
        parse({
          delimiter,
          from_line: 2,
          info: true,
          relax_column_count: true,
          skip_empty_lines: true,
          trim: true,
          max_record_size: 100_000,
        }),
      )
      try {
        for await (const { record, info } of parser as AsyncIterable<{
          record: string[]
          info: { lines: number }
        }>) {
          const fields: Partial<Record<Column, string>> = {}
          record.forEach((value, at) => {
            const column = columns[at]
            if (column && value !== '') fields[column] = value
          })
          if (Object.keys(fields).length > 0) yield { number: before + info.lines, fields }
        }
      } catch (error) {
        if ((error as CsvError).code?.startsWith('CSV_'))
          throw new UnreadableFile(undefined, { cause: error })
        throw error
      }
    },
  }
}
