import type {
  Access,
  Calendar,
  Capability,
  Grant,
  InputOf,
  Operation,
  Operations,
  OutputOf,
  Person,
} from '@minqing/core'
import type { LiveLog } from './live-log.ts'
import type { State } from './state.ts'

/** Who calls, as their token says. */
export interface Session {
  readonly id: string
  readonly name: string
  readonly title?: string
  readonly grants: readonly Grant[]
  /** Milliseconds. */
  readonly expiresAt: number
}

/** What all calls of one server work with. */
export interface Desk {
  readonly state: State
  readonly log: LiveLog
  readonly calendar: Calendar
  readonly anonymousReports: boolean
}

/** One call of one operation, authenticated, with its input checked. */
export interface Call extends Desk {
  readonly session: Session
  readonly access: Access
  /** Area prefixes of the operation's capability. */
  readonly scope: readonly string[]
  accessFor(capability: Capability): Access
  /** The version from `If-Match`. */
  readonly ifMatch: number
  /** Now, in milliseconds. */
  readonly at: number
  readonly headers: Headers
  /** Of the request: whoever asked may have gone. */
  readonly signal: AbortSignal
}

/** An answer with headers of its own. */
export class Answer<T = unknown> {
  readonly value: T
  readonly headers: Readonly<Record<string, string>>
  constructor(value: T, headers: Readonly<Record<string, string>>) {
    this.value = value
    this.headers = headers
  }
}

type Given<T> = T | Answer<T> | Response

export type KitHandler<O> = (
  call: Call,
  input: InputOf<O>,
) => Given<OutputOf<O>> | Promise<Given<OutputOf<O>>>

/** Handlers of a feature's operations, each checked against the table. */
export type KitHandlers<F extends keyof Operations, Missing extends keyof Operations[F] = never> = {
  readonly [K in Exclude<keyof Operations[F], Missing>]: KitHandler<Operations[F][K]>
}

export type AnyHandler = KitHandler<Operation>

export const personOf = ({ session: { id, name, title } }: Pick<Call, 'session'>): Person => ({
  id,
  name,
  ...(title === undefined ? {} : { title }),
})

/** A thing with the version to send back as `If-Match`. */
export const withVersion = <T extends { version: number }>(
  value: T,
  headers: Record<string, string> = {},
): Answer<T> => new Answer(value, { etag: `"${value.version}"`, ...headers })
