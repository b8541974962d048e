/** What was seen on the page with every entry. */
export interface Seen {
  /** How many copies of lit-html, lit-element and reactive-element have told the page their version. */
  readonly lits: readonly number[]
  /** Files of the bundle that hold a Lit. */
  readonly litFiles: readonly string[]
  /** Tags that nobody defined, and those that show nothing. */
  readonly undefinedTags: readonly string[]
  readonly emptyTags: readonly string[]
  /** What the browser complained about. */
  readonly complaints: readonly string[]
}

/** What is wrong with the page, a sentence each. */
export function judgePage({ lits, litFiles, undefinedTags, emptyTags, complaints }: Seen): string[] {
  const wrong = [
    ...undefinedTags.map((tag) => `<${tag}> is not defined: its module was imported, and dropped.`),
    ...emptyTags.map((tag) => `<${tag}> shows nothing.`),
    ...complaints,
  ]
  if (lits.some((copies) => copies !== 1)) wrong.push(`Copies of Lit on the page: ${lits.join(', ')}.`)
  if (litFiles.length !== 1) wrong.push(`Lit lies in ${litFiles.join(', ') || 'no file'}: it has to be one.`)
  return wrong
}
