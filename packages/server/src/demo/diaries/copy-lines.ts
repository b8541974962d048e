import { countyOf } from '@minqing/core'
import { fold, searchVector } from '../../internal/fold.ts'
import { presentComment, presentDiary } from '../../diaries/present.ts'
import type { DemoDiary } from './generate.ts'

/** Tables in the order in which they can be filled, with the columns that the lines below hold. */
export const copyColumns = {
  diary:
    'county, id, area_code, author_id, author_name, author_title, kind, text, folded, tags, visited, place, photos, ' +
    'written_at, created_at, edited_at, version, comment_count, useful_count, accepted_answer, wire, search',
  diary_comment:
    'county, id, diary_id, area_code, author_id, author_name, author_title, text, created_at, wire',
  diary_useful: 'county, diary_id, actor_id, area_code, created_at',
} as const
export type CopyTable = keyof typeof copyColumns

const special = /[\\\n\r\t]/g
const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

type Value = string | number | null | readonly string[] | Date

// quotes and backslashes are escaped for the array first and, as all of a line, for COPY afterwards
const array = (items: readonly string[]): string =>
  `{${items.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`

function field(value: Value): string {
  if (value === null) return '\\N'
  if (typeof value === 'number') return String(value)
  if (value instanceof Date) return value.toISOString()
  const text = typeof value === 'string' ? value : array(value)
  return text.replace(special, (found) => escapes[found]!)
}

const line = (...values: Value[]): string => `${values.map(field).join('\t')}\n`

/** The diary as lines in PostgreSQL's COPY text format, one list for each table. */
export function copyLines({ state, remarks, useful }: DemoDiary): Record<CopyTable, string> {
  const county = countyOf(state.area_code)
  const folded = fold(state.text)
  const author = [state.author_id, state.author_name, state.author_title] as const
  const content = [state.kind, state.text, folded, state.tags, state.visited] as const
  const extras = [state.place && JSON.stringify(state.place), JSON.stringify(state.photos)] as const
  const times = [state.written_at, state.created_at, state.edited_at] as const
  const counts = [state.version, state.comment_count, state.useful_count, state.accepted_answer] as const
  const derived = [JSON.stringify(presentDiary(state)), searchVector(folded, state.tags)] as const
  return {
    diary: line(
      county,
      state.id,
      state.area_code,
      ...author,
      ...content,
      ...extras,
      ...times,
      ...counts,
      ...derived,
    ),
    diary_comment: remarks
      .map((remark) => {
        const row = {
          county,
          id: remark.id,
          diary_id: state.id,
          area_code: state.area_code,
          author_id: remark.author.id,
          author_name: remark.author.name,
          author_title: remark.author.title,
          text: remark.text,
          created_at: remark.at,
          deleted_at: null,
        }
        const { deleted_at: _, ...columns } = row
        return line(...Object.values(columns), JSON.stringify(presentComment(row)))
      })
      .join(''),
    diary_useful: useful
      .map((marker) => line(county, state.id, marker.id, state.area_code, state.created_at))
      .join(''),
  }
}
