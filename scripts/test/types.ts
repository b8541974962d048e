/** A check that failed, with everything needed to see why. */
export interface Failure {
  title: string
  detail: string
}

/** What a job found. */
export interface Outcome {
  passed: number
  failures: Failure[]
}

/** What every job is given. */
export interface JobContext {
  /** The environment for child processes, with MQ_TEST_DATABASE_URL where the part needs a database. */
  env: NodeJS.ProcessEnv
  /** Aborted when the run is ended early: kill what was started. */
  signal: AbortSignal
}

/** The unit of work that the lanes share: one test file or one tool. */
export interface Job {
  title: string
  run(context: JobContext): Promise<Outcome>
}

/** A part of `npm test`, such as `unit`. */
export interface Part {
  name: string
  /** Whether its jobs need MQ_TEST_DATABASE_URL. */
  database: boolean
  /** Runs after everything else with the machine to itself, because it measures time. */
  alone: boolean
  /** The part that has to be complete before a job of this one begins, if it is in the run; it stands before this one. */
  after?: string
  /** Its jobs, the files narrowed to those whose path contains one of `filters` if there are any. */
  jobs(filters: string[]): Promise<Job[]>
}
