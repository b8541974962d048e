import type { Access, Operation } from '@minqing/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Guard } from '../database/scope.ts'
import type { Caller } from './caller.ts'
import type { Deps } from './deps.ts'
import type { Call, Session, Tx } from './handler.ts'
import { ifMatchOf } from './input.ts'

/** The session of operations that need no token: nobody, who may nothing. */
const nobody: Session = { id: '', name: '', grants: [], expiresAt: new Date(0) }

/** Their access. */
const nowhere: Access = { areas: [], units: [], own: false }

/** What row-level security lets a call see. */
export const guardOf = ({ access, session }: Pick<Call, 'access' | 'session'>): Guard => ({
  scope: access.areas,
  units: access.units,
  actor: session.id,
})

/** A call together with what the pipeline does around it. */
export interface OpenCall {
  readonly call: Call
  /** From now on `call.transact` works within this transaction. */
  join(tx: Tx): void
  /** Runs what the handler left for after the commit. */
  settle(): void
}

export function openCall(
  deps: Pick<Deps, 'transact' | 'now'>,
  operation: Operation,
  caller: Caller | null,
  request: FastifyRequest,
  reply: FastifyReply,
): OpenCall {
  const session = caller?.session ?? nobody
  const access = caller && operation.capability ? caller.accessFor(operation.capability) : nowhere
  const scope = access.areas
  const effects: (() => void)[] = []
  let joined: Tx | undefined
  const call: Call = {
    session,
    access,
    scope,
    ifMatch: ifMatchOf(operation, request),
    language: request.headers['accept-language'],
    now: deps.now,
    log: request.log,
    request,
    reply,
    transact: (work) => (joined ? work(joined) : deps.transact(guardOf(call), work)),
    afterCommit: (effect) => void effects.push(effect),
  }
  return {
    call,
    join: (tx) => {
      joined = tx
    },
    settle: () => {
      for (const effect of effects) effect()
    },
  }
}
