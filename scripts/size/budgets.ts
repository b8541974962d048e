/** A line of the size report. Bytes are gzip -9; 1 KB is 1024 of them. */
export interface Budget {
  name: string
  /** The entry whose statically imported chunks are counted; the shared Lit chunk is a line of its own. */
  entry:
    | 'loader'
    | 'loader.classic'
    | 'scope'
    | 'diary-composer'
    | 'diary-feed'
    | 'issue-tracker'
    | 'issue-report'
    | 'issue-status'
    | 'inbox'
    | 'lit'
  kb: number
  /** What to do when it is passed. */
  advice: string
}

const lazily =
  'Load what is not on the first screen by a dynamic import(), as the panels of both widgets are; look into the chunk with the report above.'

export const budgets: readonly Budget[] = [
  {
    name: 'Lit (shared by all widgets)',
    entry: 'lit',
    kb: 7.7,
    advice:
      'Only lit, its decorators and small directives belong in this chunk: see which directive came new, and whether it is needed.',
  },
  {
    name: 'loader',
    entry: 'loader',
    kb: 2,
    advice: 'The loader may import nothing but its own folder, configure.ts and version.ts statically.',
  },
  {
    name: 'loader, classic build',
    entry: 'loader.classic',
    kb: 2,
    advice: 'It is the way to the same start as the loader, and nothing else.',
  },
  { name: 'feed', entry: 'diary-feed', kb: 6, advice: lazily },
  { name: 'tracker', entry: 'issue-tracker', kb: 6, advice: lazily },
  { name: 'composer', entry: 'diary-composer', kb: 8, advice: lazily },
  { name: 'report', entry: 'issue-report', kb: 6, advice: lazily },
  { name: 'status', entry: 'issue-status', kb: 6, advice: lazily },
  { name: 'inbox', entry: 'inbox', kb: 6, advice: lazily },
]

/** The browser database library, on top of the composer's own budget, although it is loaded later. */
export const idbBudgetKb = 1.3
