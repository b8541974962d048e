import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { createApp } from '../../app.ts'
import { createPool } from '../../database/pool.ts'
import { transactions } from '../../database/scope.ts'
import { appendEvent } from '../../internal/events.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { testAudience, type TokenInput } from '../../testing/tokens.ts'
import { openStream, type StreamReader } from './stream.ts'

export const village = '330683100201'
export const neighborVillage = '330683100202'
export const otherTown = '330683102'

/** A grid worker, who reads the own town and no more. */
export const gridWorker: TokenInput = {
  sub: 'wang',
  name: '王小芳',
  grants: [{ role: 'gridWorker', area: `${village}001` }],
}

export const leader: TokenInput = {
  sub: 'zhou',
  name: '周正平',
  grants: [{ role: 'leader', area: '330683' }],
}

/** Two server processes' worth of apps on one database, listening on real ports. */
export interface TwoServers {
  readonly test: TestApp
  readonly urls: readonly [string, string]
  readonly apps: readonly [FastifyInstance, FastifyInstance]
  append(area: string): Promise<string>
  stream(server: 0 | 1, query: { area: string; as?: TokenInput; lastEventId?: string }): Promise<StreamReader>
  close(): Promise<void>
}

async function listen(app: FastifyInstance): Promise<string> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}

export async function startTwoServers(): Promise<TwoServers> {
  const test = await createTestApp()
  const second = await createApp({
    databaseUrl: test.databaseUrl,
    dataDir: test.dataDir,
    token: { audience: testAudience, secret: test.signer.secret },
    logLevel: 'silent',
    rateLimits: false,
    connections: 3,
  })
  const apps = [test.app, second] as const
  const urls = [await listen(test.app), await listen(second)] as const
  const pool = createPool(test.databaseUrl, { max: 3 })
  const transact = transactions(pool)
  const readers: StreamReader[] = []
  return {
    test,
    urls,
    apps,
    async append(area) {
      const diaryId = randomUUID()
      await transact({ scope: [area], actor: 'chen' }, (tx) =>
        appendEvent(tx, area.slice(0, 6), {
          type: 'diary.removed',
          area,
          at: new Date(),
          actor: 'chen',
          diaryId,
        }),
      )
      return diaryId
    },
    async stream(server, { area, as = leader, lastEventId }) {
      const token = await test.signer.sign(as)
      const options = lastEventId === undefined ? { token } : { token, lastEventId }
      const reader = await openStream(`${urls[server]}/v1/events?area=${area}`, options)
      readers.push(reader)
      return reader
    },
    async close() {
      for (const reader of readers) reader.close()
      await pool.end()
      await second.close()
      await test.close()
    },
  }
}
