import { startTestPostgres } from '../../scripts/test/postgres.ts'

let started: Promise<string> | undefined

/** Starts a PostgreSQL that lasts as long as this process. Answers its URL. */
export function ownServer(): Promise<string> {
  started ??= startTestPostgres().then((server) => {
    // by then nothing is left to do but this; the server itself does not keep the process alive
    process.once('beforeExit', () => void server.stop())
    // a failed test run may leave through process.exit, where nothing can be awaited
    process.once('exit', () => server.abandon())
    return server.url
  })
  return started
}
