/** Bounds of the catalogue's fields. */
export const catalogueLimits = {
  name: 40,
  words: 60,
  word: 20,
  assignments: 200,
  /** Bytes of a CSV file, before it is written as base64. */
  file: 12_000_000,
  rows: 200_000,
  /** Rejected rows that an import lists; the rest is counted. */
  listed: 200,
} as const

/** 部门, 社会组织, 共建单位, 乡贤, 志愿者队伍, 乡镇街道. */
export const unitKinds = ['department', 'organization', 'partner', 'notable', 'volunteers', 'town'] as const
export type UnitKind = (typeof unitKinds)[number]
