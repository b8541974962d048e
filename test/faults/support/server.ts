import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer, type RunningServer } from '@minqing/server'
import pg from 'pg'
import { createSigner, testAudience, type TokenInput } from '../../../packages/server/src/testing/tokens.ts'
import { areasSeed, createTestDatabase } from '../../support/database.ts'
import { startServerProcess } from './server-process.ts'

export interface TestServer {
  readonly url: string
  /** What a host's back end would sign. */
  token(input?: TokenInput): Promise<string>
  /** Asks the database as its owner, past row-level security. */
  query<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>
  /** Ends the server in order and frees its port. */
  stop(): Promise<void>
  /** SIGKILL; only for a server that runs as a process of its own. */
  kill(): Promise<void>
  /** Starts it again on the same port, database and data folder. */
  start(): Promise<void>
  close(): Promise<void>
}

export interface TestServerOptions {
  /** Origins of the pages that may call it. */
  origins?: string[]
  /** Runs as a process of its own, so that it can be killed. */
  ownProcess?: boolean
  /** Takes requests inside of others. */
  envelopes?: boolean
}

/** The real server on a database of its own, with the areas of the demo. */
export async function startTestServer({
  origins = [],
  ownProcess = false,
  envelopes = false,
}: TestServerOptions = {}): Promise<TestServer> {
  const database = await createTestDatabase(areasSeed)
  const dataDir = await mkdtemp(join(tmpdir(), 'minqing-data-'))
  const signer = createSigner(new TextEncoder().encode('a secret for tests that is 32 bytes long'))
  const owner = new pg.Pool({ connectionString: database.url, max: 2 })
  owner.on('error', () => undefined)
  let port = 0
  let running: (RunningServer & { kill?(): Promise<void> }) | undefined
  const start = async () => {
    const options = {
      databaseUrl: database.url,
      dataDir,
      host: '127.0.0.1',
      port,
      token: { audience: testAudience, secret: new TextDecoder().decode(signer.secret) },
      allowedOrigins: origins,
      rateLimits: false as const,
      envelopes,
      logLevel: 'silent' as const,
      connections: 6,
    }
    running = await (ownProcess ? startServerProcess(options) : startServer(options))
    port = running.port
  }
  await start()
  return {
    url: running!.url,
    token: (input) => signer.sign(input),
    query: async <Row extends object>(sql: string, values?: unknown[]) =>
      (await owner.query<Row & pg.QueryResultRow>(sql, values)).rows,
    start,
    stop: () => running!.close(),
    kill: () => running!.kill!(),
    close: async () => {
      await running!.close()
      await owner.end()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
