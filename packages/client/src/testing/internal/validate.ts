import type { FieldProblem, Operation } from '@minqing/core'
import { Compile, type Validator } from 'typebox/compile'
import type { Static, TSchema } from 'typebox'
import { KitProblem } from './problem.ts'

const compiled = new WeakMap<TSchema, Validator>()

/** Not before it is needed: to compile is to evaluate text, which strict pages report. */
function validatorOf(schema: TSchema): Validator {
  let validator = compiled.get(schema)
  if (!validator) compiled.set(schema, (validator = Compile(schema)))
  return validator
}

interface Failure {
  readonly keyword: string
  readonly instancePath: string
  readonly params: object
}

/** As the reference server words them: one for each missing or surplus name, and the bound that was passed. */
function fieldsOf({ keyword, instancePath, params }: Failure): FieldProblem[] {
  const said = params as Record<string, unknown>
  const names = said['requiredProperties'] ?? said['additionalProperties']
  if (Array.isArray(names))
    return names.map((name) => ({ path: `${instancePath}/${String(name)}`, rule: keyword }))
  // what `additionalProperties: false` says a second time
  if (keyword === 'boolean') return []
  const { limit } = said
  const bound = typeof limit === 'number' || typeof limit === 'string' ? { limit } : {}
  return [{ path: instancePath, rule: keyword, ...bound }]
}

const failuresOf = (schema: TSchema, value: unknown): FieldProblem[] => {
  const validator = validatorOf(schema)
  return validator.Check(value) ? [] : validator.Errors(value).flatMap(fieldsOf)
}

export const fits = <S extends TSchema>(schema: S, value: unknown): value is Static<S> =>
  validatorOf(schema).Check(value)

/** @throws KitProblem `invalid_input` with the fields that do not fit */
export function checkInput(schema: TSchema, value: unknown): void {
  const fields = failuresOf(schema, value)
  if (fields.length > 0) throw new KitProblem('invalid_input', { fields })
}

/** What an answer has that its operation does not promise; empty when it is as it should be. */
export const answerFailures = (operation: Operation, value: unknown): string =>
  operation.success.schema
    ? failuresOf(operation.success.schema, value)
        .slice(0, 5)
        .map(({ path, rule }) => `${path || '/'} ${rule}`)
        .join(', ')
    : ''

const integer = /^-?\d{1,9}$/

/** Query values are text: whole numbers and defaults by the operation's shape. */
export function queryOf(operation: Operation, search: URLSearchParams): Record<string, unknown> {
  const query: Record<string, unknown> = Object.fromEntries(search)
  for (const [name, schema] of Object.entries<TSchema>(operation.query?.properties ?? {})) {
    const { type, default: otherwise } = schema as { type?: string; default?: unknown }
    const value = query[name]
    if (type === 'integer' && typeof value === 'string' && integer.test(value)) query[name] = Number(value)
    if (value === undefined && otherwise !== undefined) query[name] = otherwise
  }
  return query
}

const unstorable = /\0|\p{Cs}/u

/** @throws KitProblem `invalid_input` for text that no database holds: NUL, and halves of surrogate pairs */
export function checkWellFormed(value: unknown): void {
  const fields: FieldProblem[] = []
  const visit = (one: unknown, path: string) => {
    if (typeof one === 'string' && unstorable.test(one)) fields.push({ path, rule: 'wellFormed' })
    else if (typeof one === 'object' && one !== null)
      for (const [key, item] of Object.entries(one)) visit(item, `${path}/${key}`)
  }
  visit(value, '')
  if (fields.length > 0) throw new KitProblem('invalid_input', { fields })
}
