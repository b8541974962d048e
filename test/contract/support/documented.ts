import assert from 'node:assert/strict'
import {
  operations,
  problems,
  statusOf,
  type ErrorCode,
  type Operation,
  type OperationId,
  type Problem,
} from '@minqing/core'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'

const ajv = new Ajv({ allErrors: true, strict: false })
formats.default(ajv)

/** Every operation of the table with its id. */
export const allOperations: readonly (readonly [OperationId, Operation])[] = Object.entries<
  Record<string, Operation>
>(operations).flatMap(([feature, group]) =>
  Object.entries(group).map(([name, operation]) => [`${feature}.${name}` as OperationId, operation] as const),
)

interface Document {
  paths: Record<
    string,
    Record<string, { operationId: string; responses: Record<string, { description: string }> }>
  >
}

/** What the OpenAPI document that the server gives out says an operation may answer. */
export class Documented {
  readonly #responses = new Map<string, Record<string, { description: string }>>()

  constructor(document: unknown) {
    for (const methods of Object.values((document as Document).paths)) {
      for (const { operationId, responses } of Object.values(methods))
        this.#responses.set(operationId, responses)
    }
  }

  get ids(): string[] {
    return [...this.#responses.keys()].sort()
  }

  /** Fails unless status, code and shape of the answer are documented. A stream's body may be left out. */
  check(id: OperationId, operation: Operation, status: number, body: string | undefined): void {
    const response = this.#responses.get(id)?.[String(status)]
    assert.ok(response, `${id} answered ${status}, which is not documented: ${body}`)
    if (status >= 400) {
      const problem = JSON.parse(body ?? '') as Problem
      assert.ok(problem.code in problems, `${id} answered an unknown code: ${problem.code}`)
      assert.equal(statusOf(problem.code as ErrorCode), status)
      assert.ok(
        response.description.includes(`\`${problem.code}\``),
        `${id}: ${problem.code} is not documented`,
      )
      return
    }
    const { schema } = operation.success
    if (!schema || status === 304 || body === undefined) return
    assert.ok(ajv.validate(schema, JSON.parse(body)), `${id}: ${ajv.errorsText()} in ${body}`)
  }
}
