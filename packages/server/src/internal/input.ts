import type { FieldProblem, Operation } from '@minqing/core'
import type { FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { ProblemError } from './problem-error.ts'

const maxFields = 20

/** Digits only: Ajv's own coercion would take `0x10` and `1e2` too. */
const integer = /^-?\d{1,9}$/

/** Query values are strings; those whose schema says integer become numbers, in place. */
export function coerceIntegers(operation: Operation, query: Record<string, unknown>): void {
  for (const [name, schema] of Object.entries<TSchema>(operation.query?.properties ?? {})) {
    const value = query[name]
    if (
      (schema as { type?: string }).type === 'integer' &&
      typeof value === 'string' &&
      integer.test(value)
    ) {
      query[name] = Number(value)
    }
  }
}

/** Text that PostgreSQL cannot hold: NUL, and halves of surrogate pairs. */
const unstorable = /\0|\p{Cs}/u

function illFormed(value: unknown, path: string, found: FieldProblem[]): void {
  if (typeof value === 'string') {
    if (unstorable.test(value)) found.push({ path, rule: 'wellFormed' })
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) illFormed(item, `${path}/${key}`, found)
  }
}

/** Path, query and body as one object, checked for what the schemas cannot say. */
export function inputOf(operation: Operation, request: FastifyRequest): Record<string, unknown> {
  const { query, body, params } = request
  if (!operation.body && body !== undefined && body !== null && Object.keys(body).length > 0) {
    throw new ProblemError('invalid_input', { fields: [{ path: '', rule: 'additionalProperties' }] })
  }
  const input = { ...(query as object), ...(body as object | undefined), ...(params as object) }
  const fields: FieldProblem[] = []
  illFormed(input, '', fields)
  if (fields.length > 0) throw new ProblemError('invalid_input', { fields: fields.slice(0, maxFields) })
  return input
}

/** One error of Ajv, as Fastify hands it on. */
export interface ValidationError {
  keyword: string
  instancePath: string
  params: Record<string, unknown>
}

const limitOf = (params: Record<string, unknown>): number | string | undefined => {
  const limit = params['limit'] ?? params['format']
  return typeof limit === 'number' || typeof limit === 'string' ? limit : undefined
}

/** Ajv's errors as field problems: where, which rule and which bound, never the value. */
export function fieldsOf(errors: readonly ValidationError[]): FieldProblem[] {
  const fields = errors.map(({ keyword, instancePath, params }): FieldProblem => {
    const missing = params['missingProperty'] ?? params['additionalProperty']
    const path = typeof missing === 'string' ? `${instancePath}/${pointerPart(missing)}` : instancePath
    const limit = limitOf(params)
    return { path, rule: keyword, ...(limit === undefined ? {} : { limit }) }
  })
  return fields.slice(0, maxFields)
}

/** A name from outside goes into the answer and the log: escaped as a JSON Pointer part, and bounded. */
const pointerPart = (name: string): string =>
  name
    .replace(/\p{Cs}/gu, '\ufffd')
    .slice(0, 60)
    .replaceAll('~', '~0')
    .replaceAll('/', '~1')

const version = /^"(\d+)"$/

/** The version from `If-Match: "3"`. One too large to exist is simply not the current one. */
export function ifMatchOf(operation: Operation, request: FastifyRequest): number {
  if (!operation.ifMatch) return 0
  const header = request.headers['if-match']
  if (header === undefined) throw new ProblemError('version_required')
  const digits = version.exec(header)?.[1]
  if (!digits) throw new ProblemError('invalid_input', { fields: [{ path: '/If-Match', rule: 'pattern' }] })
  if (digits.length > 9) throw new ProblemError('version_conflict')
  return Number(digits)
}
