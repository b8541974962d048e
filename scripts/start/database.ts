import { migrate, seedDemo } from '@minqing/server'
import { sentenceOf, StartupProblem } from '../problem.ts'
import type { Say } from './say.ts'

/** Troubles that only a PostgreSQL of the user's own has, beyond those the migrations put into a sentence. */
const MESSAGES: [RegExp, string][] = [
  [/timeout expired|ETIMEDOUT/, 'does not answer in time: check its host and port, and firewalls'],
  [
    /terminated unexpectedly|ECONNRESET/,
    'closed the connection: check that PostgreSQL listens at its host and port',
  ],
  [/EHOSTUNREACH|ENETUNREACH/, 'cannot be reached from this machine: check its host and the network'],
  [/does not support SSL/, 'does not support TLS: leave sslmode out or set it to disable'],
  [/certificate/i, 'has a certificate that is not trusted: see sslmode and sslrootcert'],
  [/too many (clients|connections)/i, 'has no connection left: raise max_connections or stop other programs'],
  [/starting up|shutting down/i, 'is just starting or stopping: try again in a moment'],
]

/** Replaces every occurrence of the URL's password, as it is and as it is written in the URL. */
export function withoutPassword(text: string, databaseUrl: string | undefined): string {
  const password = databaseUrl ? URL.parse(databaseUrl)?.password : undefined
  if (!password) return text
  let plain = password
  try {
    plain = decodeURIComponent(password)
  } catch {
    // a stray % is taken as it is, as the driver does
  }
  return text.replaceAll(password, '***').replaceAll(plain, '***')
}

function explain(error: unknown, databaseUrl: string): StartupProblem {
  const known = sentenceOf(error)
  const { message, code } = error as Partial<NodeJS.ErrnoException>
  const text = `${code ?? ''} ${message ?? String(error)}`
  const found = MESSAGES.find(([pattern]) => pattern.test(text))
  const reason = found ? found[1] : `cannot be used: ${text.trim()}`
  const sentence = known ?? `The database of DATABASE_URL ${reason}.`
  return new StartupProblem(withoutPassword(sentence, databaseUrl))
}

/**
 * Does something with the database. Whatever goes wrong with one of the user's own becomes one sentence, without
 * its password; with ours a surprise stays a surprise, with its stack.
 */
export async function explainDatabase<T>(ownUrl: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw ownUrl ? explain(error, ownUrl) : error
  }
}

/** Brings the database up to date and fills it with the demo, its photos included, at the first run. */
export async function prepareDatabase(databaseUrl: string, dataDir: string, say: Say): Promise<void> {
  await migrate(databaseUrl)
  const progress = say.progress('Writing demo data')
  await seedDemo(databaseUrl, { dataDir, onProgress: progress.update })
  progress.end()
}
