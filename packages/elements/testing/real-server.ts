import { createHmac, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seedDemo, startServer, type RunningServer } from '@minqing/server'
import type { TestRunnerPlugin } from '@web/test-runner-core'
import { areasSeed, createTestDatabase } from '../../../test/support/database.ts'

const audience = 'minqing-component-tests'
const secret = randomBytes(32)
const lifeSeconds = 600

/** Diaries that are there before the first test. */
const seeded = 300

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token as a host's back end would sign it. */
function sign(claims: object): string {
  const iat = Math.floor(Date.now() / 1000)
  const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ aud: audience, iat, exp: iat + lifeSeconds, ...claims })}`
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
}

/** Resolves when whoever asked has gone away. */
function keepWaiting(response: ServerResponse, begun: boolean): Promise<undefined> {
  if (begun) response.writeHead(200, { 'content-type': 'text/plain' }).write('begun')
  return new Promise((resolve) => response.once('close', () => resolve(undefined)))
}

/**
 * Starts the server once for all component tests, with demo data. Tests learn its address from `/__server.json` and
 * get tokens of whomever they like from `/__token?claims=…`. A second server over the same data takes no anonymous reports
 * and one report of a person in ten minutes.
 */
export function realServer(): TestRunnerPlugin {
  let database: Awaited<ReturnType<typeof createTestDatabase>> | undefined
  let server: RunningServer | undefined
  let strict: RunningServer | undefined
  let dataDir: string | undefined
  return {
    name: 'real-server',
    async serverStart({ config }) {
      database = await createTestDatabase(areasSeed)
      await seedDemo(database.url, { diaries: seeded, issues: 0 })
      dataDir = await mkdtemp(join(tmpdir(), 'minqing-elements-'))
      const options = {
        databaseUrl: database.url,
        dataDir,
        demo: true,
        host: '127.0.0.1',
        port: 0,
        token: { audience, secret },
        logLevel: 'error' as const,
        allowedOrigins: [`http://localhost:${config.port}`, `http://127.0.0.1:${config.port}`],
      }
      server = await startServer({ ...options, rateLimits: false, anonymousReports: true })
      strict = await startServer({ ...options, rateLimits: { report: 1 } })
    },
    serve({ path, query, res }) {
      if (path === '/__login') {
        // Scripts cannot read what is there, as it is with a login page of another site.
        res.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
        return undefined
      }
      if (path === '/__silent') return keepWaiting(res, 'begun' in query)
      if (path === '/__server.json')
        return {
          body: JSON.stringify({ url: server?.url, strictUrl: strict?.url }),
          type: 'json',
        }
      if (path === '/__token') {
        const token = sign(JSON.parse(String(query['claims'])) as object)
        return 'json' in query
          ? { body: JSON.stringify({ token }), type: 'json' }
          : { body: token, type: 'text' }
      }
      return undefined
    },
    async serverStop() {
      await server?.close()
      await strict?.close()
      await database?.drop()
      if (dataDir) await rm(dataDir, { recursive: true, force: true })
    },
  }
}
