import type { Stage } from './stage.ts'

/** The groups of rows, in the order of the matrix. */
export const groups = ['renders', 'main act', 'offline', 'dialogs', 'photos', 'console and policy'] as const

/** A row of the matrix: one thing that has to work in every browser. Later ones go on where earlier ones stopped. */
export interface Check {
  readonly group: (typeof groups)[number]
  readonly title: string
  /** Runs in the matrix only; `npm test` leaves it out because other checks of its browsers touch the same. */
  readonly matrixOnly?: true
  run(stage: Stage): Promise<void>
}

/** Thrown where a browser lacks what a check is about; `id` names the explanation in docs/lib/browsers.ts. */
export class MissingPower extends Error {
  readonly id: string

  constructor(id: string) {
    super(`this browser has no ${id}`)
    this.name = 'MissingPower'
    this.id = id
  }
}
