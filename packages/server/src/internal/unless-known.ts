import { createHash } from 'node:crypto'
import { RawJson, hijacked, type Call } from './handler.ts'

/** For what hardly ever changes: a browser that has the same answer gets none, but 304. */
export function unlessKnown(call: Call, value: unknown): RawJson | typeof hijacked {
  const text = JSON.stringify(value)
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  const headers = { etag, 'cache-control': 'private, no-cache' }
  if (call.request.headers['if-none-match'] !== etag) return new RawJson(text, headers)
  call.reply.code(304).headers(headers).send()
  return hijacked
}
