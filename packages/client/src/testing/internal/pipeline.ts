import { methodOf, opens, type Access, type Capability, type ErrorCode, type Operation } from '@minqing/core'
import { handlerOf } from '../handlers/index.ts'
import type { AnyHandler, Call, Desk } from './call.ts'
import type { Clock } from './clock.ts'
import type { Faults } from './faults.ts'
import { KitProblem, kitFault, problemResponse } from './problem.ts'
import { keep, keyOf, replayed, replyOf, responseOf } from './replies.ts'
import { findRoute, type Found } from './routes.ts'
import type { KitCaller, Tokens } from './tokens.ts'
import { isUpload, transfer } from './uploads.ts'
import { checkInput, checkWellFormed, queryOf } from './validate.ts'
import type { TestCall } from '../types.ts'

const nowhere: Access = { areas: [], units: [], own: false }
const bodyLimit = 64 * 1024

/** A request, its body read. */
export interface Asked {
  readonly method: string
  /** From `/v1` on. */
  readonly path: string
  readonly search: URLSearchParams
  readonly headers: Headers
  readonly signal: AbortSignal
  readonly bytes: Uint8Array<ArrayBuffer>
}

export interface Parts {
  readonly desk: Desk
  readonly clock: Clock
  readonly tokens: Tokens
  readonly faults: Faults
}

/** What is known of a request while it is answered. */
type Notes = { -readonly [K in 'operation' | 'person' | 'body' | 'code']?: TestCall[K] }

function bodyOf(operation: Operation, { headers, bytes }: Asked): unknown {
  if (bytes.length > (operation.bodyLimit ?? bodyLimit)) throw new KitProblem('body_too_large')
  if (bytes.length === 0) return undefined
  if (!headers.get('content-type')?.startsWith('application/json'))
    throw new KitProblem('media_type_unsupported')
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new KitProblem('invalid_json')
  }
}

/** Path, query and body as one object, checked in the order of the reference server. */
function inputOf(
  { operation, params }: Found,
  body: unknown,
  search: URLSearchParams,
): Record<string, unknown> {
  const query = queryOf(operation, search)
  if (operation.params) checkInput(operation.params, params)
  if (operation.body) checkInput(operation.body, body ?? {})
  else if (typeof body === 'object' && body !== null && Object.keys(body).length > 0) {
    throw new KitProblem('invalid_input', { fields: [{ path: '', rule: 'additionalProperties' }] })
  }
  if (operation.query) checkInput(operation.query, query)
  else
    for (const name of search.keys()) {
      throw new KitProblem('invalid_input', { fields: [{ path: `/${name}`, rule: 'additionalProperties' }] })
    }
  const input = { ...query, ...(body as object | undefined), ...params }
  checkWellFormed(input)
  return input
}

function ifMatchOf(operation: Operation, headers: Headers): number {
  if (!operation.ifMatch) return 0
  const header = headers.get('if-match')
  if (header === null) throw new KitProblem('version_required')
  const digits = /^"(\d+)"$/.exec(header)?.[1]
  if (!digits) throw new KitProblem('invalid_input', { fields: [{ path: '/If-Match', rule: 'pattern' }] })
  return Number(digits)
}

export function createPipeline({ desk, clock, tokens, faults }: Parts) {
  function admit(capability: Capability | null, { headers }: Asked, notes: Notes): KitCaller | undefined {
    if (capability === null) return undefined
    const caller = tokens.authenticate(headers.get('authorization'))
    notes.person = caller.session.id
    if (!opens(caller.accessFor(capability))) throw new KitProblem('forbidden')
    return caller
  }

  function callOf(
    capability: Capability | null,
    caller: KitCaller | undefined,
    asked: Asked,
    ifMatch = 0,
  ): Call {
    const access = caller && capability ? caller.accessFor(capability) : nowhere
    return {
      ...desk,
      session: caller?.session ?? { id: '', name: '', grants: [], expiresAt: 0 },
      ...{ access, scope: access.areas, accessFor: caller?.accessFor ?? (() => nowhere), ifMatch },
      at: asked.method === 'GET' ? clock.now() : clock.next(),
      ...{ headers: asked.headers, signal: asked.signal },
    }
  }

  const keeps = (error: unknown) => error instanceof KitProblem && error.more.keeps === true

  function upload(asked: Asked, notes: Notes): Response {
    notes.operation = 'uploads'
    faults.check('uploads')
    const call = callOf('photo.upload', admit('photo.upload', asked, notes), asked)
    return desk.state.journal.transact(() => transfer(call, asked.method, asked.path, asked.bytes), keeps)
  }

  /** Runs the handler, and makes its reply in the same transaction. */
  function run(
    id: string,
    operation: Operation,
    work: () => unknown,
    kept: (reply: ReturnType<typeof replyOf>) => void,
  ) {
    const finish = (given: unknown): Response => {
      if (given instanceof Response) return given
      const reply = replyOf(id, operation, given)
      kept(reply)
      return responseOf(reply)
    }
    return desk.state.journal.transact(() => {
      const given = work()
      return given instanceof Promise ? given.then(finish) : finish(given)
    }, keeps)
  }

  async function answer(asked: Asked, notes: Notes): Promise<Response> {
    if (isUpload(asked.path)) return upload(asked, notes)
    const found = findRoute(asked.method, asked.path)
    if (!found) throw new KitProblem('not_found')
    const { id, operation } = found
    notes.operation = id
    faults.check(id)
    const caller = admit(operation.capability, asked, notes)
    const body = (notes.body = bodyOf(operation, asked))
    const input = inputOf(found, body, asked.search)
    const key = methodOf(operation.route) === 'POST' ? keyOf(asked.headers) : undefined
    const call = callOf(operation.capability, caller, asked, ifMatchOf(operation, asked.headers))
    const own = faults.answerOf(id)
    const handler: AnyHandler | undefined = own
      ? (_call, given) => own(given as Record<string, unknown>) as never
      : handlerOf(id)
    if (!handler)
      throw kitFault('unavailable', `${id} is not covered; answer it with server.answer('${id}', …)`)
    // without a person there is nobody to whom a kept reply could belong
    if (key === undefined || !caller)
      return run(
        id,
        operation,
        () => handler(call, input),
        () => undefined,
      )
    const request = [asked.method, asked.path, asked.search.toString(), body]
    const before = replayed(call, key, request)
    if (before) return responseOf(before, { 'idempotency-replayed': 'true' })
    return run(
      id,
      operation,
      () => handler(call, input),
      (reply) => keep(call, key, request, reply),
    )
  }

  /** Answers a request; a refusal is an answer, too. */
  return async function handle(asked: Asked): Promise<{ response: Response; notes: Notes }> {
    const notes: Notes = {}
    try {
      return { response: await answer(asked, notes), notes }
    } catch (error) {
      const name = notes.operation ?? `${asked.method} ${asked.path}`
      const problem =
        error instanceof KitProblem ? error : kitFault('internal', `${name} failed: ${String(error)}`)
      notes.code = problem.code satisfies ErrorCode
      return { response: problemResponse(problem, asked.headers.get('accept-language')), notes }
    } finally {
      desk.log.deliver()
    }
  }
}
