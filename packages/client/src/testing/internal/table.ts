/** What has to be done backwards when a call is refused halfway. */
export class Journal {
  #undo: (() => void)[] = []

  note(back: () => void): void {
    this.#undo.push(back)
  }

  /**
   * Everything that `work` writes, or nothing when it throws.
   *
   * @param keeps whether an error leaves what was written
   */
  transact<T>(work: () => T, keeps: (error: unknown) => boolean = () => false): T {
    this.#undo = []
    try {
      return work()
    } catch (error) {
      if (!keeps(error)) for (const back of this.#undo.reverse()) back()
      throw error
    } finally {
      this.#undo = []
    }
  }
}

/** Rows by key, in the order in which they came. Rows are replaced, never changed. */
export class Table<R> {
  readonly #rows = new Map<string, R>()
  readonly #journal: Journal

  constructor(journal: Journal) {
    this.#journal = journal
  }

  get(key: string): R | undefined {
    return this.#rows.get(key)
  }

  all(): R[] {
    return [...this.#rows.values()]
  }

  set(key: string, row: R): R {
    const before = this.#rows.get(key)
    this.#journal.note(() => {
      if (before === undefined) this.#rows.delete(key)
      else this.#rows.set(key, before)
    })
    this.#rows.set(key, row)
    return row
  }

  delete(key: string): boolean {
    const before = this.#rows.get(key)
    if (before === undefined) return false
    this.#journal.note(() => this.#rows.set(key, before))
    return this.#rows.delete(key)
  }
}
