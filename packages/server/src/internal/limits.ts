import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ProblemError } from './problem-error.ts'

/** Requests per minute. Counted in this process: several processes admit as many times more. */
export interface RateLimits {
  /** Reads of one person. */
  readonly read: number
  /** Writes of one person. */
  readonly write: number
  /** Reads without a token (photos by ticket) from one address; a whole office may share it. */
  readonly anonymousRead: number
  /** Writes without a token from one address: tokens of the demo. */
  readonly anonymousWrite: number
  /** Refused tokens from one address. */
  readonly refused: number
}

export const defaultLimits: RateLimits = {
  read: 1200,
  write: 300,
  anonymousRead: 6000,
  anonymousWrite: 120,
  refused: 120,
}

export interface Limiter {
  /** Counts a request whose `caller` is set. Throws `rate_limited`. */
  person(request: FastifyRequest, writes: boolean): Promise<void>
  /** Counts a request by nobody in particular. Throws `rate_limited`. */
  anonymous(request: FastifyRequest, writes: boolean): Promise<void>
  /** Counts a refused token. Throws `rate_limited`. */
  refused(request: FastifyRequest): Promise<void>
}

const unlimited: Limiter = {
  person: () => Promise.resolve(),
  anonymous: () => Promise.resolve(),
  refused: () => Promise.resolve(),
}

/** Makes the limiter; `false` counts nothing. */
export async function createLimiter(app: FastifyInstance, limits: RateLimits | false): Promise<Limiter> {
  if (!limits) return unlimited
  await app.register(rateLimit, { global: false })
  const minute = { timeWindow: 60_000 }
  const bySubject = (request: FastifyRequest) => request.caller!.session.id
  const counters = {
    read: app.createRateLimit({ ...minute, max: limits.read, keyGenerator: bySubject }),
    write: app.createRateLimit({ ...minute, max: limits.write, keyGenerator: bySubject }),
    anonymousRead: app.createRateLimit({ ...minute, max: limits.anonymousRead }),
    anonymousWrite: app.createRateLimit({ ...minute, max: limits.anonymousWrite }),
    refused: app.createRateLimit({ ...minute, max: limits.refused }),
  }
  const count = async (name: keyof typeof counters, request: FastifyRequest) => {
    const state = await counters[name](request)
    if (state.isAllowed || !state.isExceeded) return
    throw new ProblemError('rate_limited', { headers: { 'retry-after': String(state.ttlInSeconds) } })
  }
  return {
    person: (request, writes) => count(writes ? 'write' : 'read', request),
    anonymous: (request, writes) => count(writes ? 'anonymousWrite' : 'anonymousRead', request),
    refused: (request) => count('refused', request),
  }
}
