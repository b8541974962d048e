import type { Access, Capability, Operation } from '@minqing/core'
import type { FastifyRequest } from 'fastify'
import type { Session } from './handler.ts'

/** A verified token, with the scopes that its grants open, each worked out once. */
export interface Caller {
  readonly session: Session
  /** Origins that the token names, if it names any. */
  readonly origins: readonly string[] | undefined
  scopeFor(capability: Capability): readonly string[]
  /** Where the capability reaches: areas, units, what they reported themselves. */
  accessFor(capability: Capability): Access
}

/** Tells who calls. Throws a ProblemError when the token does not hold or may not be used from here. */
export type Authenticate = (request: FastifyRequest) => Promise<Caller>

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for operations that need a token, before the body is read. */
    caller: Caller | null
  }
  interface FastifyContextConfig {
    operation?: Operation
  }
}
