import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
import type { Access, Grant, InputOf, Operation, OutputOf } from '@minqing/core'
import type { Transaction } from 'kysely'
import type { Tables } from '../database/tables.ts'

/** The caller, as their verified token says. */
export interface Session {
  /** `sub` of the token. */
  readonly id: string
  readonly name: string
  readonly title?: string
  readonly grants: readonly Grant[]
  readonly expiresAt: Date
}

export type Tx = Transaction<Tables>

/** One call of one operation, authenticated, with its input checked. */
export interface Call {
  readonly session: Session
  /** Where the operation's capability reaches for the caller: areas, units, what they reported themselves. */
  readonly access: Access
  /** Its area prefixes. Never empty, except where the capability reaches by units or by one's own alone. */
  readonly scope: readonly string[]
  /** The version from `If-Match`, for operations that need it. */
  readonly ifMatch: number
  /** `Accept-Language`. */
  readonly language: string | undefined
  readonly now: () => Date
  readonly log: FastifyBaseLogger
  /** For headers and streams only. */
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /**
   * Runs `work` in one transaction as the role that owns nothing, with row-level security set to this call's scope
   * and actor. Throwing rolls back.
   */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Runs after the transaction of a successful call; for what must not happen when it fails. */
  afterCommit(effect: () => void): void
}

/** JSON that is a string already (a stored wire form): sent as it is. */
export class RawJson {
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
  constructor(text: string, headers: Readonly<Record<string, string>> = {}) {
    this.text = text
    this.headers = headers
  }
}

/** Tells that the handler has taken over the reply (a stream, a file). */
export const hijacked: unique symbol = Symbol('hijacked')

export type Handler<O extends Operation> = (
  call: Call,
  input: InputOf<O>,
) => Promise<OutputOf<O> | RawJson | typeof hijacked>

/** One handler for each operation of a feature: a missing one is a type error. */
export type HandlersOf<G extends Record<string, Operation>> = { [K in keyof G]: Handler<G[K]> }
