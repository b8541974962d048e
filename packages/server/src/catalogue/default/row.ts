import type { IssueKind } from '@minqing/core'

/**
 * One category of the default catalogue. Codes are stable: a new one is added behind the last of its group. Words are
 * joined by blanks; `水*发黄` is both parts within one sentence (see core's matcher).
 */
export type Row = readonly [
  code: string,
  name: string,
  kind: IssueKind,
  words: string,
  more?: { readonly days?: number; readonly unit?: string },
]
