import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { createAttempts } from './attempts.ts'
import { ProblemError } from './problem-error.ts'

/** Requests per minute, unless they say otherwise. Counted in this process: several processes admit as many times more. */
export interface RateLimits {
  /** Reads of one person. */
  readonly read: number
  /** Writes of one person. */
  readonly write: number
  /** Reads without a token (photos by ticket) from one address; a whole office may share it. */
  readonly anonymousRead: number
  /** Writes without a token from one address: tokens of the demo, residents who rate by receipt. */
  readonly anonymousWrite: number
  /** Refused tokens from one address. */
  readonly refused: number
  /** Reports of one signed-in resident in ten minutes. */
  readonly report: number
  /** Anonymous reports from one address in ten minutes; each makes work for people. */
  readonly anonymousReport: number
  /** Receipts from one address in ten minutes that no report has: guesses. */
  readonly wrongReceipt: number
  /** Attempts to sign in from one address in ten minutes that failed; each is a question to a provider. */
  readonly failedSignIn: number
}

export const defaultLimits: RateLimits = {
  read: 1200,
  write: 300,
  anonymousRead: 6000,
  anonymousWrite: 120,
  refused: 120,
  report: 20,
  anonymousReport: 6,
  wrongReceipt: 30,
  failedSignIn: 60,
}

const longMs = 10 * 60_000

export interface Limiter {
  /** Counts a request whose `caller` is set. Throws `rate_limited`. */
  person(request: FastifyRequest, writes: boolean): Promise<void>
  /** Counts a request by nobody in particular. Throws `rate_limited`. */
  anonymous(request: FastifyRequest, writes: boolean): Promise<void>
  /** Counts a refused token. Throws `rate_limited`. */
  refused(request: FastifyRequest): Promise<void>
  /** Counts a report of a request whose `caller` is set. Throws `rate_limited`, saying how long to wait. */
  report(request: FastifyRequest): Promise<void>
  /** Counts an anonymous report. Throws `rate_limited`, saying how long to wait. */
  anonymousReport(request: FastifyRequest): Promise<void>
  /**
   * Lets a receipt be looked up. Throws `rate_limited` after too many wrong ones, whatever this one is.
   *
   * @returns what to call when no report has it
   */
  receipt(request: FastifyRequest): () => void
  /**
   * Lets somebody try to sign in. Throws `rate_limited` after too many failures from the address, saying how long to wait.
   *
   * @returns what to call when it failed
   */
  exchange(request: FastifyRequest): () => void
}

const unlimited: Limiter = {
  person: () => Promise.resolve(),
  anonymous: () => Promise.resolve(),
  refused: () => Promise.resolve(),
  report: () => Promise.resolve(),
  anonymousReport: () => Promise.resolve(),
  receipt: () => () => undefined,
  exchange: () => () => undefined,
}

/** Told to residents, who know no codes and no headers. */
function tooMany(
  request: FastifyRequest,
  what: 'reports' | 'anonymous' | 'receipts',
  seconds: number,
): ProblemError {
  const minutes = Math.max(1, Math.ceil(seconds / 60))
  const english = /^\s*en\b/i.test(request.headers['accept-language'] ?? '')
  const zh = {
    reports: `反映过于频繁，请 ${minutes} 分钟后再试。`,
    anonymous: `匿名反映过于频繁，请 ${minutes} 分钟后再试，或登录后反映。`,
    receipts: `受理编号多次输入有误，请核对后于 ${minutes} 分钟后再试。`,
  }
  const en = {
    reports: `Too many reports: try again in ${minutes} minutes.`,
    anonymous: `Too many anonymous reports from here: try again in ${minutes} minutes, or sign in.`,
    receipts: `Too many receipts that do not exist: check yours and try again in ${minutes} minutes.`,
  }
  return new ProblemError('rate_limited', {
    detail: (english ? en : zh)[what],
    headers: { 'retry-after': String(Math.ceil(seconds)) },
  })
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
    report: app.createRateLimit({ timeWindow: longMs, max: limits.report, keyGenerator: bySubject }),
    anonymousReport: app.createRateLimit({ timeWindow: longMs, max: limits.anonymousReport }),
  }
  const receipts = createAttempts(limits.wrongReceipt, longMs)
  const signIns = createAttempts(limits.failedSignIn, longMs)
  const count = async (name: keyof typeof counters, request: FastifyRequest) => {
    const state = await counters[name](request)
    if (state.isAllowed || !state.isExceeded) return
    throw new ProblemError('rate_limited', { headers: { 'retry-after': String(state.ttlInSeconds) } })
  }
  const countLong = async (
    name: 'report' | 'anonymousReport',
    what: 'reports' | 'anonymous',
    request: FastifyRequest,
  ) => {
    const state = await counters[name](request)
    if (!state.isAllowed && state.isExceeded) throw tooMany(request, what, state.ttlInSeconds)
  }
  return {
    person: (request, writes) => count(writes ? 'write' : 'read', request),
    anonymous: (request, writes) => count(writes ? 'anonymousWrite' : 'anonymousRead', request),
    refused: (request) => count('refused', request),
    report: (request) => countLong('report', 'reports', request),
    anonymousReport: (request) => countLong('anonymousReport', 'anonymous', request),
    receipt(request) {
      const seconds = receipts.wait(request.ip)
      if (seconds > 0) throw tooMany(request, 'receipts', seconds)
      return () => receipts.failed(request.ip)
    },
    exchange(request) {
      const seconds = signIns.wait(request.ip)
      if (seconds > 0) throw new ProblemError('rate_limited', { headers: { 'retry-after': String(seconds) } })
      return () => signIns.failed(request.ip)
    },
  }
}
