import type { ErrorCode } from '@minqing/core'
import type { FastifyRequest } from 'fastify'
import { ProblemError } from '../internal/problem-error.ts'

const codes: Readonly<Record<number, ErrorCode>> = {
  404: 'not_found',
  409: 'upload_offset_conflict',
  410: 'not_found',
  413: 'photo_too_large',
  415: 'media_type_unsupported',
}

/** A refusal by tus as one of our problems. */
export async function problemOfTus(response: Response, request: FastifyRequest): Promise<ProblemError> {
  const text = (await response.text()).trim().slice(0, 200)
  if (response.status >= 500) {
    request.log.warn({ status: response.status, answer: text }, 'upload failed')
    return new ProblemError('unavailable')
  }
  return new ProblemError(codes[response.status] ?? 'invalid_input')
}
