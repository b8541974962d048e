import type { ErrorCode, FieldProblem } from '@minqing/core'

/** Thrown anywhere below a handler; becomes `application/problem+json` on the way out. */
export class ProblemError extends Error {
  readonly code: ErrorCode
  readonly fields: FieldProblem[] | undefined
  readonly headers: Readonly<Record<string, string>>
  constructor(
    code: ErrorCode,
    more: { detail?: string; fields?: FieldProblem[]; headers?: Record<string, string> } = {},
  ) {
    super(more.detail ?? code)
    this.name = 'ProblemError'
    this.code = code
    this.fields = more.fields
    this.headers = more.headers ?? {}
  }
}
