import type { PageOf } from '@minqing/client'
import type { Issue, IssueQuery } from '@minqing/core'

/** More new issues than this are only counted: showing them reads the list again in any case. */
const mostWaiting = 99
const limit = 50

/** Where a list reads and keeps its pages. */
export interface ListSource {
  read(query: IssueQuery): Promise<PageOf<Issue>>
  /** What this device knows of the list from before. */
  recall(query: IssueQuery): Promise<{ at: Date; items: Issue[] } | undefined>
  keep(query: IssueQuery, items: readonly Issue[]): void
  changed(): void
}

/** One filtered list, page after page, with what arrives while it is read. Nothing that is shown ever moves by itself. */
export class IssueList {
  items: Issue[] = []
  /** Issues that were changed so that they belong here no more; they stay where they are until the list is read again. */
  readonly gone = new Set<string>()
  /** Ids of issues that came and are not shown yet. */
  readonly waiting = new Set<string>()
  loading = false
  problem?: unknown
  readAt?: Date
  /** What is shown comes from this device's memory. */
  isOld = false
  private next: string | null = null
  private turn = 0

  constructor(
    readonly query: IssueQuery,
    private readonly source: ListSource,
    private readonly pageSize: number = limit,
  ) {}

  get hasMore(): boolean {
    return this.next !== null
  }

  /** Reads the list from its beginning. What stands there stays until the answer is there. */
  async start(): Promise<void> {
    const turn = ++this.turn
    this.loading = true
    this.problem = undefined
    this.source.changed()
    try {
      const page = await this.source.read({ ...this.query, limit: this.pageSize })
      if (turn !== this.turn) return
      this.items = page.items
      this.next = page.next
      this.waiting.clear()
      this.gone.clear()
      this.readAt = new Date()
      this.isOld = false
      this.source.keep(this.query, page.items)
    } catch (problem) {
      if (turn !== this.turn) return
      this.problem = problem
      await this.remember(turn)
    }
    this.loading = false
    this.source.changed()
  }

  private async remember(turn: number): Promise<void> {
    if (this.items.length) return
    const known = await this.source.recall(this.query).catch(() => undefined)
    if (!known || turn !== this.turn) return
    this.items = known.items
    this.readAt = known.at
    this.isOld = true
  }

  /** Reads on. */
  async more(): Promise<void> {
    if (this.loading || this.next === null) return
    const { turn } = this
    this.loading = true
    this.problem = undefined
    this.source.changed()
    try {
      const page = await this.source.read({ ...this.query, cursor: this.next, limit: this.pageSize })
      if (turn !== this.turn) return
      const known = new Set(this.items.map(({ id }) => id))
      this.items = [...this.items, ...page.items.filter(({ id }) => !known.has(id))]
      this.next = page.next
    } catch (problem) {
      if (turn === this.turn) this.problem = problem
    }
    if (turn !== this.turn) return
    this.loading = false
    this.source.changed()
  }

  /** Tries again what failed. */
  retry(): Promise<void> {
    return this.items.length && !this.isOld && this.next !== null ? this.more() : this.start()
  }

  /** What came between reading the list and hearing of changes. */
  async catchUp(belongs: (issue: Issue, query: IssueQuery) => boolean): Promise<void> {
    const { turn } = this
    if (this.loading || this.problem) return
    try {
      const { items } = await this.source.read({ ...this.query, limit: this.pageSize })
      if (turn === this.turn) for (const issue of items) this.take(issue, belongs(issue, this.query))
    } catch {
      // The stream is there or coming back; nothing else is lost.
    }
  }

  /**
   * An issue as it now is. One that is shown changes in its place; another that belongs here waits to be asked for.
   *
   * @returns whether anything is different
   */
  take(issue: Issue, belongs: boolean): boolean {
    const at = this.items.findIndex(({ id }) => id === issue.id)
    if (at < 0) {
      if (!belongs) return this.waiting.delete(issue.id)
      // Beyond what was read it is found by reading on.
      if (this.loading || this.waiting.size > mostWaiting) return false
      this.waiting.add(issue.id)
      return true
    }
    if (this.items[at]!.version > issue.version) return false
    this.items = this.items.map((one, index) => (index === at ? issue : one))
    if (belongs) this.gone.delete(issue.id)
    else this.gone.add(issue.id)
    return true
  }

  /** It is out of reach now. */
  drop(id: string): boolean {
    const before = this.items.length
    this.items = this.items.filter((issue) => issue.id !== id)
    return this.waiting.delete(id) || this.items.length < before
  }
}
