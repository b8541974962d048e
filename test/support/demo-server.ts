import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seedDemo, startServer, type StartOptions } from '@minqing/server'
import { builtAssets } from './assets.ts'
import { areasSeed, createTestDatabase, type Seed } from './database.ts'

export interface DemoServer {
  readonly url: string
  /** Of the owner, whom row-level security does not bind: for looking at what was written. */
  readonly databaseUrl: string
  close(): Promise<void>
}

const demoSeed = (diaries: number, issues: number): Seed => ({
  // the demo ends with the day it is made on
  name: `demo of ${diaries} and ${issues} on ${new Date().toISOString().slice(0, 10)}`,
  sources: ['{core,server}/src/**/*.{ts,sql}'],
  fill: (url) => seedDemo(url, { diaries, issues }),
})

/**
 * The reference server as `npm start` runs it, on a database of its own with a small demo. With a `cdnDir` of one's own
 * there is no site.
 */
export async function startDemoServer(
  options: Partial<StartOptions> & { diaries?: number; issues?: number } = {},
): Promise<DemoServer> {
  const { diaries = 60, issues = 40, ...rest } = options
  const assets = rest.cdnDir ? {} : await builtAssets()
  const database = await createTestDatabase(areasSeed, demoSeed(diaries, issues))
  const dataDir = await mkdtemp(join(tmpdir(), 'minqing-demo-'))
  const server = await startServer({
    databaseUrl: database.url,
    host: '127.0.0.1',
    port: 0,
    demo: true,
    dataDir,
    logLevel: 'silent',
    rateLimits: false,
    ...assets,
    ...rest,
  })
  return {
    url: server.url,
    databaseUrl: database.url,
    async close() {
      await server.close()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
