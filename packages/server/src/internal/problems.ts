import { statusOf, toProblem, type ErrorCode } from '@minqing/core'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { fieldsOf, type ValidationError } from './input.ts'
import { ProblemError } from './problem-error.ts'

const fromFastify: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_json',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media_type_unsupported',
  FST_ERR_CTP_INVALID_TYPE: 'media_type_unsupported',
  FST_ERR_BAD_URL: 'not_found',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
}

/** The database is down, starting, stopping, too slow, or out of disk or connections: asking again later may help. */
const databaseAway =
  /^(08...|53[1-4]00|57P0[1-5]|57014|55P03|25P03|40001|40P01|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/
const poolAway = /timeout exceeded when trying to connect|Connection terminated/

function isAway(error: Error & { code?: unknown }): boolean {
  return (typeof error.code === 'string' && databaseAway.test(error.code)) || poolAway.test(error.message)
}

function problemOf(error: FastifyError & { validation?: unknown }): ProblemError {
  if (error instanceof ProblemError) return error
  if (Array.isArray(error.validation)) {
    return new ProblemError('invalid_input', { fields: fieldsOf(error.validation as ValidationError[]) })
  }
  const known = fromFastify[error.code]
  if (known) return new ProblemError(known)
  if (error instanceof SyntaxError && error.statusCode === 400) return new ProblemError('invalid_json')
  if (isAway(error)) return new ProblemError('unavailable', { headers: { 'retry-after': '2' } })
  return new ProblemError('internal')
}

/** Sends RFC 9457 problem details; the title is in the language of the request. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  problem: ProblemError,
): FastifyReply {
  const { code, fields, message } = problem
  return reply
    .code(statusOf(code))
    .headers(problem.headers)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(
      toProblem(code, {
        ...(message === code ? {} : { detail: message }),
        ...(fields ? { fields } : {}),
        instance: request.id,
        language: request.headers['accept-language'],
      }),
    )
}

/** What is away: a problem made elsewhere (the host's key server, a full disk) carries it as its cause. */
const reasonOf = (error: Error): unknown => (error instanceof ProblemError && error.cause) || error

/** Turns whatever was thrown into a problem. Only what nobody foresaw is an error in the log, with its stack. */
export function handleError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error)
  if (problem.code === 'internal') request.log.error({ err: error }, 'request failed')
  else if (problem.code === 'unavailable') request.log.warn({ err: reasonOf(error) }, 'unavailable for now')
  return sendProblem(request, reply, problem)
}
