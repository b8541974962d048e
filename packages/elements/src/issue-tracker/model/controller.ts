import type { Client, PageOf, WaitingNote } from '@minqing/client'
import type { Category, Issue, IssueCounts, IssueQuery, Me, Unit } from '@minqing/core'
import { codeOf, sentenceOf } from '../../internal/problem-text.ts'
import { may, areaOf } from './access.ts'
import { WorkCalendar, type DaysOff } from './calendar.ts'
import { IssueList, type ListSource } from './list.ts'
import type { Memory, Sort } from './memory.ts'
import type { Opened } from './opened.ts'
import { matches, queryOf, type TrackerView } from './view.ts'
import { boardStates } from './board-states.ts'

/** One sentence to the person. */
export interface Notice {
  text: string
  bad?: boolean
}

export interface Catalogue {
  categories: readonly Category[]
  units: readonly Unit[]
}

/** Longest wait between two tries by itself, ms. */
const longestWait = 60_000
const columnSize = 20

/** What the tracker knows and does, apart from how it looks. */
export class TrackerController implements ListSource {
  readonly calendar = new WorkCalendar()
  me?: Me
  area = ''
  view: TrackerView = { view: 'list', state: 'open', order: 'newest' }
  list?: IssueList
  /** The board's columns, in their order. */
  columns: IssueList[] = []
  counts?: IssueCounts
  opened?: Opened
  catalogue?: Catalogue
  notes: readonly WaitingNote[] = []
  notice?: Notice
  /** What came before any list: who is it? */
  problem?: unknown
  /** Whether the server was out of reach at the last try. */
  isOffline = false

  private memory?: Memory
  /** Finds out who reads; what is shown of an issue depends on it. */
  private meeting?: Promise<void>
  private turn = 0
  private isResting = false
  private tries = 0
  private timer?: ReturnType<typeof setTimeout>
  private countsTimer?: ReturnType<typeof setTimeout>
  private unfollow?: () => void

  constructor(
    readonly client: () => Promise<Client>,
    private readonly tell: () => void,
  ) {}

  /** Shows another list or board. */
  async begin(area: string | undefined, view: TrackerView): Promise<void> {
    const turn = ++this.turn
    this.isResting = false
    this.view = view
    this.problem = undefined
    if (!this.me) {
      try {
        await (this.meeting ??= this.meet())
      } catch (problem) {
        this.meeting = undefined
        if (turn !== this.turn) return
        this.problem = problem
        this.planRetry(problem, () => this.begin(area, view))
        return this.tell()
      }
    }
    if (!this.memory && turn === this.turn) await this.openMemory().catch(() => undefined)
    if (turn !== this.turn || !this.me) return
    const wanted = area || areaOf(this.me)
    if (wanted !== this.area) this.leave()
    this.area = wanted
    this.startLists()
    void this.follow()
    void this.readCalendar()
    void this.readCounts()
    // Without names of categories and units a list is readable: they come when there is time.
    void this.readCatalogue()
  }

  /** Who reads; without network, who read last on this device. */
  private async meet(): Promise<void> {
    const client = await this.client()
    await this.openMemory()
    try {
      this.me = await client.me.get()
      await this.memory?.remember(this.me).catch(() => undefined)
    } catch (problem) {
      const known = isAway(problem) ? await this.memory?.remembered() : undefined
      if (!known) throw problem
      this.me = known
      this.isOffline = true
    }
  }

  private async openMemory(): Promise<void> {
    const [{ baseUrl, atRest }, { Memory }] = await Promise.all([this.client(), import('./memory.ts')])
    const memory = await Memory.open(baseUrl, atRest).catch(() => undefined)
    if (this.memory || this.isResting) memory?.close()
    else this.memory = memory
  }

  private startLists(): void {
    const { area, view } = this
    if (view.view === 'board') {
      const query = queryOf(area, { ...view, state: 'all' })
      this.columns = boardStates.map((state) => new IssueList({ ...query, state }, this, columnSize))
      this.list = undefined
    } else {
      this.list = new IssueList(queryOf(area, view), this)
      this.columns = []
    }
    for (const list of this.lists) void this.start(list)
  }

  get lists(): IssueList[] {
    return this.list ? [this.list] : this.columns
  }

  private async start(list: IssueList): Promise<void> {
    await list.start()
    if (list.problem) this.planRetry(list.problem, () => list.retry())
  }

