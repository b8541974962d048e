import type { Calendar, Category, ErrorCode, FieldProblem, Grant, OperationId, Unit } from '@minqing/core'

/** Somebody who uses the portal under test. */
export interface TestPerson {
  /** `sub` of their tokens; the name under which they stand in `people` unless told. */
  id?: string
  /** As others see it; the id unless told. */
  name?: string
  title?: string
  /** What they may do where: `[{ role: 'villageOfficer', area: '330683100201' }]`. */
  grants: readonly Grant[]
}

/** An area by its GB/T 2260-style code; a subtree is a prefix. */
export interface TestArea {
  code: string
  name: string
}

export interface TestServerOptions<Name extends string = string> {
  /** Who there is, by a name of your own: `server.token('officer')`. */
  people: Readonly<Record<Name, TestPerson>>
  /** A county with a town and two villages unless told. Areas above and between are yours to name as well. */
  areas?: readonly TestArea[]
  /**
   * The server's time. A moment stands still, but for one millisecond for each change, until `tick`; a function is asked
   * each time. Unless told: the machine's.
   */
  now?: Date | string | (() => Date)
  /** Working days, for the clocks. Saturdays and Sundays are off unless told; of holidays the kit knows nothing. */
  calendar?: Calendar
  /** Units and categories of the dispatch catalogue; a small one for each county of `areas` unless told. */
  catalogue?: { units: readonly TestUnit[]; categories: readonly TestCategory[] }
  /** Whether reports without signing in are taken; `true` unless told. */
  anonymousReports?: boolean
  /** Where the server pretends to be: `https://minqing.test` unless told. Any address works, only its path counts. */
  baseUrl?: string
}

export type TestUnit = Pick<Unit, 'county' | 'id' | 'name'> & Partial<Omit<Unit, 'version'>>
export type TestCategory = Pick<Category, 'county' | 'code' | 'name'> &
  Partial<Omit<Category, 'version' | 'parent'>>

/** An operation by its id, or `uploads`: the transfer of a photo's bytes. */
export type TestOperation = OperationId | 'uploads'

/** What a test wants to be answered. */
export interface TestProblem {
  code: ErrorCode
  detail?: string
  fields?: FieldProblem[]
  /** Seconds for `Retry-After`. The client waits that long and repeats, if it is ten or less. */
  retryAfter?: number
}

export interface FailOptions {
  /** How many calls fail; all unless told. */
  times?: number
}

/** One request and what came of it. */
export interface TestCall {
  /** `undefined` for a path that no operation has. */
  readonly operation: TestOperation | undefined
  readonly method: string
  /** Path and query. */
  readonly path: string
  /** `sub` of the token; `undefined` without a good one. */
  readonly person: string | undefined
  /** The parsed JSON body; `undefined` without one. */
  readonly body: unknown
  /** Status of the answer; 0 when there was none (`offline`, or the caller gave up). */
  readonly status: number
  /** Code of the problem that was answered. */
  readonly code: ErrorCode | undefined
  /** When, by the server's clock. */
  readonly at: Date
}

/** A server of 民情日记 in memory. */
export interface TestServer<Name extends string = string> {
  /** For `createClient({ baseUrl })` and `configure({ baseUrl })`. */
  readonly baseUrl: string
  /** For `createClient({ fetch })` and `configure({ fetch })`. May be passed on without its server. */
  readonly fetch: typeof fetch
  /** The server's time. */
  now(): Date
  /**
   * A token of a person, as the portal's back end would sign it. Only this server takes it.
   *
   * @param options `lifeSeconds`: 600 unless told, 3600 at most
   */
  token(name: Name, options?: { lifeSeconds?: number }): string
  /** For `createClient({ getToken })`: always a fresh token of a person. */
  getToken(name: Name): () => string
  /**
   * Lets time pass: warnings, breaches, ends of suspensions and the closing without a rating happen on their way, each at
   * its moment; tokens expire. Answers how often the clocks of issues spoke.
   *
   * @param ms milliseconds, not negative
   */
  tick(ms: number): number
  /** Lets calls of an operation (or `*`: all) answer a problem. Gives the way back. */
  fail(operation: TestOperation | '*', problem: ErrorCode | TestProblem, options?: FailOptions): () => void
  /**
   * Answers an operation by yourself, also one that the kit does not cover. What you answer is checked by the operation's
   * schema. Gives the way back.
   *
   * @param answer from the call's input (path, query and body in one object)
   */
  answer(operation: OperationId, answer: (input: Record<string, unknown>) => unknown): () => void
  /** Without network: requests reject as `fetch` does, open streams break. */
  offline(off: boolean): void
  /** Milliseconds of real time before each answer; 0 at the beginning. */
  latency(ms: number): void
  /** What was asked, oldest first. */
  readonly calls: readonly TestCall[]
  /**
   * Listens on a port of this machine, in Node only: for a browser that a test drives. Every origin may ask.
   *
   * @param port a free one unless told
   */
  listen(port?: number): Promise<{ url: string; close(): Promise<void> }>
  /** Ends streams and what `listen` opened. */
  close(): Promise<void>
}
