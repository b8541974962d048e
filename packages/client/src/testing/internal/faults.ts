import type { ErrorCode, OperationId } from '@minqing/core'
import type { FailOptions, TestOperation, TestProblem } from '../types.ts'
import { KitProblem } from './problem.ts'

type OwnAnswer = (input: Record<string, unknown>) => unknown

interface Failing {
  readonly operation: TestOperation | '*'
  readonly problem: TestProblem
  left: number
}

/** What a test wants to go wrong, or to be answered in another way. */
export class Faults {
  readonly #failing = new Set<Failing>()
  readonly #answers = new Map<OperationId, OwnAnswer>()
  offline = false
  latencyMs = 0

  fail(
    operation: TestOperation | '*',
    problem: ErrorCode | TestProblem,
    { times = Infinity }: FailOptions = {},
  ) {
    const failing = {
      operation,
      problem: typeof problem === 'string' ? { code: problem } : problem,
      left: times,
    }
    this.#failing.add(failing)
    return () => void this.#failing.delete(failing)
  }

  answer(operation: OperationId, answer: OwnAnswer) {
    this.#answers.set(operation, answer)
    return () => {
      if (this.#answers.get(operation) === answer) this.#answers.delete(operation)
    }
  }

  answerOf(operation: OperationId): OwnAnswer | undefined {
    return this.#answers.get(operation)
  }

  /** @throws KitProblem what this operation is to answer */
  check(operation: TestOperation): void {
    for (const failing of this.#failing) {
      if ((failing.operation !== operation && failing.operation !== '*') || failing.left <= 0) continue
      failing.left--
      const { code, retryAfter, ...more } = failing.problem
      throw new KitProblem(code, {
        ...more,
        ...(retryAfter === undefined ? {} : { headers: { 'retry-after': String(retryAfter) } }),
      })
    }
  }
}
