import { DatabaseProblem } from './problem.ts'

const oldest = 15

/** @throws DatabaseProblem when the server is too old */
export function checkVersion({ number, name }: { number: number; name: string }): void {
  if (number >= oldest * 10_000) return
  throw new DatabaseProblem(`PostgreSQL ${name} is too old: ${oldest} or newer is needed, see DATABASE_URL.`)
}
