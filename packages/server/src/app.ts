import { readFile } from 'node:fs/promises'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { areaHandlers } from './areas/handlers.ts'
import { catalogueHandlers } from './catalogue/handlers.ts'
import { createImports } from './catalogue/imports/handlers.ts'
import { suggestionHandler } from './catalogue/suggest/handler.ts'
import { createSuggester } from './catalogue/suggest/suggester.ts'
import { checkOptions, type AppInput, type AppOptions } from './config.ts'
import { createPipeline } from './database/pipeline.ts'
import { createPool } from './database/pool.ts'
import { explained } from './database/problem.ts'
import { transactions } from './database/scope.ts'
import { demoHandlers } from './demo/handlers.ts'
import { registerEnvelope } from './envelope/envelope.ts'
import { FeedCache } from './diaries/feed-cache.ts'
import { commentHandlers, diaryHandlers } from './diaries/handlers.ts'
import { addCors } from './identity/cors.ts'
import { createDirectory } from './identity/exchange/directory.ts'
import { sessionHandlers } from './identity/exchange/handlers.ts'
import { meHandlers } from './identity/handlers.ts'
import { createIdentity, createTrust, type Trust } from './identity/identity.ts'
import { inboxHandlers } from './inbox/handlers.ts'
import { createNotify } from './inbox/notify.ts'
import { keepPurged } from './inbox/purge.ts'
import { createAdmit } from './internal/admission.ts'
import { createAreaNames } from './internal/area-names.ts'
import type { Deps } from './internal/deps.ts'
import { registerHealth } from './internal/health.ts'
import { acceptJsonOnly, serverOptions } from './internal/http.ts'
import { scheduleIdempotencyPurge } from './internal/idempotency-purge.ts'
import { createLimiter } from './internal/limits.ts'
import { logRequests } from './internal/logging.ts'
import { noMessages, type MessageQueue } from './internal/message-queue.ts'
import { handleError } from './internal/problems.ts'
import { registerOperations } from './internal/register.ts'
import { sealWith } from './internal/sealing.ts'
import { addSecurityHeaders } from './internal/security-headers.ts'
import { coreScoring } from './internal/issues/scoring.ts'
import { signingKeys } from './internal/signing-keys.ts'
import { registerStaticFiles } from './internal/static-files.ts'
import { createIssueDesk } from './internal/issue-desk.ts'
import { chineseCalendar } from './internal/calendar.ts'
import { keepTicking } from './issues/clock-worker.ts'
import { issueHandlers } from './issues/handlers.ts'
import { liveHandlers } from './live/handlers.ts'
import { createLiveBus } from './live/bus.ts'
import { startMessageQueue } from './mail/queue.ts'
import { createSmtpChannel } from './mail/smtp.ts'
import { photoHandlers } from './photos/handlers.ts'
import { openPhotos } from './photos/service.ts'
import { reportHandlers } from './reports/handlers.ts'
import { keepSwept } from './photos/sweep.ts'
import { registerUploads } from './photos/uploads.ts'

