import type { Client } from '@minqing/client'
import type { Capability, Comment, Diary, DiaryIssue, LiveEvent, Me } from '@minqing/core'
import { sentenceOf } from '../internal/problem-text.ts'
import { toQuery, type FeedFilters, type FeedStart } from './model/filters.ts'
import { FeedSource, type Shown, type SourceChange } from './model/source.ts'

/** One sentence to the person, perhaps with a way back. */
export interface Notice {
  text: string
  bad?: boolean
  undo?: () => void
}

/** What the controller needs from the element around it. */
export interface ControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment
  changed(change: SourceChange): void
  /** Draws one card again, or all. */
  redraw(id?: string): void
  /** Whether new diaries may slide in without moving what is being read. */
  atTop(): boolean
  /** What is on the screen. */
  shown(): Shown
}

/** Longest wait between two tries by itself, ms. */
const longestWait = 60_000

/** What the feed knows and does, apart from how it looks. Panels that are loaded later work with it. */
export class FeedController {
  readonly source: FeedSource
  me?: Me
  filters: FeedFilters = {}
  notice?: Notice
  readonly marks = new Set<string>()
  readonly expanded = new Set<string>()
  /** Accepted answers by comment id; `undefined` while one is being read. */
  readonly answers = new Map<string, Comment | undefined>()
  /** The issues that loaded diaries have become, by diary id. */
  readonly issues = new Map<string, DiaryIssue>()
  /** Open comment lists listen here. */
  readonly listeners = new Set<(event: LiveEvent) => void>()

  private area?: string
  private begun = 0
  /** Counts the persons: what was read as an earlier one is not theirs. */
  private person = 0
  private isResting = false
  private tries = 0
  private timer?: ReturnType<typeof setTimeout>
  private unfollow?: () => void

  constructor(
    readonly host: ControllerHost,
    readonly client: () => Promise<Client>,
  ) {
    this.source = new FeedSource(
      async (query) => (await client()).diaries.list(query).page(),
      (change, items) => this.changed(change, items),
    )
  }

  /** Shows another list. Without an area, all that the person may read. */
  async begin(area: string | undefined, filters: FeedFilters, start: FeedStart): Promise<void> {
    const turn = ++this.begun
    this.isResting = false
    this.filters = filters
    const me = this.me ? undefined : this.readMe()
    if (!area) {
      try {
        await me
      } catch (problem) {
        if (turn === this.begun) this.source.fail(problem, () => this.begin(area, filters, start))
        return
      }
    } else me?.catch(() => undefined)
    const wanted = area ?? this.me?.scopes['diary.read']?.[0] ?? this.me?.grants[0]?.area.code ?? ''
    if (turn !== this.begun) return
    if (wanted !== this.area) this.leave()
    this.area = wanted
    const reading = this.source.start(wanted, filters, start)
    void this.follow()
    await reading
  }

  /** Forgets the person and everything that was read as them. */
  forget(): void {
    this.leave()
    this.begun++
    this.person++
    this.me = this.area = this.notice = undefined
    this.source.forget()
    for (const kept of [this.marks, this.expanded, this.answers, this.issues]) kept.clear()
  }

  /** Lets go of everything; `begin` starts anew. What was read stays on the screen. */
  rest(): void {
    this.leave()
    this.begun++
    this.isResting = true
  }

  /** Stops listening to live events and trying again. */
  private leave(): void {
    this.unfollow?.()
    this.unfollow = undefined
    clearTimeout(this.timer)
    this.timer = undefined
  }

  may(capability: Capability, area: string): boolean {
    return !!this.me?.scopes[capability]?.some((scope) => area.startsWith(scope))
  }

  owns(diary: Diary): boolean {
    return diary.author.id === this.me?.id
  }

  /** The name of a person who wrote something that is loaded; otherwise the id. */
  nameOf(author: string): string {
    for (const { items = [] } of this.source.pages.list) {
      const found = items.find((diary) => diary.author.id === author)
      if (found) return found.author.name
    }
    return author
  }

  /** A diary as the server answered to something that the person did. */
  take(diary: Diary): void {
    if (this.source.pages.replace(diary)) this.host.changed('data')
  }

  say(notice?: Notice): void {
    this.notice = notice
    this.host.changed('state')
  }

  /** The words of a failure, in the language shown. */
  sayProblem(problem: unknown): void {
    this.say({ text: sentenceOf(problem), bad: true })
  }

  /** Tries again at once. */
  retry(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    void this.source.retry()
  }

  private async readMe(): Promise<void> {
    const { person } = this
    const me = await (await this.client()).me.get()
    if (person !== this.person) return
    this.me = me
    this.host.redraw()
    // The first page may have been quicker.
    const items = this.source.pages.list.flatMap((page) => page.items ?? [])
    if (items.length) void this.readIssues(items)
  }

  private changed(change: SourceChange, items?: readonly Diary[]): void {
    this.host.changed(change)
    if (items?.length) void this.readMarks(items)
    if (items?.length) void this.readIssues(items)
    const { trouble, loading } = this.source
    if (trouble && !loading) this.planRetry(trouble.problem)
    else if (!trouble) this.tries = 0
  }

  private planRetry(problem: unknown): void {
    const { status } = problem as { status?: number }
    // A refusal stays one; a cut line or a server that is busy or down does not.
    if (this.timer || this.isResting || (status && status < 500 && status !== 429)) return
    const wait = Math.min(longestWait, 2000 * 2 ** this.tries++)
    this.timer = setTimeout(() => this.retry(), wait * (0.75 + Math.random() / 2))
  }

  /** Which of the diaries the person has marked; without it marks look unset, so a failure is no more than that. */
  private async readMarks(items: readonly Diary[]): Promise<void> {
    const ids = items.filter((diary) => diary.usefulCount).map(({ id }) => id)
    if (!ids.length) return
    const { person } = this
    try {
      const { items: marked } = await (await this.client()).diaries.usefulMarks({ ids: ids.join() })
      if (person !== this.person) return
      for (const id of ids) this.marks.delete(id)
      for (const id of marked) this.marks.add(id)
      if (marked.length) this.host.redraw()
    } catch {
      // Read again with the next page.
    }
  }

  /** Which of the diaries are issues; without it none looks like one, so a failure is no more than that. */
  async readIssues(items: readonly Pick<Diary, 'id'>[]): Promise<void> {
    const { scopes, units } = this.me ?? {}
    if (!scopes?.['issue.read']?.length && !units?.['issue.read']?.length) return
    try {
      const { readIssues } = await import('./model/issues.ts')
      await readIssues(this, items)
    } catch {
      // Read again with the next page, or when one of them changes.
    }
  }

  /** Listens to live events, unless it does. */
  async follow(): Promise<void> {
    if (this.unfollow || !this.area) return
    const { area } = this
    let stopped = false
    this.unfollow = () => (stopped = true)
    try {
      const [{ follow }, client] = await Promise.all([import('./model/live.ts'), this.client()])
      if (!stopped) this.unfollow = follow(this, client, area)
    } catch {
      if (!stopped) this.unfollow = undefined
    }
  }

  /** The query of what is shown, for what reads beside the pages. */
  get query() {
    return toQuery(this.area ?? '', this.filters)
  }
}
