import { opens, type Capability } from '@minqing/core'
import type { FastifyRequest } from 'fastify'
import type { Authenticate } from './caller.ts'
import type { Limiter } from './limits.ts'
import { ProblemError } from './problem-error.ts'

/** Makes the hook that lets a request in, or throws: who calls, how often, and with what capability. */
export type Admit = (
  capability: Capability | null,
  writes: boolean,
) => (request: FastifyRequest) => Promise<void>

/** Runs before the body is read, so that nobody who may not come in can make the server parse anything. */
export const createAdmit =
  (authenticate: Authenticate, limiter: Limiter): Admit =>
  (capability, writes) =>
  async (request) => {
    if (capability === null) return limiter.anonymous(request, writes)
    try {
      request.caller = await authenticate(request)
    } catch (error) {
      await limiter.refused(request)
      throw error
    }
    await limiter.person(request, writes)
    if (!opens(request.caller.accessFor(capability))) throw new ProblemError('forbidden')
  }
