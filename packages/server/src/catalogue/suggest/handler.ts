import type { Operations } from '@minqing/core'
import type { Handler } from '../../internal/handler.ts'
import { readIssue, whoOf } from '../../internal/issue-desk.ts'
import type { Suggester } from './suggester.ts'

/** What to do with an issue: for those who sort it. */
export const suggestionHandler =
  (suggester: Suggester): Handler<Operations['issues']['suggestion']> =>
  (call, { id }) =>
    call.transact(async (tx) => {
      const { county, area_code: area, text } = await readIssue(tx, whoOf(call), id)
      return suggester.suggest(tx, { county, area, text, excludeIssue: id })
    })
