import type { ErrorCode, FieldProblem, Problem } from '@minqing/core/wire'

/** Problems that the client finds by itself, with a title in both languages. */
export const clientProblems = {
  offline: ['网络不可用，请检查网络连接', 'The server cannot be reached'],
  timeout: ['请求超时，请稍后再试', 'The server did not answer in time'],
  aborted: ['操作已取消', 'The operation was aborted'],
  bad_response: ['服务器返回了无法识别的内容', 'The answer is not one of ours: a proxy or a login page?'],
  quota_full: ['本机存储空间已满，内容没有保存', 'The storage of this device is full; nothing was saved'],
  storage_unavailable: ['本机存储不可用', 'This browser offers no storage here'],
  photo_unreadable: ['本机上的照片文件已无法读取', 'The photo on this device cannot be read now'],
  entry_busy: ['内容正在发送，暂时不能修改', 'It is being sent and cannot change now'],
  entry_unknown: ['内容由更新的版本保存，请刷新页面后再试', 'A newer version saved it; reload the page'],
  entry_locked: ['本机内容加密保存，密钥暂时取不到', 'It is sealed and the key is not at hand now'],
  entry_damaged: ['本机保存的内容已损坏，无法读出', 'It is damaged and cannot be read'],
} as const satisfies Record<string, readonly [zh: string, en: string]>

/** A code that only the client gives: the server never answers with it. */
export type ClientErrorCode = keyof typeof clientProblems

/** The one thing to branch on. Codes are stable; titles may be reworded. */
export type MinqingErrorCode = ErrorCode | ClientErrorCode

/** What a problem looks like in storage and in `mq.outbox.state`: plain data. */
export interface ProblemData {
  code: MinqingErrorCode
  /** HTTP status; absent when no answer came. */
  status?: number
  titles: { 'zh-CN': string; en: string }
  /** More about this one case, from the server. */
  detail?: string
  /** Identifies the request in the server's log. */
  instance?: string
  /** The fields that were refused, by JSON Pointer. */
  fields?: FieldProblem[]
}

/** Every failure of the client is one of these. `message` is for logs; show `titles[locale]` to people. */
export class MinqingError extends Error implements ProblemData {
  override readonly name = 'MinqingError'
  readonly code: MinqingErrorCode
  readonly status?: number
  readonly titles: { 'zh-CN': string; en: string }
  readonly detail?: string
  readonly instance?: string
  readonly fields?: FieldProblem[]
  /** How long the server asks to wait before the next try, in milliseconds. */
  readonly retryAfterMs?: number

  constructor(data: ProblemData, more: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(`${data.code}: ${data.detail ?? data.titles.en}`)
    // Assigned instead of passed on: `new Error(message, { cause })` is younger than the oldest browsers we serve.
    if (more.cause !== undefined) this.cause = more.cause
    this.code = data.code
    this.status = data.status
    this.titles = data.titles
    this.detail = data.detail
    this.instance = data.instance
    this.fields = data.fields
    this.retryAfterMs = more.retryAfterMs
  }

  /** Plain data that survives structured cloning and JSON. */
  toJSON(): ProblemData {
    const { code, status, titles, detail, instance, fields } = this
    return { code, status, titles, detail, instance, fields }
  }
}

/**
 * Narrows a caught value: `isMinqingError(e)`, or `isMinqingError(e, 'version_conflict')` for one code. Works across
 * two copies of the client on one page.
 */
export function isMinqingError<C extends MinqingErrorCode = MinqingErrorCode>(
  error: unknown,
  code?: C,
): error is MinqingError & { code: C } {
  if (!(error instanceof Error) || error.name !== 'MinqingError') return false
  return code === undefined || (error as MinqingError).code === code
}

/** A problem of the client's own making. */
export function clientError(code: ClientErrorCode, cause?: unknown, detail?: string): MinqingError {
  const [zh, en] = clientProblems[code]
  return new MinqingError({ code, titles: { 'zh-CN': zh, en }, detail }, { cause })
}

const signIn = { 'zh-CN': '请先登录', en: 'A bearer token is needed' }

/** The host has no token for the caller. */
export const notSignedIn = (cause?: unknown, detail?: string): MinqingError =>
  new MinqingError({ code: 'unauthenticated', titles: signIn, detail }, { cause })

const unavailable: [ErrorCode, string, string] = [
  'unavailable',
  '服务暂时不可用，请稍后再试',
  'The service is not available at the moment',
]

/** What a status means when something before our server (a gateway, a proxy) answered without a problem document. */
const byStatus: Readonly<Record<number, [ErrorCode, string, string]>> = {
  401: ['unauthenticated', signIn['zh-CN'], signIn.en],
  413: ['body_too_large', '提交的内容过大', 'The body is too large'],
  429: ['rate_limited', '操作过于频繁，请稍后再试', 'Too many requests; try again later'],
  502: unavailable,
  503: unavailable,
  504: unavailable,
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'titles' in body

/** Makes the error of an answer outside 2xx. `body` is its parsed JSON, or anything else. */
export function errorOfAnswer(
  status: number,
  body: unknown,
  retryAfter: string | null,
  now?: number,
): MinqingError {
  const retryAfterMs = parseRetryAfter(retryAfter, now)
  if (isProblem(body)) {
    const { code, titles, detail, instance, fields } = body
    return new MinqingError({ code, status, titles, detail, instance, fields }, { retryAfterMs })
  }
  const [code, zh, en] = byStatus[status] ?? (['bad_response', ...clientProblems.bad_response] as const)
  return new MinqingError({ code, status, titles: { 'zh-CN': zh, en } }, { retryAfterMs })
}

/** Anything that was thrown, as one of our errors. */
export const asMinqingError = (error: unknown): MinqingError =>
  isMinqingError(error) ? error : clientError('bad_response', error)

/** `Retry-After` in seconds or as a date, as milliseconds from now. */
export function parseRetryAfter(value: string | null, now: number = Date.now()): number | undefined {
  if (!value) return undefined
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}
