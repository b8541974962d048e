import type { Writable } from 'node:stream'
import type { ExchangeOptions } from './identity/exchange/options.ts'
import { ConfigProblem, type TokenOptions } from './identity/options.ts'
import { defaultLimits, type RateLimits } from './internal/limits.ts'
import type { LogLevel } from './internal/logging.ts'
import type { MessageChannel } from './internal/message-channel.ts'
import { checkMail, type MailOptions } from './mail/options.ts'

/** Options of the server, complete. */
export interface AppOptions {
  /** URL of a PostgreSQL 15 or newer, already migrated; its user may act as `minqing_app`. */
  readonly databaseUrl: string
  /** Folder for photos, unfinished uploads and the signing secret; shared by the processes of one deployment. */
  readonly dataDir: string
  /** Lets everybody in as a person of the demo. Refused with NODE_ENV=production. */
  readonly demo: boolean
  /** How the host signs tokens; needed unless `demo` or `exchange`. */
  readonly token?: TokenOptions
  /** Who may vouch for people instead; the server then signs tokens for them itself. */
  readonly exchange?: ExchangeOptions
  /** Address by which people reach the server; without it the one they asked for. */
  readonly publicUrl?: string
  /** Origins of portal pages, besides the server's own: `https://portal.example.cn`. */
  readonly allowedOrigins?: readonly string[]
  /** Folder of the documentation site. */
  readonly siteDir?: string
  /** Folder of the widgets' bundles. */
  readonly cdnDir?: string
  readonly logLevel: LogLevel
  /** Where log lines go; standard output without it. */
  readonly logStream?: Writable
  /** Requests per minute; `false` for none. */
  readonly rateLimits: RateLimits | false
  /** Whether a proxy in front tells the client's address and scheme in `X-Forwarded-*`. */
  readonly trustProxy: boolean
  /** Whether residents may report without signing in; few times from one address. */
  readonly anonymousReports: boolean
  /** Whether requests may come inside a POST to `/v1/envelope`, for hosts that let nothing else through. */
  readonly envelopes: boolean
  /** Sends what units have to know by e-mail, too. */
  readonly mail?: MailOptions
  /** The host's own way to units and persons, instead of e-mail. */
  readonly channel?: MessageChannel
  /** Address of an issue in the portal, for messages: `https://portal.example.gov.cn/issues#{id}`. */
  readonly issueUrl?: string
  /** Database connections at most. */
  readonly connections?: number
  readonly clock?: () => Date
  /** Whether this process watches the deadlines of issues; it does unless this is `false`. */
  readonly clockWorker?: boolean
  /** How often it looks, in milliseconds; every five seconds without it. */
  readonly tickEveryMs?: number
}

/** What must be given; the rest has defaults. */
export type AppInput = Partial<Omit<AppOptions, 'rateLimits'>> &
  Pick<AppOptions, 'databaseUrl' | 'dataDir'> & { readonly rateLimits?: Partial<RateLimits> | false }

/** Anybody may become anybody in the demo, so it never runs where people work. */
function refuseDemoInProduction(): void {
  if (process.env['NODE_ENV'] !== 'production') return
  throw new ConfigProblem(
    'The demo lets everybody in as anybody, so it does not start with NODE_ENV=production: ' +
      'leave demo mode, or unset NODE_ENV.',
  )
}

function checkUrl(name: string, value: string, protocols: readonly string[]): void {
  if (protocols.includes(URL.parse(value)?.protocol ?? '')) return
  throw new ConfigProblem(`${name} has to begin with ${protocols.map((word) => `${word}//`).join(' or ')}.`)
}

/**
 * Fills in defaults.
 *
 * @throws ConfigProblem naming the option that is wrong, never its value where that may hold a password
 */
export function checkOptions(input: AppInput): AppOptions {
  const { demo = false, token, publicUrl, rateLimits = {} } = input
  if (demo) refuseDemoInProduction()
  const signsIn = Object.keys(input.exchange?.providers ?? {}).length > 0
  if (!demo && !token && !signsIn)
    throw new ConfigProblem('Say how tokens are signed (token), or start in demo mode.')
  if (token && !token.audience) throw new ConfigProblem('The token options have to name an audience.')
  checkUrl('The database URL', input.databaseUrl, ['postgres:', 'postgresql:'])
  if (publicUrl !== undefined) checkUrl('The public address', publicUrl, ['http:', 'https:'])
  if (input.issueUrl !== undefined) checkUrl('The address of an issue', input.issueUrl, ['http:', 'https:'])
  if (input.mail) checkMail(input.mail)
  if (input.mail && input.channel)
    throw new ConfigProblem('Name either mail or a channel for messages, not both.')
  if (!input.dataDir) throw new ConfigProblem('Name a data folder (dataDir).')
  return {
    ...input,
    demo,
    logLevel: input.logLevel ?? 'info',
    rateLimits: rateLimits && { ...defaultLimits, ...rateLimits },
    trustProxy: input.trustProxy ?? false,
    anonymousReports: input.anonymousReports ?? false,
    envelopes: input.envelopes ?? false,
  }
}