  reload(): void {
    for (const list of this.lists) void this.start(list)
    void this.readCounts()
    if (this.opened) void this.readOpened(this.opened)
  }

  /** Forgets the person and everything that was read as them. */
  forget(): void {
    this.rest()
    this.me = this.list = this.counts = this.opened = this.catalogue = undefined
    this.columns = []
    this.notes = []
    this.area = ''
  }

  /** Lets go of everything; `begin` starts anew. What was read stays on the screen. */
  rest(): void {
    this.leave()
    this.turn++
    this.isResting = true
    this.memory?.close()
    this.memory = this.meeting = undefined
  }

  /** Stops listening and trying again. */
  private leave(): void {
    this.unfollow?.()
    this.unfollow = undefined
    clearTimeout(this.timer)
    clearTimeout(this.countsTimer)
    this.timer = this.countsTimer = undefined
  }

  // what lists read and keep

  read = async (query: IssueQuery): Promise<PageOf<Issue>> => {
    try {
      const page = await (await this.client()).issues.list(query).page()
      this.reached()
      return page
    } catch (problem) {
      this.isOffline ||= isAway(problem)
      throw problem
    }
  }
  recall = async (query: IssueQuery) => {
    const known = await this.recallAs<Issue[]>('list', JSON.stringify(query))
    return known && { at: known.at, items: known.value }
  }
  keep = (query: IssueQuery, items: readonly Issue[]): void => {
    void this.remember('list', JSON.stringify(query), items)
  }
  changed = (): void => this.tell()

  remember(sort: Sort, key: string, value: unknown): Promise<void> | undefined {
    return this.me && this.memory?.keep(this.me, sort, key, value).catch(() => undefined)
  }
  recallAs<T>(sort: Sort, key: string): Promise<{ at: Date; value: T } | undefined> {
    if (!this.me || !this.memory) return Promise.resolve(undefined)
    return this.memory.recall<T>(this.me, sort, key).catch(() => undefined)
  }

  /** The server answers. */
  private reached(): void {
    this.tries = 0
    this.isOffline = false
  }

  private planRetry(problem: unknown, again: () => Promise<void>): void {
    const { status } = problem as { status?: number }
    // A refusal stays one; a cut line or a server that is busy or down does not.
    if (this.timer || this.isResting || (status && status < 500 && status !== 429)) return
    const wait = Math.min(longestWait, 2000 * 2 ** this.tries++)
    const retry = async () => {
      this.timer = undefined
      await again()
      const failed = this.lists.find((list) => list.problem)
      if (failed) this.planRetry(failed.problem, () => failed.retry())
    }
    this.timer = setTimeout(() => void retry(), wait * (0.75 + Math.random() / 2))
  }

