import { methodOf, pathOf, type Method, type Route } from '@minqing/core/wire'
import { toJson } from './json.ts'

/** A request ready to send, without its token. */
export interface WireRequest {
  method: Method
  /** Path and query. */
  path: string
  body?: string
}

const encode = (value: unknown) => encodeURIComponent(String(value))

/**
 * Distributes a flat input over path, query and body as the operation's route says.
 *
 * @throws TypeError when a path parameter is missing
 */
export function toRequest(route: Route, input: Readonly<Record<string, unknown>> = {}): WireRequest {
  const method = methodOf(route)
  const rest = { ...input }
  const path = pathOf(route).replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name]
    if (value === undefined || value === null || value === '') throw new TypeError(`${route} needs ${name}`)
    delete rest[name]
    return encode(value)
  })
  const left = Object.entries(rest).filter(([, value]) => value !== undefined)
  if (left.length === 0) return { method, path }
  if (method === 'GET' || method === 'DELETE') {
    return { method, path: `${path}?${left.map(([name, value]) => `${name}=${encode(value)}`).join('&')}` }
  }
  return { method, path, body: toJson(rest) }
}
