import { ProviderAway, type AwayReason } from './provider.ts'

/** Bytes of an answer at most; a list of keys has some thousand. */
export const maxAnswerBytes = 128 * 1024
export const defaultTimeoutMs = 5000

export type ProviderFetch = (url: string, init?: RequestInit) => Promise<Response>

const loopback = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** Whether an address may be asked at all: https, or this very machine. */
export const isSafeUrl = (url: URL | null): url is URL =>
  url !== null &&
  url.username === '' &&
  url.password === '' &&
  (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname)))

async function readBounded(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > maxAnswerBytes) {
      await reader.cancel()
      throw new ProviderAway('huge')
    }
    parts.push(value)
  }
  return Uint8Array.from(Buffer.concat(parts))
}

const reasonOf = (error: unknown): AwayReason =>
  error instanceof Error && error.name === 'TimeoutError' ? 'late' : 'unreachable'

/**
 * A `fetch` for the origins that the configuration names and no others. It gives up after the time limit, reads no
 * more than the bound, and follows no redirect: each would lead somewhere nobody chose, with a secret in hand.
 */
export function createProviderFetch(origins: readonly string[], timeoutMs = defaultTimeoutMs): ProviderFetch {
  const allowed = new Set(origins)
  return async (address, init = {}) => {
    const url = URL.parse(address)
    if (!isSafeUrl(url) || !allowed.has(url.origin)) throw new ProviderAway('address')
    try {
      const signal = AbortSignal.timeout(timeoutMs)
      const response = await fetch(url, { ...init, redirect: 'manual', signal })
      if (response.status >= 300 && response.status < 400) {
        await response.body?.cancel()
        throw new ProviderAway('redirect')
      }
      const body = await readBounded(response)
      return new Response(body.byteLength > 0 ? body : null, {
        status: response.status,
        headers: response.headers,
      })
    } catch (error) {
      // the error of `fetch` may hold the address, and that a secret: only its kind goes on
      throw error instanceof ProviderAway ? error : new ProviderAway(reasonOf(error))
    }
  }
}

/** Asks for a JSON object. */
export async function askJson(
  fetcher: ProviderFetch,
  url: string,
  init: RequestInit = {},
): Promise<Record<string, unknown>> {
  const response = await fetcher(url, init)
  if (response.status >= 500) throw new ProviderAway('status')
  let answer: unknown
  try {
    answer = await response.json()
  } catch {
    throw new ProviderAway('shape')
  }
  return asRecord(answer) ?? shapeless()
}

const shapeless = (): never => {
  throw new ProviderAway('shape')
}

/** The value as an object with fields, if it is one. */
export const asRecord = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined

/** A field that has to be a short text or a number: providers write ids as either. */
export function textOf(record: Record<string, unknown> | undefined, name: string): string {
  const value = record?.[name]
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  if (typeof text === 'string' && text.length > 0 && text.length <= 2048) return text
  return shapeless()
}
