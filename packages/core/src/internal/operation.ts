import type { Static, TObject, TSchema } from 'typebox'
import type { Capability } from '../policy.ts'
import type { ErrorCode } from '../errors.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Method and path in one string, the only part of an operation that a browser carries: `POST /v1/diaries`. */
export type Route = `${Method} /${string}`

/**
 * One operation as data. The server registers it, the client derives a method from it, the OpenAPI document and
 * the authorization tests are made from it.
 */
export interface Operation {
  readonly route: Route
  /** One line for people who read the API: Chinese first, then English. */
  readonly summary: readonly [zh: string, en: string]
  /** What the caller's grants must allow; `null` needs no token at all. */
  readonly capability: Capability | null
  readonly params?: TObject
  readonly query?: TObject
  readonly body?: TObject
  /** Bytes of the body at most, where it may be larger than those of other operations. */
  readonly bodyLimit?: number
  readonly success: Success
  /** Codes that this operation adds to those every operation may answer with. */
  readonly errors?: readonly ErrorCode[]
  /** A page of `{ items, next, previous }`; the client makes an async iterable of it. */
  readonly paged?: true
  /** Needs `If-Match` with the version that the caller has seen. */
  readonly ifMatch?: true
  /** The reply has what no table may hold in clear text: saved for a repeated request, it is encrypted. */
  readonly confidential?: true
  /** Exists only while the server runs in demo mode. */
  readonly demo?: true
}

export interface Success {
  readonly status: 200 | 201 | 204
  /** Shape of the JSON body; absent for 204 and for other media types. */
  readonly schema?: TSchema
  /** Media type when it is not JSON: an image, an event stream. */
  readonly mediaType?: string
}

type ObjectOf<T> = T extends TObject ? Static<T> : unknown
type Flat<T> = T extends object ? { [K in keyof T]: T[K] } : T

/** What a caller hands in: path parameters, query and body in one flat object. */
export type InputOf<O> = Flat<
  ObjectOf<O extends { params: infer P } ? P : unknown> &
    ObjectOf<O extends { query: infer Q } ? Q : unknown> &
    ObjectOf<O extends { body: infer B } ? B : unknown>
>

/** What a successful call gives: the parsed body, or nothing for 204. */
export type OutputOf<O> = O extends { success: { schema: infer S extends TSchema } } ? Static<S> : void

export const methodOf = (route: Route): Method => route.slice(0, route.indexOf(' ')) as Method
export const pathOf = (route: Route): string => route.slice(route.indexOf(' ') + 1)
