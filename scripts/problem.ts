/**
 * Something that keeps a command from going on and that a person can mend: `sentence` says what is wrong and
 * what to do. Commands print the sentence alone, without a stack, and exit with 1.
 */
export class StartupProblem extends Error {
  readonly sentence: string

  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'StartupProblem'
    this.sentence = sentence
  }
}

const STORAGE_PROBLEMS: Record<string, string> = {
  ENOSPC: 'The disk is full: free some space, then start again',
  EDQUOT: 'The disk quota is used up: free some space, then start again',
  EROFS: 'The file system is read-only: choose a folder that can be written with MQ_DATA_DIR',
  EACCES: 'Permission denied: choose a folder that can be written with MQ_DATA_DIR',
  EPERM: 'Not permitted: choose a folder that can be written with MQ_DATA_DIR',
}

/** The sentence for a person if the error carries one or is a well-known trouble of the disk, else undefined. */
export function sentenceOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('sentence' in error && typeof error.sentence === 'string') return error.sentence
  if (!('code' in error) || typeof error.code !== 'string') return undefined
  const known = STORAGE_PROBLEMS[error.code]
  if (!known) return undefined
  return 'path' in error && typeof error.path === 'string' ? `${known} (${error.path}).` : `${known}.`
}

/** Prints the error, as its sentence or with its stack if it is a surprise, and ends the process with 1. */
export function failWith(error: unknown): never {
  const sentence = sentenceOf(error)
  console.error(sentence ?? error)
  process.exit(1)
}
