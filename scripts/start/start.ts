import { startServer } from '@minqing/server'
import { lockDataDir } from '../lock.ts'
import { StartupProblem } from '../problem.ts'
import { startPostgres, type RunningPostgres } from '../postgres/index.ts'
import { ensureAssets } from './assets.ts'
import { explainDatabase, prepareDatabase } from './database.ts'
import { beginAgain } from './fresh.ts'
import type { StartSettings } from './options.ts'
import { checkPort, explainListen } from './port.ts'
import type { Say } from './say.ts'

/** What has been started so far, ended in reverse order. */
class Started {
  readonly #ends: (() => Promise<void>)[] = []

  add(end: () => Promise<void>): void {
    this.#ends.unshift(end)
  }

  async end(): Promise<void> {
    for (let next = this.#ends.shift(); next; next = this.#ends.shift()) await next()
  }
}

/** Ends waiting as soon as the signal is aborted. What `work` still does is cut off when its database stops. */
async function orAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted()
  let stop = (): void => undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason as Error)
    signal.addEventListener('abort', stop, { once: true })
  })
  work.catch(() => undefined)
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/**
 * Starts everything and runs until `signal` is aborted, then stops everything in order: server, database, lock.
 *
 * @param onPostgres told of the embedded PostgreSQL as soon as it runs, for those who end without waiting
 * @throws what kept it from starting or from going on; everything is stopped by then
 */
export async function start(
  settings: StartSettings,
  say: Say,
  signal: AbortSignal,
  onPostgres: (server: RunningPostgres) => void,
): Promise<void> {
  const { dataDir, host, port, logLevel, databaseUrl: ownUrl, tokenSecret, allowedOrigins } = settings
  const started = new Started()
  let onLost = (_sentence: string): void => undefined
  const lost = new Promise<never>((_resolve, reject) => {
    onLost = (sentence) => reject(new StartupProblem(sentence))
  })
  lost.catch(() => undefined)
  try {
    const lock = await lockDataDir(dataDir, 'start.lock')
    started.add(() => lock.release())
    await checkPort(host, port)
    if (settings.fresh) await explainDatabase(ownUrl, () => beginAgain(settings))
    signal.throwIfAborted()
    let databaseUrl = ownUrl
    if (!databaseUrl) {
      const postgres = await startPostgres({ dataDir, log: say.line, onLost })
      started.add(() => postgres.stop())
      onPostgres(postgres)
      if (postgres.adopted) say.line('Took over the PostgreSQL that an earlier run left behind.')
      databaseUrl = postgres.url
    }
    const url = databaseUrl
    await orAborted(
      signal,
      explainDatabase(ownUrl, () => prepareDatabase(url, dataDir, say)),
    )
    // not cut short: the build runs a process of its own, which would stay behind
    const assets = await ensureAssets(say)
    signal.throwIfAborted()
    const server = await startServer({
      databaseUrl,
      host,
      port,
      dataDir,
      demo: true,
      anonymousReports: true,
      logLevel,
      allowedOrigins,
      ...(settings.mail && { mail: settings.mail }),
      ...(settings.issueUrl !== undefined && { issueUrl: settings.issueUrl }),
      ...(tokenSecret && { token: { audience: 'minqing', secret: tokenSecret } }),
      ...assets,
    }).catch((error: unknown) => {
      throw explainListen(error, host, port)
    })
    started.add(() => server.close())
    say.line(`\nminqing runs at ${server.url}`)
    say.line('Press Ctrl-C to stop.')
    await orAborted(signal, lost)
  } catch (error) {
    if (!signal.aborted) throw error
    say.line('Stopping…')
  } finally {
    await started.end()
  }
}
