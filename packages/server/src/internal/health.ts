import { openapi } from '@minqing/core'
import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { migrations } from '../database/migrate.ts'
import type { LiveBus } from './live-bus.ts'

const newest = Object.keys(migrations).sort().at(-1)

async function isMigrated(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ name: string }>('select max(name) as name from kysely_migration')
  return rows[0]?.name === newest
}

/**
 * `/healthz`: the process answers. `/readyz`: it can serve, because the database answers, has today's tables, and
 * tells its events; the body names what is missing. `/openapi.json`: what it offers.
 */
export function registerHealth(
  app: FastifyInstance,
  deps: { pool: Pool; bus: LiveBus; demo: boolean; version: string; publicUrl: string | undefined },
): void {
  app.get('/healthz', () => ({ status: 'alive' }))

  app.get('/readyz', async (_request, reply) => {
    const database = await isMigrated(deps.pool).then(
      (migrated) => (migrated ? 'ready' : 'not migrated'),
      () => 'away',
    )
    const live = deps.bus.healthy ? 'ready' : 'away'
    const ready = database === 'ready' && live === 'ready'
    reply.code(ready ? 200 : 503).header('cache-control', 'no-store')
    return { status: ready ? 'ready' : 'not ready', database, live }
  })

  // made once: nobody has to sign in to ask for it
  const document = openapi({ version: deps.version, url: deps.publicUrl ?? '/', demo: deps.demo })
  app.get('/openapi.json', (request) => {
    if (deps.publicUrl !== undefined) return document
    return { ...document, servers: [{ url: `${request.protocol}://${request.host}` }] }
  })
}
