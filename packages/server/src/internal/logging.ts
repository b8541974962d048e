import type { FastifyInstance } from 'fastify'
import type { LoggerOptions } from 'pino'

export type LogLevel = 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace'

/** The address without its query: a query may hold a photo ticket or the name that somebody looked for. */
const pathOf = (url: string): string => url.split('?', 1)[0]!

interface Failure extends Error {
  code?: unknown
  severity?: unknown
  table?: unknown
  constraint?: unknown
  routine?: unknown
}

/** PostgreSQL repeats values in its messages (`Key (name)=(…)`), so of its errors only the kind is told. */
function describe(error: Failure): Record<string, unknown> {
  const { name, code, stack } = error
  if (error.severity === undefined) {
    const cause = error.cause as Failure | undefined
    return { name, code, message: error.message, cause: cause?.code ?? cause?.name, stack }
  }
  const frames = stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n')
  return {
    name,
    code,
    table: error.table,
    constraint: error.constraint,
    routine: error.routine,
    stack: frames,
  }
}

/** JSON lines for machines. Never in them: tokens, tickets, bodies, queries, names. */
export const loggerOptions = (level: LogLevel): LoggerOptions => ({
  level,
  base: null,
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: { level: (label) => ({ level: label }) },
  serializers: {
    req: ({ method, url }: { method: string; url: string }) => ({ method, path: pathOf(url) }),
    res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
    err: describe,
  },
  // a second line of defense, should somebody log headers by hand
  redact: {
    paths: [
      'authorization',
      '*.authorization',
      '*.*.authorization',
      '*.cookie',
      '*.token',
      'token',
      '*.ticket',
    ],
    censor: '[removed]',
  },
})

/** One line for each request, when it is over. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { url: route } = request.routeOptions
    const ms = Math.round(reply.elapsedTime * 10) / 10
    const line = { method: request.method, route, path: pathOf(request.url), status: reply.statusCode, ms }
    if (route === '/healthz' || route === '/readyz') request.log.debug(line, 'request')
    else request.log.info(line, 'request')
    done()
  })
}
