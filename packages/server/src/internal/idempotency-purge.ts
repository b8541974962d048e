import type { FastifyInstance } from 'fastify'
import type { Deps } from './deps.ts'
import { replayMs } from './idempotency.ts'

const everyMs = 3_600_000

/** Removes saved replies that are too old to be replayed. */
export const purgeIdempotencyKeys = ({ pool, now }: Pick<Deps, 'pool' | 'now'>): Promise<unknown> =>
  pool.query('select mq_purge_idempotency_keys($1)', [new Date(now().getTime() - replayMs)])

/** Purges once an hour; several processes may do so at the same time. */
export function scheduleIdempotencyPurge(
  app: FastifyInstance,
  deps: Pick<Deps, 'pool' | 'now' | 'log'>,
): void {
  const purge = () =>
    purgeIdempotencyKeys(deps).catch((error: unknown) => {
      deps.log.warn({ err: error }, 'old idempotency keys could not be removed')
    })
  const timer = setInterval(() => void purge(), everyMs)
  timer.unref()
  app.addHook('onClose', () => clearInterval(timer))
}
