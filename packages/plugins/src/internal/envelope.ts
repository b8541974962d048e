import { envelopeHeaders, type Envelope, type EnvelopeAnswer } from '@minqing/core/wire'
import { fromBase64, toBase64 } from './base64.ts'

/** Our paths begin here, wherever a proxy has put the server. */
const ours = '/v1/'

function pathOf(address: string): string {
  const { pathname, search } = new URL(address)
  const at = pathname.indexOf(ours)
  if (at < 0) throw new TypeError(`${pathname} is no address of the server`)
  return pathname.slice(at) + search
}

/** Puts a request into an envelope. Headers that it may not carry are left out: the server does not look at them. */
export async function toEnvelope(request: Request): Promise<Envelope> {
  const headers: Envelope['headers'] = {}
  for (const name of envelopeHeaders) {
    const value = request.headers.get(name)
    if (value !== null) headers[name] = value
  }
  const envelope = {
    method: request.method as Envelope['method'],
    path: pathOf(request.url),
    headers,
  }
  const bytes = new Uint8Array(await request.arrayBuffer())
  if (bytes.length === 0) return envelope
  return headers['content-type']?.startsWith('application/json')
    ? { ...envelope, body: new TextDecoder().decode(bytes) }
    : { ...envelope, bodyBase64: toBase64(bytes) }
}

/** Answers of these have no body, and `Response` insists on it. */
const bare = [204, 205, 304]

/**
 * Takes an answer out of its envelope.
 *
 * @throws TypeError for what is none, as `fetch` does without network
 */
export function fromEnvelope(answer: unknown): Response {
  const found = (typeof answer === 'string' ? parsed(answer) : answer) as Partial<EnvelopeAnswer> | null
  if (typeof found?.status !== 'number' || found.status < 200 || found.status > 599) {
    throw new TypeError('The gateway answered with something that is no envelope')
  }
  const { status, headers, body, bodyBase64 } = found
  const content = body ?? (bodyBase64 === undefined ? null : fromBase64(bodyBase64))
  return new Response(bare.includes(status) ? null : content, {
    status,
    headers: headers as Record<string, string>,
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
