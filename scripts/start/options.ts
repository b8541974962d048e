import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { StartupProblem } from '../problem.ts'

/** How `npm start` was asked to run. */
export interface StartSettings {
  /** Begin again with an empty database. */
  fresh: boolean
  /** Do not ask before `fresh` empties a database of the user's own. */
  yes: boolean
  host: string
  port: number
  dataDir: string
  /** A PostgreSQL of the user's own; without it the embedded one is started. */
  databaseUrl: string | undefined
  /** With what a portal of the user's own signs tokens, besides the demo's. */
  tokenSecret: string | undefined
  /** Origins of that portal's pages. */
  allowedOrigins: string[]
  /** Where notices to units are sent as mails, and from whom. */
  mail: { url: string; from: string } | undefined
  /** Address of an issue in that portal, with `{id}`. */
  issueUrl: string | undefined
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
}

/** Shown for --help and below the sentence about a wrong flag. */
export const USAGE = `Usage: npm start [-- --fresh [--yes]]

  --fresh   begin again: delete the database and the photos, then make them anew
  --yes     do not ask before --fresh empties the database of DATABASE_URL

Environment
  PORT                port of the server (8787)
  HOST                address to listen on (127.0.0.1; 0.0.0.0 lets other machines in)
  MQ_DATA_DIR         folder of the data (.data)
  DATABASE_URL        a PostgreSQL of your own, 15 or newer, instead of the embedded one
  MQ_TOKEN_SECRET     secret of 32 bytes or more with which a portal of yours signs tokens (aud: minqing)
  MQ_ALLOWED_ORIGINS  origins of its pages, joined by commas
  MQ_SMTP_URL         a mail server for notices to units: smtps://user:password@mail.example.gov.cn
  MQ_MAIL_FROM        the sender of those mails
  MQ_ISSUE_URL        address of an issue in your portal, with {id}: for the link in a mail
  LOG_LEVEL           fatal, error, warn, info, debug, trace or silent (warn)`

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

function readPort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65535) return port
  throw new StartupProblem(`PORT has to be a number from 0 to 65535, not ${JSON.stringify(text)}.`)
}

/** Never quotes the value: it holds a password. */
function readDatabaseUrl(text: string): string {
  const protocol = URL.parse(text)?.protocol
  if (protocol === 'postgres:' || protocol === 'postgresql:') return text
  throw new StartupProblem(
    'DATABASE_URL has to look like postgres://user:password@host:5432/database, ' +
      'with signs such as @ and / in the password written as %40 and %2F.',
  )
}

function readLogLevel(text: string): StartSettings['logLevel'] {
  const level = LOG_LEVELS.find((known) => known === text)
  if (level) return level
  throw new StartupProblem(
    `LOG_LEVEL has to be one of ${LOG_LEVELS.join(', ')}, not ${JSON.stringify(text)}.`,
  )
}

function readMail(env: NodeJS.ProcessEnv): StartSettings['mail'] {
  const { MQ_SMTP_URL: url, MQ_MAIL_FROM: from } = env
  if (url && from) return { url, from }
  if (!url && !from) return undefined
  throw new StartupProblem('MQ_SMTP_URL and MQ_MAIL_FROM belong together: name both, or neither.')
}

/**
 * Reads flags and environment. Empty variables count as unset. Answers 'help' if that was asked for.
 *
 * @throws StartupProblem naming the flag or variable that is wrong
 */
export function readSettings(args: string[], env: NodeJS.ProcessEnv): StartSettings | 'help' {
  const options = {
    fresh: { type: 'boolean' },
    yes: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const
  let values: { fresh?: boolean; yes?: boolean; help?: boolean }
  try {
    values = parseArgs({ args, options, strict: true, allowPositionals: false }).values
  } catch {
    const wrong = args.find((arg) => !['--fresh', '--yes', '--help', '-h'].includes(arg)) ?? args.join(' ')
    throw new StartupProblem(`npm start does not know ${wrong}.\n\n${USAGE}`)
  }
  if (values.help) return 'help'
  return {
    fresh: values.fresh ?? false,
    yes: values.yes ?? false,
    host: env['HOST'] || '127.0.0.1',
    port: readPort(env['PORT'] || '8787'),
    dataDir: resolve(env['MQ_DATA_DIR'] || '.data'),
    databaseUrl: env['DATABASE_URL'] ? readDatabaseUrl(env['DATABASE_URL']) : undefined,
    tokenSecret: env['MQ_TOKEN_SECRET'] || undefined,
    allowedOrigins: (env['MQ_ALLOWED_ORIGINS'] ?? '').split(',').flatMap((origin) => origin.trim() || []),
    mail: readMail(env),
    issueUrl: env['MQ_ISSUE_URL'] || undefined,
    logLevel: readLogLevel(env['LOG_LEVEL'] || 'warn'),
  }
}
