/** A database that the server cannot work with; `sentence` tells a person what is wrong and what to do. */
export class DatabaseProblem extends Error {
  readonly sentence: string
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'DatabaseProblem'
    this.sentence = sentence
  }
}

const sentences: Record<string, string> = {
  ECONNREFUSED:
    'The database does not answer: check that PostgreSQL runs at the host and port of DATABASE_URL.',
  ENOTFOUND: 'The host of DATABASE_URL is unknown: check its name.',
  EAI_AGAIN: 'The host of DATABASE_URL cannot be looked up at the moment.',
  ETIMEDOUT: 'The database does not answer in time: check the host and port of DATABASE_URL, and firewalls.',
  '28P01': 'The database refused the password: check DATABASE_URL.',
  '28000': 'The database refused the user: check DATABASE_URL and pg_hba.conf.',
  '3D000': 'The database named by DATABASE_URL does not exist: create it first.',
  '42501': 'The database user lacks a right that the migrations need: it has to own the database.',
  '53100': 'The disk of the database is full.',
}

/** The error as a `DatabaseProblem` when a person can mend it, and as it is otherwise. */
export function explained(error: unknown): unknown {
  const code = (error as { code?: unknown } | undefined)?.code
  const sentence = typeof code === 'string' ? sentences[code] : undefined
  return sentence ? new DatabaseProblem(sentence, { cause: error }) : error
}
