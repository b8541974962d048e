import { canonical, type Operation } from '@minqing/core'
import { Answer, type Call } from './call.ts'
import { KitProblem, kitFault } from './problem.ts'
import type { KeptReply } from './state.ts'
import { answerFailures } from './validate.ts'

const replayMs = 24 * 3_600_000
const keyShape = /^[\x21-\x7e]{8,100}$/

type Reply = Pick<KeptReply, 'status' | 'headers' | 'body'>

/** @throws KitProblem `idempotency_key_missing`, `invalid_input` */
export function keyOf(headers: Headers): string {
  const key = headers.get('idempotency-key')
  if (key === null || key === '') throw new KitProblem('idempotency_key_missing')
  if (keyShape.test(key)) return key
  throw new KitProblem('invalid_input', { fields: [{ path: '/Idempotency-Key', rule: 'pattern' }] })
}

/**
 * What goes out, as text: the caller shares no object with the server.
 *
 * @throws KitProblem `internal`, naming the operation, for what its schema does not allow
 */
export function replyOf(id: string, operation: Operation, given: unknown): Reply {
  const { value, headers } = given instanceof Answer ? (given as Answer) : new Answer(given, {})
  const { status } = operation.success
  if (status === 204) return { status, headers, body: null }
  const body = JSON.stringify(value) as string | undefined
  const wrong = body === undefined ? 'nothing was answered' : answerFailures(operation, JSON.parse(body))
  if (wrong) throw kitFault('internal', `${id} answered what its schema does not allow: ${wrong}`)
  return { status, headers, body: body! }
}

export const responseOf = ({ status, headers, body }: Reply, more: Record<string, string> = {}): Response =>
  new Response(body, {
    status,
    headers: {
      ...(body === null ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      ...headers,
      ...more,
    },
  })

/** The reply that a repeated request gets again; `undefined` when it is the first. */
export function replayed(call: Call, key: string, request: unknown): Reply | undefined {
  const kept = call.state.replies.get(`${call.session.id} ${key}`)
  if (!kept || kept.at <= call.at - replayMs) return undefined
  if (kept.request !== canonical(request)) throw new KitProblem('idempotency_mismatch')
  return kept
}

export const keep = (call: Call, key: string, request: unknown, reply: Reply): void =>
  void call.state.replies.set(`${call.session.id} ${key}`, {
    ...reply,
    request: canonical(request),
    at: call.at,
  })