async function ownVersion(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** Opens what the features stand on, and closes it with the app. */
async function openDeps(
  app: FastifyInstance,
  pool: Pool,
  options: AppOptions,
  now: () => Date,
): Promise<Deps> {
  const bus = await createLiveBus({ databaseUrl: options.databaseUrl, log: app.log })
  app.addHook('onClose', () => bus.close())
  const pages = createPipeline(options.databaseUrl, {
    onError: (error) => app.log.warn({ err: error }, 'database connection lost'),
  })
  app.addHook('onClose', () => pages.end())
  return {
    pool,
    pages,
    transact: transactions(pool),
    areaNames: createAreaNames(pool, now),
    bus,
    dataDir: options.dataDir,
    keyFor: await signingKeys(options.dataDir),
    now,
    log: app.log,
  }
}

/** The queue of messages to the channel that is set up; without one there is none. */
async function openMessages(app: FastifyInstance, pool: Pool, options: AppOptions): Promise<MessageQueue> {
  const { mail } = options
  const channel = options.channel ?? (mail && createSmtpChannel(mail, app.log))
  if (!channel) return noMessages
  const queue = await startMessageQueue({ pool, channel, log: app.log, retrySeconds: mail?.retrySeconds })
  app.addHook('onClose', () => queue.close())
  return queue
}

async function build(app: FastifyInstance, pool: Pool, options: AppOptions, trust: Trust): Promise<void> {
  const deps = await openDeps(app, pool, options, trust.now)
  const closing = new AbortController()
  app.addHook('preClose', (done) => {
    closing.abort()
    done()
  })
  const { authenticate, issuer, sessions } = createIdentity(trust, options, deps.keyFor)
  app.decorateRequest('caller', null)
  app.setErrorHandler(handleError)
  logRequests(app)
  acceptJsonOnly(app)
  await addCors(app, trust.admits)
  await addSecurityHeaders(app, options.publicUrl?.startsWith('https:') ?? false)
  const limiter = await createLimiter(app, options.rateLimits)
  const admit = createAdmit(authenticate, limiter)

  const photos = await openPhotos(deps)
  const cache = new FeedCache({ bus: deps.bus, now: () => performance.now() })
  const messages = await openMessages(app, pool, options)
  const suggester = createSuggester(deps)
  app.addHook('onClose', async () => suggester.close())
  const desk = createIssueDesk({
    calendar: chineseCalendar,
    scoring: coreScoring,
    notify: createNotify({ messages, issueUrl: options.issueUrl ?? options.publicUrl }),
    countSimilar: (tx, issue) => suggester.countSimilar(tx, issue),
    autoDispatch: (tx, question) => suggester.autoDispatch(tx, question),
  })
  const imports = createImports(deps)
  app.addHook('onClose', () => imports.close())
  const handlers = {
    me: meHandlers(deps),
    session: sessionHandlers({
      ...{ ...deps, ...trust, ...sessions, limiter },
      directory: options.exchange?.directory ?? createDirectory(pool),
    }),
    areas: areaHandlers,
    diaries: diaryHandlers({ ...deps, cache }),
    comments: commentHandlers({ cache }),
    photos: photoHandlers({ ...deps, photos }),
    issues: {
      ...issueHandlers({ ...deps, desk, calendar: chineseCalendar }),
      suggestion: suggestionHandler(suggester),
    },
    reports: reportHandlers({ ...deps, desk, limiter, anonymousReports: options.anonymousReports }),
    catalogue: catalogueHandlers({ imports }),
    inbox: inboxHandlers(),
    live: liveHandlers({ ...deps, closing: closing.signal }),
    demo: demoHandlers({ ...deps, issuer }),
  }
  const seal = sealWith(deps.keyFor('saved-reply'))
  registerOperations(app, handlers, { ...deps, demo: options.demo, admit, seal })
  await registerUploads(app, { photos, admit: admit('photo.upload', true) })
  if (options.envelopes) registerEnvelope(app)
  scheduleIdempotencyPurge(app, deps)
  if (options.clockWorker !== false) {
    const ticking = { everyMs: options.tickEveryMs ?? 5000, closing: closing.signal }
    const ticked = keepTicking({ ...deps, desk, calendar: chineseCalendar }, ticking)
    app.addHook('onClose', () => ticked)
  }
  const swept = keepSwept(photos, deps.now, closing.signal)
  app.addHook('onClose', () => swept)
  const purged = keepPurged(deps, closing.signal)
  app.addHook('onClose', () => purged)
  const { demo, publicUrl } = options
  registerHealth(app, { ...deps, demo, publicUrl, version: await ownVersion() })
  await registerStaticFiles(app, { ...options, immutable: !demo })
}

/** Answers say what time it is, by which widgets correct a device's clock: here by a clock that is not the machine's. */
function tellTime(app: FastifyInstance, now: () => Date): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.raw.setHeader('date', now().toUTCString())
    done()
  })
}

/**
 * Makes the server without listening. The database has to be migrated; closing the app closes all it opened.
 *
 * @throws ConfigProblem or DatabaseProblem with a `sentence` for what a person can mend
 */
export async function createApp(input: AppInput): Promise<FastifyInstance> {
  const options = checkOptions(input)
  const trust = createTrust(options, options.clock ?? (() => new Date()))
  const app = Fastify(serverOptions(options))
  if (options.clock) tellTime(app, trust.now)
  const pool = createPool(options.databaseUrl, {
    ...(options.connections === undefined ? {} : { max: options.connections }),
    onError: (error) => app.log.warn({ err: error }, 'database connection lost'),
  })
  app.addHook('onClose', () => pool.end())
  try {
    await build(app, pool, options, trust)
    await app.ready()
  } catch (error) {
    await app.close()
    throw explained(error)
  }
  return app
}
