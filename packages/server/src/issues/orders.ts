import type { IssueQuery } from '@minqing/core'

export type IssueOrder = NonNullable<IssueQuery['order']>
