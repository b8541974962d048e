import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import pg from 'pg'
import { areasSeed, createTestDatabase } from '../../../../test/support/database.ts'
import { createApp } from '../app.ts'
import type { AppInput } from '../config.ts'
import { createSigner, testAudience, type TestSigner, type TokenInput } from './tokens.ts'

export interface TestRequest {
  /** Who asks; `null` sends no token, a string is sent as it is. */
  as?: TokenInput | string | null
  headers?: Record<string, string>
  body?: unknown
}

/** A real server on a database of its own, with the areas of the demo. */
export interface TestApp {
  readonly app: FastifyInstance
  readonly databaseUrl: string
  readonly dataDir: string
  /** Connections of the owner, whom row-level security does not bind: for looking at what was written. */
  readonly owner: pg.Pool
  readonly signer: TestSigner
  /** Asks through Fastify's `inject`. A POST gets an Idempotency-Key of its own unless one is given. */
  ask(route: `${string} /${string}`, request?: TestRequest): Promise<LightMyRequestResponse>
  close(): Promise<void>
}

async function headersOf(
  signer: TestSigner,
  method: string,
  request: TestRequest,
): Promise<Record<string, string>> {
  const { as = {} } = request
  const token = as === null || typeof as === 'string' ? as : await signer.sign(as)
  return {
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
    ...request.headers,
  }
}

/** Makes one; options are those of the server. Without rate limits unless they are asked for. */
export async function createTestApp(options: Partial<AppInput> = {}): Promise<TestApp> {
  const database = await createTestDatabase(areasSeed)
  const dataDir = await mkdtemp(join(tmpdir(), 'minqing-app-'))
  const signer = createSigner(undefined, options.clock)
  const app = await createApp({
    databaseUrl: database.url,
    dataDir,
    token: { audience: testAudience, secret: signer.secret },
    logLevel: 'silent',
    rateLimits: false,
    connections: 6,
    ...options,
  })
  const owner = new pg.Pool({ connectionString: database.url, max: 3 })
  owner.on('error', () => undefined)
  return {
    app,
    databaseUrl: database.url,
    dataDir,
    owner,
    signer,
    async ask(route, request = {}) {
      const [method, url] = route.split(' ', 2) as [InjectOptions['method'] & string, string]
      const headers = await headersOf(signer, method, request)
      return app.inject({
        method: method as NonNullable<InjectOptions['method']>,
        url,
        headers,
        ...(request.body === undefined ? {} : { payload: request.body as object }),
      })
    },
    async close() {
      await app.close()
      await owner.end()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
