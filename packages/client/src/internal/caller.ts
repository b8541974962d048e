import { pathOf, type Route } from '@minqing/core/wire'
import { isMinqingError, notSignedIn } from '../errors.ts'
import type { VersionedOptions } from '../methods.ts'
import type { ClientOptions, Locale } from '../types.ts'
import { abortable, linked } from './abort.ts'
import { newId } from './id.ts'
import { lazily } from './lazy.ts'
import { toRequest } from './request.ts'
import { subjectOf, type Tokens } from './tokens.ts'

/** What every part of the client sends its requests through. */
export interface Caller {
  readonly baseUrl: string
  readonly fetch: typeof fetch
  /** Given by the host: then uploads must go through it too. */
  readonly customFetch: boolean
  /** Whether an answer can be read while it comes. */
  readonly streams: boolean
  readonly locale: Locale
  readonly tokens: Tokens
  /** Ends with the client. */
  readonly closed: AbortSignal
  readonly onProblem?: ClientOptions['onProblem']
  readonly atRest?: ClientOptions['atRest']
  call(route: Route, input: unknown, options?: CallerOptions): Promise<unknown>
}

export interface CallerOptions extends Partial<VersionedOptions> {
  /** Needs no token. */
  anonymous?: boolean
  /** Tries after the first; 2 unless told. */
  retries?: number
  /** Whose token it must be. Another person's is not used: the call fails as if nobody had signed in. */
  subject?: string
}

/** A refused token, as opposed to a refused photo ticket. */
export const tokenRefused = (error: unknown): boolean =>
  isMinqingError(error) && error.status === 401 && error.code !== 'ticket_invalid'

/**
 * Does the work with a token; when the token is refused, once more with a fresh one.
 *
 * @param subject whose token it must be
 */
export async function withToken<T>(
  tokens: Tokens,
  work: (token: string) => Promise<T>,
  subject?: string,
): Promise<T> {
  const own = (token: string) => {
    const sub = subject === undefined ? undefined : subjectOf(token)
    if (sub !== undefined && sub !== subject)
      throw notSignedIn(undefined, "the token is now another person's")
    return token
  }
  const token = own(await tokens.get())
  try {
    return await work(token)
  } catch (error) {
    if (!tokenRefused(error)) throw error
    return work(own(await tokens.refresh(token)))
  }
}

/** Can be called ahead, so that the first request without network fails as what it is. */
export const loadTransport = () => lazily(() => import('./transport.ts'))

export function createCaller(parts: Omit<Caller, 'call'>): Caller {
  const { baseUrl, tokens, closed } = parts
  const call = async (route: Route, input: unknown, options: CallerOptions = {}): Promise<unknown> => {
    const request = toRequest(route, input as Record<string, unknown> | undefined)
    const headers: Record<string, string> = {}
    if (request.body !== undefined) headers['content-type'] = 'application/json'
    if (request.method === 'POST') headers['idempotency-key'] = options.idempotencyKey ?? newId()
    if (options.version !== undefined) headers['if-match'] = `"${options.version}"`
    const { controller, unlink } = linked(options.signal, closed)
    const send = async (token?: string) => {
      const { exchange } = await loadTransport()
      const exchanged = {
        ...request,
        url: baseUrl + request.path,
        headers: token ? { ...headers, authorization: `Bearer ${token}` } : headers,
        timeoutMs: options.timeoutMs ?? 20_000,
        retries: options.retries ?? 2,
        signal: controller.signal,
      }
      return exchange(exchanged, parts.fetch, parts.locale)
    }
    try {
      const sent = options.anonymous ? send() : withToken(tokens, send, options.subject)
      // The host's getToken knows nothing of our signal, and may hang on a bad network.
      return await abortable(sent, controller.signal)
    } catch (error) {
      if (isMinqingError(error)) parts.onProblem?.(error, { method: request.method, path: pathOf(route) })
      throw error
    } finally {
      unlink()
    }
  }
  return { ...parts, call }
}
