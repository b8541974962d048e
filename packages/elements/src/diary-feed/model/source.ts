import type { Diary, DiaryPage, DiaryQuery } from '@minqing/core'
import { endOfDay, toQuery, type FeedFilters, type FeedStart } from './filters.ts'
import { Pages, type Page } from './pages.ts'

/** The first page is short, so that something stands there soon. */
const firstLimit = 20
const limit = 50

/** How a source tells what became different. `reset`: another list; `data`: its diaries; `state`: how it fares. */
export type SourceChange = 'reset' | 'data' | 'state'

/** Which indices are on the screen, and how tall a diary is. */
export interface Shown {
  from: number
  to: number
  heightOf(diary: Diary): number
}

type Work = 'first' | 'older' | 'newer' | 'refill'

/**
 * Reads a filtered list page by page in both directions and keeps what was read. It does not know the screen: the
 * window asks for what comes near.
 */
export class FeedSource {
  readonly pages = new Pages()
  /** Whether there are older (newer) diaries than those read. */
  hasOlder = false
  hasNewer = false
  /** Newer diaries that have arrived but are not shown yet, newest first. */
  waiting: Diary[] = []
  /** What failed last and has not succeeded since. */
  trouble?: { work: Work; problem: unknown; again?: () => Promise<void> }
  /** While diaries are told: the reader wants to be at an end of these first ones, or stay below what came above. */
  arrival?: 'top' | 'end' | 'above'
  /** When something was last read well. */
  readAt?: Date

  private query?: DiaryQuery
  private beginning: FeedStart = 'newest'
  private olderCursor?: string | null
  private newerCursor?: string | null
  private generation = 0
  private readonly busy = new Set<Work>()
  private idle: [Work, () => void][] = []

  constructor(
    private readonly list: (query: DiaryQuery) => Promise<DiaryPage>,
    private readonly changed: (change: SourceChange, items?: readonly Diary[]) => void,
  ) {}

  get loading(): boolean {
    return this.busy.size > 0
  }

  isBusy(work: Work): boolean {
    return this.busy.has(work)
  }

  /** Whether the top of what was read is the newest there is. */
  get atNewest(): boolean {
    return !this.hasNewer && !this.busy.has('first')
  }

  /** Begins another list. */
  async start(area: string, filters: FeedFilters, beginning: FeedStart): Promise<void> {
    this.query = toQuery(area, filters)
    this.beginning = beginning
    await this.restart()
  }

  private empty(): void {
    this.generation++
    this.busy.clear()
    this.pages.list.length = 0
    this.waiting = []
    this.hasOlder = this.hasNewer = false
    this.changed('reset')
  }

  /** Forgets what was read, and what is being read. */
  forget(): void {
    this.query = this.trouble = this.readAt = undefined
    this.empty()
  }

  /** Reads the list again from its beginning. */
  async restart(): Promise<void> {
    const { query, beginning } = this
    if (!query) return
    this.empty()
    const { generation } = this
    await this.work('first', async () => {
      const to = beginning === 'newest' || beginning === 'oldest' ? undefined : endOfDay(beginning)
      let forward = beginning === 'oldest'
      let page = await this.list({
        ...query,
        limit: firstLimit,
        ...(forward && { direction: 'newer' }),
        ...(to && { to }),
      })
      if (to && !page.items.length) {
        // Nothing that early: the first diaries after that day.
        forward = true
        page = await this.list({ ...query, limit: firstLimit, direction: 'newer', from: to })
      }
      if (generation !== this.generation) return
      const items = forward ? [...page.items].reverse() : page.items
      this.pages.append(items)
      this.olderCursor = forward ? null : page.next
      this.newerCursor = forward ? page.next : to ? page.previous : null
      this.hasOlder = !!this.olderCursor
      this.hasNewer = !!this.newerCursor
      this.tell(items, forward ? 'end' : 'top')
    })
  }

  /** Reads on downwards. */
  older(): Promise<void> {
    return this.hasOlder ? this.work('older', () => this.readOn('older')) : Promise.resolve()
  }

  /** Reads on upwards, after a jump to a day. */
  newer(): Promise<void> {
    return this.hasNewer ? this.work('newer', () => this.readOn('newer')) : Promise.resolve()
  }

  private async readOn(direction: 'older' | 'newer'): Promise<void> {
    const generation = this.generation
    const cursor = (direction === 'older' ? this.olderCursor : this.newerCursor)!
    const page = await this.list({ ...this.query!, direction, cursor, limit })
    if (generation !== this.generation) return
    if (direction === 'older') {
      this.pages.append(page.items)
      this.olderCursor = page.next
      this.hasOlder = !!page.next
    } else {
      this.pages.prepend([...page.items].reverse())
      const known = new Set(page.items.map(({ id }) => id))
      this.waiting = this.waiting.filter(({ id }) => !known.has(id))
      this.newerCursor = page.next
      this.hasNewer = !!page.next
    }
    this.tell(page.items, direction === 'newer' ? 'above' : undefined)
  }

  private tell(items: readonly Diary[], arrival?: 'top' | 'end' | 'above'): void {
    this.arrival = arrival
    this.changed('data', items)
    this.arrival = undefined
  }

  /** Reads the diaries of a dropped page again, between its bounds. */
  refill(page: Page): Promise<void> {
    return this.work('refill', async () => {
      const generation = this.generation
      const to = new Date(Date.parse(page.newest.createdAt) + 1).toISOString()
      const query: DiaryQuery = { ...this.query!, from: page.oldest.createdAt, to, limit: 100 }
      const items: Diary[] = []
      let cursor: string | null | undefined
      do {
        const answer: DiaryPage = await this.list({ ...query, ...(cursor && { cursor }) })
        items.push(...answer.items)
        cursor = answer.next
      } while (cursor)
      if (generation !== this.generation) return
      this.pages.fill(page, items)
      this.changed('data', items)
    })
  }

  /** Resolves when the work is done, whether it went well or not. */
  whenIdle(work: Work): Promise<void> {
    if (!this.busy.has(work)) return Promise.resolve()
    return new Promise((resolve) => this.idle.push([work, resolve]))
  }

  /** Reads the pages between the indices again; forgets the diaries of all others. */
  async refresh({ from, to, heightOf }: Shown): Promise<void> {
    this.pages.drop(from, to, heightOf)
    for (const page of this.pages.list.filter(({ items }) => items)) await this.refill(page)
  }

  /** Something that has to come before the first page went wrong; `again` tries it. */
  fail(problem: unknown, again: () => Promise<void>): void {
    this.trouble = { work: 'first', problem, again }
    this.changed('state')
  }

  /** Tries again what failed. */
  retry(): Promise<void> {
    const { work, again } = this.trouble ?? {}
    this.trouble = undefined
    if (again) return again()
    if (work === 'first') return this.restart()
    if (work === 'older' || work === 'newer') return this[work]()
    this.changed('data')
    return Promise.resolve()
  }

  private async work(work: Work, job: () => Promise<void>): Promise<void> {
    if (this.busy.has(work) || (this.trouble && work !== 'first')) return
    const { generation } = this
    this.busy.add(work)
    this.changed('state')
    try {
      await job()
      if (generation !== this.generation) return
      this.readAt = new Date()
      this.trouble = undefined
    } catch (problem) {
      if (generation !== this.generation) return
      this.trouble = { work, problem }
    }
    this.busy.delete(work)
    this.changed('state')
    const done = this.idle.filter(([waited]) => waited === work)
    this.idle = this.idle.filter(([waited]) => waited !== work)
    for (const [, resolve] of done) resolve()
  }
}
