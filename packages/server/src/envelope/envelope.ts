import { AsyncLocalStorage } from 'node:async_hooks'
import {
  EnvelopeSchema,
  envelopeAnswerHeaders,
  envelopeBytes,
  envelopePath,
  pathOf,
  routes,
  type Envelope,
  type EnvelopeAnswer,
} from '@minqing/core'
import type { FastifyInstance, FastifyRequest, LightMyRequestResponse } from 'fastify'
import { ProblemError } from '../internal/problem-error.ts'

/** What must not lie in an envelope: another one, and answers that never end. */
const refused: ReadonlySet<string> = new Set([envelopePath, pathOf(routes.live.stream)])

/** Set while a request from an envelope is handled, whatever way its address found to the envelopes again. */
const inside = new AsyncLocalStorage<true>()

const wrong = (path: string, rule: string) => new ProblemError('invalid_input', { fields: [{ path, rule }] })

/** The address as the router will see it. Refuses what would be another one after decoding or resolving dots. */
function addressOf({ path }: Envelope): string {
  const [raw = ''] = path.split('?', 1)
  let decoded: string
  try {
    decoded = decodeURIComponent(raw)
  } catch {
    throw wrong('/path', 'pattern')
  }
  const isPlain = !/\\|\/\/|#|;/.test(decoded) && !decoded.split('/').some((part) => /^\.{1,2}$/.test(part))
  if (!isPlain || refused.has(decoded.replace(/\/+$/, ''))) throw wrong('/path', 'pattern')
  return path
}

function payloadOf({ method, body, bodyBase64 }: Envelope): Buffer | undefined {
  if (body !== undefined && bodyBase64 !== undefined) throw wrong('/bodyBase64', 'not')
  if (body === undefined && bodyBase64 === undefined) return undefined
  if (method === 'GET' || method === 'HEAD') throw wrong(body === undefined ? '/bodyBase64' : '/body', 'not')
  return body === undefined ? Buffer.from(bodyBase64!, 'base64') : Buffer.from(body)
}

/**
 * Taken from the post itself and never from the envelope: from which page, to which name, by which scheme. The last
 * counts only where a proxy is trusted, as it does for the post.
 */
function outerHeaders({ headers, protocol }: FastifyRequest): Record<string, string> {
  const { origin, host } = headers
  return {
    'x-forwarded-proto': protocol,
    ...(origin === undefined ? {} : { origin }),
    ...(host === undefined ? {} : { host }),
  }
}

const isText = (type: string | undefined): boolean =>
  /^(text\/|application\/([\w.-]+\+)?json\b)/.test(type ?? '')

function answerOf(response: LightMyRequestResponse): EnvelopeAnswer {
  const headers: EnvelopeAnswer['headers'] = {}
  for (const name of envelopeAnswerHeaders) {
    const value = response.headers[name]
    if (value !== undefined) headers[name] = String(value)
  }
  const answer = { status: response.statusCode, headers }
  const { rawPayload } = response
  if (rawPayload.length === 0) return answer
  return isText(headers['content-type'])
    ? { ...answer, body: rawPayload.toString() }
    : { ...answer, bodyBase64: rawPayload.toString('base64') }
}

/**
 * Lets requests come inside a POST, for hosts that let nothing else through. Each is handled as if it had come by
 * itself from the same address and page: with its own token, checks, bounds and rate limits.
 */
export function registerEnvelope(app: FastifyInstance): void {
  app.post<{ Body: Envelope }>(
    envelopePath,
    { bodyLimit: envelopeBytes, schema: { body: EnvelopeSchema } },
    async (request, reply) => {
      if (inside.getStore()) throw wrong('/path', 'pattern')
      const { method, headers } = request.body
      const url = addressOf(request.body)
      const payload = payloadOf(request.body)
      const response = await inside.run(true, () =>
        app.inject({
          method,
          url,
          headers: { ...headers, ...outerHeaders(request) },
          remoteAddress: request.ip,
          ...(payload && { payload }),
        }),
      )
      return reply.header('cache-control', 'no-store').send(answerOf(response))
    },
  )
}
