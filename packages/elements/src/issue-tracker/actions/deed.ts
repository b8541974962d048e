import type { Client } from '@minqing/client'
import { issueLimits, targetsOf, type Assignment, type Issue, type IssueAction } from '@minqing/core/wire'
import { msg, str } from '../../internal/localize.ts'
import { outcomeName, requestName } from '../view/words.ts'
import type { Field, FormContext, Values } from './fields.ts'

/** Operations that an action may be. */
export type Operation = Exclude<
  keyof Client['issues'],
  'list' | 'counts' | 'ofDiaries' | 'create' | 'get' | 'timeline' | 'suggestion' | 'calendar' | 'showContact'
>

/** Something that a person may do, as a button and a form. Rows of the life cycle's table that look the same are one. */
export interface Deed {
  /** Rows of the table, any of which makes it possible. */
  readonly actions: readonly IssueAction[]
  readonly operation: Operation
  readonly name: (issue: Issue) => string
  /** What it brings about, in a sentence. */
  readonly hint?: () => string
  /** Cannot be taken back, or takes something from somebody: it is red, never the first button, and says what it does. */
  readonly isGrave?: boolean
  readonly fields: (context: FormContext) => readonly Field[]
  /** Values that are no fields. */
  readonly also?: (issue: Issue, values: Values) => Values
}

const { reason, photos } = issueLimits
export const text = (name: string, label: string, max: number, required = true, rows = 3): Field => ({
  ...{ kind: 'text', name, label, max, required, rows },
})
export const why = () => text('reason', msg('理由', { id: 'action.reason' }), reason)
export const outcome = (name = 'outcome'): Field => ({
  kind: 'choice',
  name,
  label: msg('办理结果', { id: 'action.outcome' }),
  required: true,
  options: [
    ['solved', outcomeName('solved')],
    ['explained', outcomeName('explained')],
  ],
})
export const pictures = (label: string): Field => ({ kind: 'photos', name: 'photos', label, max: photos })

/** Which of one's units speaks, where there are several. */
export const speaker = ({ units }: FormContext): Field[] =>
  units.length > 1
    ? [
        {
          kind: 'choice',
          name: 'unit',
          label: msg('代表单位', { id: 'action.speaker' }),
          required: true,
          options: units.map(({ id, name }) => [id, name] as [string, string]),
        },
      ]
    : []

const parts = (issue: Issue, ...actions: IssueAction[]): Assignment[] => [
  ...new Set(actions.flatMap((action) => targetsOf(action, issue))),
]

/** Which assignment is meant, where there are several. */
export const which = (issue: Issue, label: string, ...actions: IssueAction[]): Field[] => {
  const all = parts(issue, ...actions)
  if (all.length < 2) return []
  const options = all.map(
    ({ id, unit, request }) =>
      [
        `${id}`,
        request ? msg(str`${unit.name}：${requestName(request.kind)}`, { id: 'action.asks' }) : unit.name,
      ] as [string, string],
  )
  return [{ kind: 'choice', name: 'assignment', label, required: true, options }]
}
export const assignmentOf =
  (...actions: IssueAction[]) =>
  (issue: Issue, values: Values): Values => ({
    assignment: Number(values['assignment'] ?? parts(issue, ...actions)[0]?.id),
  })

export const asked = (issue: Issue) => issue.assignments.find(({ request }) => request)?.request
export const approvals = [
  'approveReturn',
  'approveAssistReturn',
  'approveSuspension',
  'approveExtension',
] as const
export const taken = (issue: Issue) =>
  issue.assignments
    .filter(({ state }) => state === 'offered' || state === 'accepted')
    .map(({ unit }) => unit.id)
export const standardDays = ({ category }: Issue) =>
  category
    ? msg(str`不选则按类别的 ${category.days} 个工作日计算`, { id: 'action.standard' })
    : msg('不选则按类别的时限计算', { id: 'action.standardUnknown' })
