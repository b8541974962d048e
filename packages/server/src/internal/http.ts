import { randomUUID } from 'node:crypto'
import { AjvCompiler } from '@fastify/ajv-compiler'
import { LogController, type FastifyInstance, type FastifyServerOptions } from 'fastify'
import type { AppOptions } from '../config.ts'
import { loggerOptions } from './logging.ts'
import { handleError } from './problems.ts'

/** Bytes of a JSON body: a diary at its limits has a third of it. */
const bodyLimit = 64 * 1024

const instant = /^(\d{4})-(\d\d)-(\d\d)[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-](?:0\d|1[0-5]):\d\d)$/

/**
 * RFC 3339, and a moment that both JavaScript and PostgreSQL know: no 30 February, no leap second, no year before
 * 1900, no offset of sixteen hours.
 */
function isInstant(text: string): boolean {
  const match = instant.exec(text)
  if (!match || Number.isNaN(Date.parse(text))) return false
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number]
  return year >= 1900 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** One for all apps of a process: they have the same schemas, and to compile them takes longer than to start an app. */
const buildValidator = AjvCompiler()

/** Fastify's options: strict input, JSON logs, problem details for whatever the framework itself refuses. */
export const serverOptions = (options: AppOptions): FastifyServerOptions => ({
  logger: { ...loggerOptions(options.logLevel), ...(options.logStream ? { stream: options.logStream } : {}) },
  logController: new LogController({ disableRequestLogging: true }),
  genReqId: () => randomUUID(),
  trustProxy: options.trustProxy,
  bodyLimit,
  exposeHeadRoutes: false,
  forceCloseConnections: 'idle',
  // a long parameter is bad input like any other; Node bounds the whole address
  routerOptions: { maxParamLength: 16_384 },
  requestTimeout: 0,
  keepAliveTimeout: 65_000,
  frameworkErrors: (error, request, reply) => void handleError(error, request, reply),
  schemaController: { compilersFactory: { buildValidator } },
  ajv: {
    customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: true, allErrors: true },
    onCreate: (ajv) => void ajv.addFormat('date-time', isInstant),
  },
})

/** Bodies are JSON and nothing else. An empty one is no body, though many clients announce it as JSON. */
export function acceptJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else void parse(request, body, done)
  })
}
