import { FlowProblem, statusOf, toProblem, type ErrorCode, type FieldProblem } from '@minqing/core'

interface More {
  detail?: string
  fields?: FieldProblem[]
  headers?: Record<string, string>
  /** What was written before stays, as where the reference server forgets an upload that is no photo. */
  keeps?: boolean
}

/** Thrown anywhere below a handler; becomes `application/problem+json` on the way out. */
export class KitProblem extends Error {
  readonly code: ErrorCode
  readonly more: More
  constructor(code: ErrorCode, more: More = {}) {
    super(more.detail ?? code)
    this.name = 'KitProblem'
    this.code = code
    this.more = more
  }
}

/** Runs a step of the life cycle; what it refuses is told as a problem. */
export function inFlow<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof FlowProblem ? new KitProblem(error.code) : error
  }
}

/** A client waits at most ten seconds for a server: told to wait for an hour, it tells the error at once. */
const final = { 'retry-after': '3600' }

/** What the kit itself cannot do, or did wrong; `detail` names the operation. */
export const kitFault = (code: 'unavailable' | 'internal', detail: string): KitProblem =>
  new KitProblem(code, { detail: `testing kit: ${detail}`, headers: final })

/** Of what was refused: the same document that the reference server sends. */
export function problemResponse({ code, more }: KitProblem, language: string | null): Response {
  const { detail, fields, headers } = more
  const problem = toProblem(code, {
    ...(detail === undefined ? {} : { detail }),
    ...(fields === undefined ? {} : { fields }),
    ...(language === null ? {} : { language }),
  })
  return new Response(JSON.stringify(problem), {
    status: statusOf(code),
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      ...headers,
    },
  })
}
