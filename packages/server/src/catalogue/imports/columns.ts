import type { IssueKind } from '@minqing/core'

/** What a catalogue file says, by the names under which it may say so. */
const headers = {
  code: ['code', '编码', '代码', '类别编码', '类别代码'],
  name: ['name', '名称', '类别', '类别名称'],
  kind: ['kind', '类型', '性质', '事项类型'],
  days: ['days', '时限', '办理时限', '工作日', '天数'],
  words: ['words', '关键词', '词语'],
  area: ['area', '区域', '区域编码', '区域代码'],
  unit: ['unit', '单位编码', '单位代码', '承办单位编码'],
  unitName: ['unitname', '单位', '单位名称', '承办单位'],
} as const
export type Column = keyof typeof headers

const known = new Map<string, Column>(
  Object.entries(headers).flatMap(([column, names]) =>
    names.map((name) => [name, column as Column] as const),
  ),
)

/** The column that a header names; `undefined` for one that is none of ours and is left alone. */
export const columnOf = (header: string): Column | undefined =>
  known.get(
    header
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .replace(/[\s_-]/g, '')
      .toLowerCase(),
  )

const kinds: Readonly<Record<string, IssueKind>> = {
  consultation: 'consultation',
  help: 'help',
  complaint: 'complaint',
  complex: 'complex',
  咨询: 'consultation',
  求助: 'help',
  投诉: 'complaint',
  复杂: 'complex',
  复杂事项: 'complex',
}

export const kindOf = (value: string): IssueKind | undefined =>
  Object.hasOwn(kinds, value.toLowerCase()) ? kinds[value.toLowerCase()] : undefined
