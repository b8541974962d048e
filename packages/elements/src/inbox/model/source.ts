import type { Client, Unsubscribe } from '@minqing/client'
import type { InboxEntry, NoticeType } from '@minqing/core/wire'

/** What is shown of the inbox. */
export interface Filter {
  unread: boolean
  type?: NoticeType | undefined
}

/** Longest wait between two tries by itself, ms. */
const longestWait = 60_000
const pageSize = 30

/** The messages shown, how many are unread, and how both are kept up to date. */
export class InboxSource {
  entries: readonly InboxEntry[] = []
  next: string | null = null
  unread?: number | undefined
  loading = false
  /** Why the last reading failed. */
  problem?: unknown
  readAt?: Date | undefined
  filter: Filter = { unread: false }
  private turn = 0
  private tries = 0
  private timer?: ReturnType<typeof setTimeout> | undefined
  private stop: Unsubscribe | undefined
  private following = 0
  /** Counts the persons: what was done as an earlier one says nothing of these messages. */
  private person = 0
  /** What the server is being told: a list that is read meanwhile would not know of it yet. */
  private marking: Promise<unknown> = Promise.resolve()
  /** Asked for while the newest were being read: comes after them. */
  private wantsMore = false

  constructor(
    private readonly client: () => Promise<Client>,
    private readonly changed: () => void,
  ) {}

  /** Shows another part, or the same again after the widget was away. */
  begin(filter: Filter, area: string | undefined): void {
    if (JSON.stringify(filter) !== JSON.stringify(this.filter)) {
      this.entries = []
      this.next = null
      this.readAt = undefined
    }
    this.filter = filter
    addEventListener('online', this.retry)
    void this.follow(area)
    void this.read()
  }

  leave(): void {
    this.turn++
    this.following++
    this.loading = false
    clearTimeout(this.timer)
    removeEventListener('online', this.retry)
    this.stop?.()
    this.stop = undefined
  }

  /** Forgets what was read as somebody else. */
  forget(): void {
    this.leave()
    this.person++
    this.entries = []
    this.next = null
    this.unread = this.readAt = this.problem = undefined
  }

  private get query() {
    const { unread, type } = this.filter
    return { ...(unread && { unread: 'yes' as const }), ...(type && { type }), limit: pageSize }
  }

  /** Reads the newest messages and how many are unread; further ones that were read stay below. */
  async read(): Promise<void> {
    const turn = ++this.turn
    clearTimeout(this.timer)
    this.loading = true
    this.changed()
    try {
      const { inbox } = await this.client()
      let marking, page, count
      do {
        marking = this.marking
        await marking
        ;[page, count] = await Promise.all([inbox.list(this.query).page(), inbox.count()])
        if (turn !== this.turn) return
        // Something was marked meanwhile, of which these may not know.
      } while (marking !== this.marking)
      const fresh = new Set(page.items.map(({ id }) => id))
      const last = page.items[page.items.length - 1]
      const below =
        last && page.next ? this.entries.filter(({ id, at }) => !fresh.has(id) && at < last.at) : []
      this.entries = [...page.items, ...below]
      if (!below.length) this.next = page.next
      this.unread = count.unread
      this.problem = undefined
      this.tries = 0
      this.readAt = new Date()
    } catch (problem) {
      if (turn !== this.turn) return
      this.problem = problem
      this.planRetry(problem)
    }
    this.loading = false
    this.changed()
    if (this.wantsMore) void this.more()
  }

  private readonly retry = (): void => {
    if (this.problem) void this.read()
  }

  private planRetry(problem: unknown): void {
    const { status, retryAfterMs } = problem as { status?: number; retryAfterMs?: number }
    // A refusal stays one; a cut line or a server that is busy or down does not.
    if (status && status < 500 && status !== 429) return
    const wait = Math.max(retryAfterMs ?? 0, Math.min(longestWait, 2000 * 2 ** this.tries++))
    this.timer = setTimeout(this.retry, wait * (0.75 + Math.random() / 2))
  }

  /** Reads the next page. */
  async more(): Promise<void> {
    this.wantsMore = this.loading
    if (!this.next || this.loading) return
    const turn = ++this.turn
    const { following } = this
    this.loading = true
    this.changed()
    try {
      const { items, next } = await (await this.client()).inbox.list(this.query).page(this.next)
      if (turn !== this.turn) {
        // The newest were read over it, and may be there already. Left, or shown otherwise: nobody waits any more.
        if (following === this.following) await this.more()
        return
      }
      const known = new Set(this.entries.map(({ id }) => id))
      this.entries = [...this.entries, ...items.filter(({ id }) => !known.has(id))]
      this.next = next
      this.problem = undefined
    } catch (problem) {
      if (turn !== this.turn) return
      this.problem = problem
    }
    this.loading = false
    this.changed()
  }

  /** Shown as read at once; when the server does not take it, as before. */
  async markRead(ids: readonly string[]): Promise<void> {
    const wanted = this.entries.filter((entry) => ids.includes(entry.id) && !entry.read).map(({ id }) => id)
    if (wanted.length) await this.mark((entry) => wanted.includes(entry.id), wanted.length, { ids: wanted })
  }

  /** Everything up to the newest message that is shown: what comes meanwhile stays unread. Of a type, those shown. */
  async markAllRead(): Promise<void> {
    const until = this.entries[0]?.at
    if (this.filter.type) await this.markRead(this.entries.map(({ id }) => id).slice(0, 100))
    else if (until) await this.mark(() => true, this.unread ?? 0, { until })
  }

  private async mark(
    concerns: (entry: InboxEntry) => boolean,
    count: number,
    what: { ids: string[] } | { until: string },
  ): Promise<void> {
    const { person } = this
    const before = { entries: this.entries, unread: this.unread }
    this.entries = this.entries.map((entry) => (concerns(entry) ? { ...entry, read: true } : entry))
    this.unread = Math.max(0, (this.unread ?? 0) - count)
    this.changed()
    const told = this.client().then(({ inbox }) => inbox.markRead(what))
    this.marking = told.catch(() => undefined)
    try {
      const { unread } = await told
      if (person !== this.person) return
      this.unread = unread
    } catch (problem) {
      if (person !== this.person) return
      Object.assign(this, before)
      throw problem
    } finally {
      this.changed()
    }
  }

  /** Listens for new messages. Without an area, where the person belongs. */
  private async follow(area: string | undefined): Promise<void> {
    const turn = ++this.following
    this.stop?.()
    this.stop = undefined
    try {
      const client = await this.client()
      const where = area ?? placeOf(await client.me.get())
      if (turn !== this.following || !where) return
      let opened = false
      const stops = [
        client.live.on('inbox.added', () => void this.read(), { area: where }),
        client.live.on('reset', () => void this.read(), { area: where }),
        client.live.onState(
          ({ status }) => {
            if (status !== 'open') return
            // What came between reading and the first opening was told to nobody. Later breaks are resumed.
            if (!opened && this.readAt) void this.read()
            opened = true
          },
          { area: where },
        ),
      ]
      this.stop = () => stops.forEach((stop) => stop())
    } catch {
      // Reading says what is wrong; a later start listens again.
    }
  }
}

const placeOf = ({ scopes, grants }: Awaited<ReturnType<Client['me']['get']>>): string | undefined =>
  scopes['inbox.read']?.[0] ?? grants[0]?.area.code