  /** Tries again at once what failed. */
  retry(area: string | undefined): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.problem || !this.me) return void this.begin(area, this.view)
    for (const list of this.lists) if (list.problem) void this.start(list)
    const { opened } = this
    if (opened && (opened.problem || opened.oldSince)) void this.readOpened(opened)
    void this.readCounts()
    void this.readCatalogue()
    void this.follow()
  }

  // beside the lists

  private async readCalendar(): Promise<void> {
    const known = await this.recallAs<DaysOff[]>('daysOff', 'all')
    if (known) this.calendar.know(known.value)
    try {
      const { issues } = await this.client()
      const days = await Promise.all(
        WorkCalendar.stretches(Date.now()).map((stretch) => issues.calendar(stretch)),
      )
      this.calendar.know(days)
      await this.remember('daysOff', 'all', days)
    } catch {
      // What is known, or weekends, will do.
    }
    this.tell()
  }

  /** Counts follow changes, but a burst of them asks once. */
  countSoon(): void {
    this.countsTimer ??= setTimeout(() => {
      this.countsTimer = undefined
      void this.readCounts()
    }, 800)
  }

  private async readCounts(): Promise<void> {
    const { area, view } = this
    const key = `${area} ${view.unit ?? ''}`
    try {
      const unit = view.unit ? { unit: view.unit } : {}
      this.counts = await (await this.client()).issues.counts({ area, ...unit })
      void this.remember('counts', key, this.counts)
    } catch {
      this.counts ??= (await this.recallAs<IssueCounts>('counts', key))?.value
    }
    this.tell()
  }

  /** Categories and units, once: forms need them. */
  async readCatalogue(): Promise<void> {
    const county = this.area.slice(0, 6)
    if (this.catalogue || county.length < 6) return
    try {
      const { catalogue } = await this.client()
      const [categories, units] = await Promise.all([
        catalogue.categories({ county }),
        catalogue.units({ county }),
      ])
      this.catalogue = { categories: categories.items, units: units.items }
      void this.remember('catalogue', county, this.catalogue)
    } catch {
      this.catalogue = (await this.recallAs<Catalogue>('catalogue', county))?.value
    }
    this.tell()
  }

  private async follow(): Promise<void> {
    if (this.unfollow || !this.area) return
    const { area } = this
    let stopped = false
    this.unfollow = () => (stopped = true)
    try {
      const [{ follow }, client] = await Promise.all([import('./live.ts'), this.client()])
      if (!stopped) this.unfollow = follow(this, client, area)
    } catch {
      if (!stopped) this.unfollow = undefined
    }
  }

  // single issues

  /** An issue as it now is, from the stream or as the answer to something done here. */
  take(issue: Issue): void {
    let different = false
    for (const list of this.lists)
      different = list.take(issue, matches(issue, list.query, this.me?.id)) || different
    const { opened } = this
    if (opened?.id === issue.id && (opened.issue?.version ?? 0) <= issue.version) {
      opened.issue = issue
      different = true
    }
    this.countSoon()
    if (different) this.tell()
  }

  /** It is out of reach now. */
  drop(id: string): void {
    for (const list of this.lists) list.drop(id)
    this.tell()
  }

  belongs = (issue: Issue, query: IssueQuery): boolean => matches(issue, query, this.me?.id)

  /** Opens an issue, or closes with `undefined`. */
  open(id: string | undefined): void {
    if (id === this.opened?.id) return
    this.opened = undefined
    if (id) {
      const known = this.lists.flatMap(({ items }) => items).find((issue) => issue.id === id)
      this.opened = { id, loading: true, ...(known && { issue: known }) }
      void this.readOpened(this.opened)
    }
    this.tell()
  }

  async readOpened(opened: Opened): Promise<void> {
    opened.loading = true
    opened.problem = undefined
    this.tell()
    const { id } = opened
    try {
      const { issues } = await this.client()
      const reading = Promise.all([issues.get({ id }), issues.timeline({ id })])
      // Looked at below; until then a failure must not count as one that nobody sees.
      reading.catch(() => undefined)
      await this.meeting?.catch(() => undefined)
      const [issue, timeline] = await reading
      this.reached()
      if ((opened.issue?.version ?? 0) <= issue.version) opened.issue = issue
      opened.events = timeline.items
      opened.oldSince = undefined
      void this.remember('issue', id, { issue, events: timeline.items })
      for (const list of this.lists) list.take(issue, this.belongs(issue, list.query))
      if (opened === this.opened) void this.suggest(opened)
    } catch (problem) {
      await this.recallOpened(opened, problem)
    }
    opened.loading = false
    this.tell()
  }

  private async recallOpened(opened: Opened, problem: unknown): Promise<void> {
    opened.problem = problem
    if (!isAway(problem)) return
    this.isOffline = true
    await this.meeting?.catch(() => undefined)
    type Known = Pick<Opened, 'issue' | 'events'>
    const known = opened.events ? undefined : await this.recallAs<Known>('issue', opened.id)
    opened.issue ??= known?.value.issue
    opened.events ??= known?.value.events
    if (opened.issue) opened.oldSince = known?.at ?? new Date()
  }

  /** Category, unit and similar issues, for those who triage. */
  private async suggest(opened: Opened): Promise<void> {
    const { issue, id } = opened
    if (!issue || !['submitted', 'triaged'].includes(issue.state) || !may(this.me, 'issue.triage', issue))
      return
    try {
      opened.suggestion = await (await this.client()).issues.suggestion({ id })
      this.tell()
    } catch {
      // It can be done without.
    }
  }

  say(notice?: Notice): void {
    this.notice = notice
    this.tell()
  }

  /** The words of a failure, in the language shown. */
  sayProblem(problem: unknown): void {
    this.say({ text: sentenceOf(problem), bad: true })
  }
}

/** The server could not be reached, or did not answer in time. */
export const isAway = (problem: unknown): boolean =>
  ['offline', 'timeout', 'unavailable', 'bad_response'].includes(codeOf(problem))
