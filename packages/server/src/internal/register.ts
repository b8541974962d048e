import { methodOf, operations, pathOf, type Feature, type Operation, type Operations } from '@minqing/core'
import type { FastifyInstance, FastifyReply } from 'fastify'
import Type from 'typebox'
import type { Admit } from './admission.ts'
import { guardOf, openCall, type OpenCall } from './call.ts'
import type { Deps } from './deps.ts'
import { RawJson, hijacked, type Handler, type HandlersOf } from './handler.ts'
import { idempotencyKeyOf, once, type SavedReply } from './idempotency.ts'
import { coerceIntegers, inputOf } from './input.ts'
import type { Seal } from './sealing.ts'

/** A handler for every operation of the table: a missing one is a type error. */
export type Handlers = { [F in Feature]: HandlersOf<Operations[F]> }

type AnyHandler = Handler<Operation>

export interface RegisterOptions extends Pick<Deps, 'transact' | 'now'> {
  /** For saved replies that are confidential. */
  readonly seal: Seal
  /** Whether the operations of the demo exist. */
  readonly demo: boolean
  readonly admit: Admit
}

const noQuery = Type.Object({}, { additionalProperties: false })

/** Headers of a reply that a replay has to carry as well. */
const keptHeaders = ['etag', 'location'] as const

function replyOf(operation: Operation, result: unknown, reply: FastifyReply): SavedReply {
  const headers: Record<string, string> = {}
  for (const name of keptHeaders) {
    const value = reply.getHeader(name)
    if (value !== undefined) headers[name] = String(value)
  }
  if (result instanceof RawJson) Object.assign(headers, result.headers)
  const { status } = operation.success
  const body = status === 204 ? null : result instanceof RawJson ? result.text : JSON.stringify(result)
  return { status, headers, body }
}

function send(reply: FastifyReply, { status, headers, body }: SavedReply): FastifyReply {
  reply.code(status).headers(headers)
  if (body === null) return reply.send()
  // as bytes: of a string the length would be counted first, which for a page of Chinese takes as long again
  return reply.type('application/json; charset=utf-8').send(Buffer.from(body))
}

/** Only calls that change something for somebody are worth remembering. */
const isRepeatable = (operation: Operation): boolean => methodOf(operation.route) === 'POST'

async function runOnce(
  options: RegisterOptions,
  operation: Operation,
  open: OpenCall,
  key: string,
  work: () => Promise<unknown>,
): Promise<FastifyReply> {
  const { call } = open
  const saved = await options.transact(guardOf(call), (tx) => {
    open.join(tx)
    const caller = { session: call.session, request: call.request, now: call.now() }
    const reply = async () => replyOf(operation, await work(), call.reply)
    return once(tx, caller, key, reply, operation.confidential ? options.seal : undefined)
  })
  if (saved.replayed) call.reply.header('idempotency-replayed', 'true')
  else open.settle()
  return send(call.reply, saved)
}

function registerOne(
  app: FastifyInstance,
  operation: Operation,
  handler: AnyHandler,
  options: RegisterOptions,
) {
  app.route({
    method: methodOf(operation.route),
    url: pathOf(operation.route),
    config: { operation },
    ...(operation.bodyLimit ? { bodyLimit: operation.bodyLimit } : {}),
    schema: {
      querystring: operation.query ?? noQuery,
      ...(operation.params ? { params: operation.params } : {}),
      ...(operation.body ? { body: operation.body } : {}),
    },
    onRequest: options.admit(operation.capability, methodOf(operation.route) !== 'GET'),
    preValidation: (request, _reply, done) => {
      coerceIntegers(operation, request.query as Record<string, unknown>)
      // a client with nothing to say about an action sends no body: that is an empty one
      if (operation.body) request.body ??= {}
      done()
    },
    handler: async (request, reply) => {
      const key = isRepeatable(operation) ? idempotencyKeyOf(request) : undefined
      const input = inputOf(operation, request)
      const open = openCall(options, operation, request.caller, request, reply)
      const work = () => handler(open.call, input)
      // without a person there is nobody to whom a saved reply could belong
      if (key && request.caller) return runOnce(options, operation, open, key, work)
      const result = await work()
      open.settle()
      if (result === hijacked) return reply
      return send(reply, replyOf(operation, result, reply))
    },
  })
}

/** Registers every operation of core's table. */
export function registerOperations(app: FastifyInstance, handlers: Handlers, options: RegisterOptions): void {
  for (const [feature, group] of Object.entries<Record<string, Operation>>(operations)) {
    for (const [name, operation] of Object.entries(group)) {
      if (operation.demo && !options.demo) continue
      const ofFeature = handlers[feature as Feature] as unknown as Record<string, AnyHandler>
      registerOne(app, operation, ofFeature[name]!, options)
    }
  }
}
