import type { FastifyBaseLogger } from 'fastify'
import type { Pool } from 'pg'
import { PgBoss } from 'pg-boss'
import { jobsSchema } from '../database/jobs.ts'

/** While the database is away every poll fails: one line a minute tells as much. */
const quietMs = 60_000
const stopMs = 5000

export interface Jobs {
  readonly boss: PgBoss
  close(): Promise<void>
}

/** Starts to work on queued jobs, on the connections and under the role of everything else. */
export async function startJobs(pool: Pool, log: Pick<FastifyBaseLogger, 'warn'>): Promise<Jobs> {
  const boss = new PgBoss({
    schema: jobsSchema,
    db: { executeSql: (text, values) => pool.query(text, values) },
    // installed with the migrations, by a user who may
    migrate: false,
    createSchema: false,
    schedule: false,
    reindex: false,
    registerInstance: false,
  })
  let told = Number.NEGATIVE_INFINITY
  boss.on('error', (error) => {
    if (performance.now() - told < quietMs) return
    told = performance.now()
    log.warn({ err: error }, 'jobs: the queue cannot be worked on at the moment')
  })
  await boss.start()
  return { boss, close: () => boss.stop({ graceful: true, timeout: stopMs, close: false }) }
}
