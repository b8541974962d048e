import type { ErrorCode } from '@minqing/core'
import { ProblemError } from '../../internal/problem-error.ts'

/** For `assert.rejects`: the error is a problem of that code. */
export const isProblem = (code: ErrorCode) => (error: unknown) =>
  error instanceof ProblemError && error.code === code
