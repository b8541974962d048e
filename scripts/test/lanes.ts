import type { JobContext, Job, Outcome, Part } from './types.ts'

/** A part together with its jobs of this run. */
export interface Planned {
  part: Part
  jobs: Job[]
}

/** What a part came to. */
export interface PartOutcome extends Outcome {
  name: string
  /** Milliseconds from the start of its first job to the end of its last. */
  ms: number
}

/** Collects the outcomes of one part and says when it is complete. */
class Tally {
  readonly outcome: PartOutcome
  readonly completed: Promise<void>
  #complete: () => void = () => undefined
  #open: number
  #startedAt = Infinity

  constructor(planned: Planned) {
    this.outcome = { name: planned.part.name, passed: 0, failures: [], ms: 0 }
    this.#open = planned.jobs.length
    this.completed = new Promise((resolve) => (this.#complete = resolve))
  }

  start(): void {
    this.#startedAt = Math.min(this.#startedAt, performance.now())
  }

  /** Answers whether this was the last job. */
  add({ passed, failures }: Outcome): boolean {
    this.outcome.passed += passed
    this.outcome.failures.push(...failures)
    this.outcome.ms = performance.now() - this.#startedAt
    if (--this.#open === 0) this.#complete()
    return this.#open === 0
  }
}

async function runJob(job: Job, context: JobContext): Promise<Outcome> {
  try {
    return await job.run(context)
  } catch (error) {
    return { passed: 0, failures: [{ title: job.title, detail: String((error as Error).stack ?? error) }] }
  }
}

/**
 * Runs the jobs of all parts in `width` lanes, each lane taking the next job when it is free, and waiting with it for
 * the part that it comes after. Parts that want the machine to themselves follow one job at a time.
 *
 * @param onPart called when a part is complete
 */
export async function runLanes(
  plan: Planned[],
  width: number,
  context: JobContext,
  onPart: (outcome: PartOutcome) => void,
): Promise<PartOutcome[]> {
  const tallies = new Map(plan.map((planned) => [planned.part, new Tally(planned)]))
  const queueOf = (alone: boolean) =>
    plan
      .filter(({ part }) => part.alone === alone)
      .flatMap(({ part, jobs }) => jobs.map((job) => ({ part, job })))
  const work = async (queue: { part: Part; job: Job }[]) => {
    for (let next = queue.shift(); next && !context.signal.aborted; next = queue.shift()) {
      const { after } = next.part
      await [...tallies.values()].find(({ outcome }) => outcome.name === after)?.completed
      const tally = tallies.get(next.part) as Tally
      tally.start()
      const outcome = await runJob(next.job, context)
      if (tally.add(outcome) && !context.signal.aborted) onPart(tally.outcome)
    }
  }
  const shared = queueOf(false)
  await Promise.all(Array.from({ length: width }, () => work(shared)))
  await work(queueOf(true))
  return [...tallies.values()].map(({ outcome }) => outcome)
}
