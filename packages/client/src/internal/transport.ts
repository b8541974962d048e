import ky, { isHTTPError, isTimeoutError } from 'ky'
import { clientError, errorOfAnswer, isMinqingError, parseRetryAfter } from '../errors.ts'
import type { Locale } from '../types.ts'
import { abortable, linked } from './abort.ts'
import type { Clock } from './clock.ts'
import type { WireRequest } from './request.ts'

/** One request as the transport sends it. */
export interface Exchange extends WireRequest {
  url: string
  headers: Record<string, string>
  /** For each attempt. */
  timeoutMs: number
  /** Tries after the first. */
  retries: number
  signal?: AbortSignal
  /** Hears what time it is at the server. */
  clock?: Clock
}

const statuses = [408, 429, 500, 502, 503, 504]

/** The longest wait for which a server may ask while somebody waits for the answer; for a longer one they are told. */
const patienceMs = 10_000

/**
 * Whether a failed attempt may be repeated: `undefined` leaves it to the status. A POST carries an idempotency key
 * and a GET or PUT changes nothing twice; a PATCH or DELETE whose answer was lost would meet its own change.
 */
function shouldRetry(method: string, error: unknown, now: number): boolean | undefined {
  const response = isHTTPError(error) ? error.response : undefined
  const status = response?.status
  if ((parseRetryAfter(response?.headers.get('retry-after') ?? null, now) ?? 0) > patienceMs) return false
  if (method === 'PATCH' || method === 'DELETE') return status === 429 ? undefined : false
  if (isMinqingError(error, 'offline')) return true
  if (status === 409) return (error as { data?: { code?: string } }).data?.code === 'idempotency_in_flight'
  return undefined
}

/** Sends with ky: backoff with jitter, `Retry-After`, timeouts. Gives the parsed JSON, or `undefined` without a body. */
export async function exchange(options: Exchange, fetcher: typeof fetch, locale: Locale): Promise<unknown> {
  const { method, url, body, headers, timeoutMs, retries, signal, clock } = options
  const now = () => clock?.now() ?? Date.now()
  const guarded = async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = input as Request
    // ky links and aborts signals only where AbortSignal.any exists, so this is done here for every browser.
    const { controller, unlink } = linked(signal, request.signal)
    const timer = setTimeout(() => controller.abort(), timeoutMs + 1000)
    try {
      if (signal?.aborted) throw clientError('aborted')
      const sentAt = Date.now()
      const response = await fetcher(request, { ...init, signal: controller.signal })
      clock?.learn(response.headers.get('date'), sentAt)
      return response
    } catch (cause) {
      // Every fetch() failure that is no abort is a TypeError: no network, no server, or no CORS permission.
      throw cause instanceof TypeError ? clientError('offline', cause) : cause
    } finally {
      clearTimeout(timer)
      unlink()
    }
  }
  const sent = ky(url, {
    method,
    body,
    headers: { accept: 'application/json', 'accept-language': locale, ...headers },
    credentials: 'omit',
    timeout: timeoutMs,
    fetch: guarded,
    retry: {
      limit: retries,
      methods: ['get', 'post', 'put', 'patch', 'delete'],
      statusCodes: statuses,
      afterStatusCodes: [429, 503],
      maxRetryAfter: patienceMs,
      backoffLimit: 8_000,
      jitter: true,
      retryOnTimeout: true,
      shouldRetry: ({ error }) => shouldRetry(method, error, now()),
    },
  }).text()
  try {
    return parse(await abortable(sent, signal))
  } catch (error) {
    throw toMinqingError(error, signal, now())
  }
}

function parse(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw clientError('bad_response', cause)
  }
}

function toMinqingError(error: unknown, signal: AbortSignal | undefined, now: number): unknown {
  if (isMinqingError(error)) return error
  if (signal?.aborted) return clientError('aborted', error)
  if (isHTTPError(error)) {
    return errorOfAnswer(error.response.status, error.data, error.response.headers.get('retry-after'), now)
  }
  if (isTimeoutError(error)) return clientError('timeout', error)
  // The connection broke while the body was read, or the answer's stream was cut by an abort of the attempt.
  return clientError('offline', error)
}
