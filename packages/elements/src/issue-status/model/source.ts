import type { Client } from '@minqing/client'
import type { Report } from '@minqing/core/wire'
import { codeOf } from '../../internal/problem-text.ts'
import { Watch } from './watch.ts'

/** What is asked for: one report by its receipt, or those of the person who is signed in. */
export type Asked = { receipt: string } | 'mine'

/** The reports shown, and how they come and are kept up to date. */
export class StatusSource {
  reports: readonly Report[] = []
  /** More of one's own below. */
  next: string | null = null
  loading = false
  /** Why the last reading failed. */
  problem?: unknown
  readAt?: Date
  asked?: Asked | undefined
  private turn = 0
  private readonly watch: Watch

  constructor(
    readonly client: () => Promise<Client>,
    private readonly changed: () => void,
  ) {
    this.watch = new Watch(client, () => this.read(true))
  }

  /** Shows something else, or the same again after the widget was away. */
  begin(asked: Asked | undefined, known?: Report): void {
    this.leave()
    const isOther = JSON.stringify(asked) !== JSON.stringify(this.asked)
    this.asked = asked
    if (isOther || known) {
      this.reports = known ? [known] : []
      this.next = null
      this.readAt = known ? new Date() : undefined
      this.problem = undefined
    }
    if (!asked) return this.changed()
    this.watch.begin(asked === 'mine')
    if (known) this.changed()
    else void this.read()
  }

  /** Stops looking again. */
  leave(): void {
    this.turn++
    this.loading = false
    this.watch.end()
  }

  /** Forgets what was read as somebody else. */
  forget(): void {
    this.leave()
    this.asked = this.readAt = this.problem = undefined
    this.reports = []
    this.next = null
  }

  /**
   * Reads what is asked for.
   *
   * @param quietly by itself: what is shown stays, and a failure is only marked
   */
  async read(quietly = false): Promise<void> {
    const { asked } = this
    if (!asked) return
    const turn = ++this.turn
    this.loading = !quietly
    if (!quietly) this.changed()
    const before = JSON.stringify(this.reports)
    try {
      const { reports } = await this.client()
      const page =
        asked === 'mine'
          ? await reports.mine({}).page()
          : { items: [await reports.status({ receipt: asked.receipt })], next: null }
      if (turn !== this.turn) return
      this.take(page.items, page.next)
      this.problem = undefined
      this.readAt = new Date()
    } catch (problem) {
      if (turn !== this.turn) return
      this.problem = problem
    }
    this.loading = false
    this.watch.again(JSON.stringify(this.reports) !== before, this.problem)
    this.changed()
  }

  /** The first page anew; further ones that were read stay below it. */
  private take(items: readonly Report[], next: string | null): void {
    const fresh = new Set(items.map(({ id }) => id))
    const last = items[items.length - 1]
    const below = last
      ? this.reports.filter((one) => !fresh.has(one.id) && one.createdAt < last.createdAt)
      : []
    if (!below.length) this.next = next
    this.reports = [...items, ...below]
  }

  /** Reads the next page of one's own. */
  async more(): Promise<void> {
    if (!this.next || this.loading) return
    const { turn } = this
    this.loading = true
    this.changed()
    try {
      const { items, next } = await (await this.client()).reports.mine({}).page(this.next)
      if (turn !== this.turn) return
      this.reports = [...this.reports, ...items]
      this.next = next
      this.problem = undefined
    } catch (problem) {
      if (turn !== this.turn) return
      this.problem = problem
    }
    this.loading = false
    this.changed()
  }

  /** A report as the server answered to what the resident did. */
  replace(report: Report): void {
    this.reports = this.reports.map((one) => (one.id === report.id ? report : one))
    this.watch.again(true)
    this.changed()
  }

  /** Whether what is shown may be out of date. */
  get isStale(): boolean {
    return this.reports.length > 0 && this.problem !== undefined && codeOf(this.problem) !== 'receipt_unknown'
  }
}
