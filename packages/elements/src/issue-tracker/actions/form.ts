import { dayOf, type Calendar } from '@minqing/core/wire'
import { msg, str } from '../../internal/localize.ts'
import type { Deed } from './deeds.ts'
import type { Field, FormContext, PhotoValue, TargetValue, Values } from './fields.ts'

/** A deadline that is chosen as a day ends with it: one minute before midnight in China. */
const endOfDay = (day: string): string => new Date(`${day}T23:59:00+08:00`).toISOString()

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === '' ||
  (typeof value === 'string' && !value.trim()) ||
  (Array.isArray(value) && value.length === 0)

const missing = (field: Field): string => {
  if (field.kind === 'text') return msg(str`请填写${field.label}`, { id: 'action.fill' })
  return msg(str`请选择${field.label}`, { id: 'action.choose' })
}

function dayProblem(
  day: string,
  after: number | undefined,
  calendar: Calendar,
  now: number,
): string | undefined {
  if (day < dayOf(now)) return msg('期限不能早于今天', { id: 'action.past' })
  if (!calendar.isWorkingDay(day)) return msg('这一天是休息日，请选择工作日', { id: 'action.dayOff' })
  if (after !== undefined && Date.parse(endOfDay(day)) <= after)
    return msg('须晚于现在的期限', { id: 'action.later' })
  return undefined
}

/** What is wrong with one answer, in a sentence; nothing when it is right. */
function problemOf(field: Field, values: Values, calendar: Calendar, now: number): string | undefined {
  const value = values[field.name]
  if (isEmpty(value)) return field.required ? missing(field) : undefined
  if (field.kind === 'text' && (value as string).trim().length > field.max)
    return msg(str`最多 ${field.max} 字，现在是 ${(value as string).trim().length} 字`, { id: 'action.long' })
  if (field.kind === 'score') {
    const score = Number(value)
    if (!Number.isInteger(score) || score < 0 || score > 100)
      return msg('请填写 0 到 100 的整数', { id: 'action.scoreRange' })
  }
  if (field.kind === 'day') return dayProblem(value as string, field.after, calendar, now)
  if (field.kind === 'targets') return targetsProblem(value as TargetValue[], values, calendar, now)
  return undefined
}

function targetsProblem(
  all: TargetValue[],
  values: Values,
  calendar: Calendar,
  now: number,
): string | undefined {
  const lead = values['lead.unit']
  const due = values['lead.dueAt']
  const seen = new Set<unknown>([lead])
  for (const { unit, dueAt } of all) {
    if (!unit) return msg('请为每个协办选择单位', { id: 'action.assistUnit' })
    if (seen.has(unit)) return msg('同一单位只能承担一次', { id: 'action.twice' })
    seen.add(unit)
    const problem = dueAt ? dayProblem(dueAt, undefined, calendar, now) : undefined
    if (problem) return problem
    if (dueAt && typeof due === 'string' && due && dueAt >= due)
      return msg('协办期限须早于主办期限', { id: 'action.assistLate' })
  }
  return undefined
}

/** All that is wrong with a form, by field. */
export function check(fields: readonly Field[], values: Values, calendar: Calendar, now: number) {
  const problems = new Map<string, string>()
  for (const field of fields) {
    const problem = problemOf(field, values, calendar, now)
    if (problem) problems.set(field.name, problem)
  }
  return problems
}

/** The value as the operation takes it. */
function sent(field: Field, value: unknown): unknown {
  switch (field.kind) {
    case 'text':
      return (value as string).trim()
    case 'score':
    case 'stars':
      return Number(value)
    case 'day':
      return endOfDay(value as string)
    case 'photos':
      return (value as PhotoValue[]).map(({ id }) => id)
    case 'targets':
      return (value as TargetValue[]).map(({ unit, task, dueAt }) => ({
        unit,
        ...(task.trim() && { task: task.trim() }),
        ...(dueAt && { dueAt: endOfDay(dueAt) }),
      }))
    default:
      return value
  }
}

function put(body: Values, name: string, value: unknown): void {
  const [first, rest] = name.split('.') as [string, string?]
  if (!rest) body[first] = value
  else put((body[first] ??= {}) as Values, rest, value)
}

/** The body of the operation. Unanswered questions are left out: the server refuses empty fields. */
export function bodyOf(deed: Deed, context: FormContext, values: Values): Values {
  const body: Values = {}
  for (const field of deed.fields(context)) {
    const value = values[field.name]
    if (!isEmpty(value)) put(body, field.name, sent(field, value))
  }
  return { ...body, ...deed.also?.(context.issue, values) }
}
