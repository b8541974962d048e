import type { Client } from '@minqing/client'
import type { Issue } from '@minqing/core'
import { html, nothing, type LitElement, type TemplateResult } from 'lit'
import { now } from '../internal/clock.ts'
import { concerns } from '../internal/connection.ts'
import { addStyles } from '../internal/lazy-styles.ts'
import { MqIssueCloseEvent, MqIssueFilterEvent, MqIssueOpenEvent } from './issue-tracker.events.ts'
import type { MqIssueTracker } from './issue-tracker.ts'
import { TrackerController } from './model/controller.ts'
import { readHash, writeHash } from './model/hash.ts'
import type { TrackerView } from './model/view.ts'
import { bodyStyles } from './view/body.styles.ts'
import { errorFace, offlineNote, toast } from './view/faces.ts'
import { listView } from './view/list.ts'
import { rowStyles } from './view/row.styles.ts'
import { toolbar } from './view/toolbar.ts'

/** From this width on, an opened issue stands beside the list. Pixels of the widget, not of the page. */
const wideFrom = 1000
const narrowBelow = 700

const parts = {
  board: () => import('./view/board.ts'),
  detail: () => import('./view/detail.ts'),
  filters: () => import('./view/filters.ts'),
}
type Parts = { [P in keyof typeof parts]?: Awaited<ReturnType<(typeof parts)[P]>> }

/** What fills the shell: joins the controller, the address and the views. */
export class TrackerBody {
  readonly controller: TrackerController
  isWide = false
  /** Too narrow for more than one column of the board. */
  isNarrow = false
  /** Whether the filters are open, and the menu of actions. */
  filtersOpen = false
  menuOpen = false
  /** The moment for which clocks are shown. */
  now = now()
  /** The column that a narrow board shows. */
  column = 0

  private readonly loaded: Parts = {}
  /** Parts that could not be loaded: tried again when the line is back, or the person does something. */
  private readonly failed = new Set<keyof Parts>()
  private ticking?: ReturnType<typeof setInterval>
  private readonly sizes: ResizeObserver
  private focusNext?: 'detail' | 'list'
  private lastRow?: string

  constructor(
    readonly element: MqIssueTracker,
    client: () => Promise<Client>,
  ) {
    addStyles(element, bodyStyles)
    addStyles(element, rowStyles)
    this.controller = new TrackerController(client, () => this.redraw())
    this.sizes = new ResizeObserver(([entry]) => {
      const isWide = entry!.contentRect.width >= wideFrom
      const isNarrow = entry!.contentRect.width < narrowBelow
      if (isWide === this.isWide && isNarrow === this.isNarrow) return
      this.isNarrow = isNarrow
      this.isWide = isWide
      // Drawn within this turn it would be another change of size, of which browsers complain.
      requestAnimationFrame(() => this.redraw())
    })
  }

  get renderRoot() {
    return this.element.renderRoot
  }

  /** Shows what the element's properties name. Also called when the element is back in a page. */
  begin(): void {
    if (!this.ticking) {
      this.ticking = setInterval(() => this.tick(), 20_000)
      this.isWide = this.element.clientWidth >= wideFrom
      this.isNarrow = this.element.clientWidth < narrowBelow
      this.sizes.observe(this.element)
      addEventListener('online', this.online)
      addEventListener('popstate', this.navigated)
      addEventListener('hashchange', this.navigated)
      document.addEventListener(MqIssueOpenEvent.type, this.asked)
      if (this.element.hash && this.readAddress()) return
    }
    const { area, chosen, issue } = this.element
    this.controller.open(issue)
    if (JSON.stringify([area, chosen]) !== this.begun || !this.controller.lists.length) {
      this.begun = JSON.stringify([area, chosen])
      void this.controller.begin(area, chosen)
    }
    this.writeAddress()
  }
  private begun = ''

  leave(): void {
    this.controller.rest()
    this.begun = ''
    clearInterval(this.ticking)
    this.ticking = undefined
    this.sizes.disconnect()
    removeEventListener('online', this.online)
    removeEventListener('popstate', this.navigated)
    removeEventListener('hashchange', this.navigated)
    document.removeEventListener(MqIssueOpenEvent.type, this.asked)
  }

  /** Another person, or another server. */
  forget(): void {
    this.controller.forget()
    // a form of the person before, and what was said to them
    this.renderRoot.querySelector('mq-issue-dialog')?.remove()
    this.controller.notice = undefined
    this.begun = ''
  }

  reload(): void {
    this.controller.reload()
  }

  redraw(): void {
    this.element.requestUpdate('chosen')
    // An open form may wait for the names of units and categories.
    this.renderRoot.querySelector<LitElement>('mq-issue-dialog')?.requestUpdate()
  }

  /** Clocks are shown to the minute. */
  private tick(): void {
    const moment = now()
    if (Math.floor(moment / 60_000) === Math.floor(this.now / 60_000)) return
    this.now = moment
    this.redraw()
  }

  private readonly online = (): void => {
    this.failed.clear()
    this.controller.retry(this.element.area)
  }

  /** A message of the inbox or the mark on a diary, elsewhere on the page, asks for an issue. */
  private readonly asked = (event: Event): void => {
    const { target, issue, defaultPrevented } = event as MqIssueOpenEvent
    if (defaultPrevented || event.composedPath().includes(this.element)) return
    if (!concerns(this.element, event)) return
    if (!(target instanceof Element && target.localName === 'mq-issue-tracker')) this.show(issue)
  }

  // what the person does

  /** Changes what is shown on a person's behalf, and tells the host. */
  choose(view: Partial<TrackerView>): void {
    this.failed.clear()
    Object.assign(this.element, view)
    this.element.dispatchEvent(new MqIssueFilterEvent(this.element.chosen))
  }

  openIssue({ id, number }: Pick<Issue, 'id' | 'number'>): void {
    if (!this.element.dispatchEvent(new MqIssueOpenEvent(id, number))) return
    this.show(id)
  }

  private show(id: string): void {
    const before = this.element.issue
    this.failed.clear()
    this.lastRow = id
    this.menuOpen = false
    this.element.issue = id
    this.focusNext = 'detail'
    // The way back on a phone is the browser's own.
    if (this.element.hash && !before) history.pushState(history.state, '')
  }

  closeIssue(): void {
    const { issue } = this.element
    if (!issue) return
    this.element.issue = undefined
    this.focusNext = 'list'
    this.element.dispatchEvent(new MqIssueCloseEvent(issue))
  }

  // the address

  private writeAddress(): void {
    const { hash, chosen, issue } = this.element
    if (!hash) return
    const wanted = writeHash(location.hash, { ...chosen, issue })
    if (wanted === location.hash) return
    history.replaceState(history.state, '', `${location.pathname}${location.search}${wanted}`)
  }

  /** Takes what the address says; tells whether that changed anything, which then begins anew. */
  private readAddress(): boolean {
    const kept = readHash(location.hash)
    if (!kept) return false
    const before = JSON.stringify([this.element.chosen, this.element.issue])
    Object.assign(this.element, kept)
    return before !== JSON.stringify([this.element.chosen, this.element.issue])
  }

  private readonly navigated = (): void => {
    if (!this.element.hash) return
    if (!this.readAddress() && this.element.issue && !location.hash.includes('mq-issue=')) {
      this.element.issue = undefined
      this.focusNext = 'list'
    }
  }

  // what is seen

  /** A part that is loaded when it is first shown. */
  private part<P extends keyof Parts>(name: P): Parts[P] {
    const { loaded } = this
    if (!(name in loaded) && !this.failed.has(name)) {
      loaded[name] = undefined
      parts[name]().then(
        (part) => {
          loaded[name] = part as Parts[P]
          this.redraw()
        },
        (problem: unknown) => {
          delete loaded[name]
          this.failed.add(name)
          this.controller.sayProblem(problem)
        },
      )
    }
    return loaded[name]
  }

  /** After each drawing: the focus goes where the person went. */
  drawn(): void {
    const { focusNext, lastRow } = this
    if (!focusNext) return
    const find = (selector: string) => this.renderRoot.querySelector<HTMLElement>(selector)
    const target =
      focusNext === 'detail' ? find('.detail h2') : (find(`[data-issue="${lastRow}"] .open`) ?? find('.list'))
    if (!target) return
    this.focusNext = undefined
    target.focus({ preventScroll: this.isWide })
    if (focusNext === 'detail' && !this.isWide) this.element.scrollIntoView({ block: 'start' })
  }

  render(): TemplateResult {
    const { controller, isWide, element } = this
    const { opened } = controller
    const covered = Boolean(opened) && !isWide
    const { view } = element
    const detail = opened && this.part('detail')
    const filters = this.filtersOpen ? this.part('filters') : undefined
    const board = view === 'board' ? this.part('board') : undefined
    return html`<slot name="before"></slot>
      ${offlineNote(controller)}
      <div class="tracker" data-width=${isWide ? 'wide' : 'narrow'} data-open=${opened ? 'yes' : nothing}>
        <div class="main" ?hidden=${covered}>
          ${element.noFilters ? nothing : toolbar(this)} ${filters?.filtersView(this) ?? nothing}
          ${
            controller.problem
              ? errorFace(controller.problem, () => controller.retry(element.area))
              : view === 'board'
                ? (board?.boardView(this) ?? nothing)
                : listView(this)
          }
        </div>
        ${opened ? (detail?.detailView(this, opened) ?? html`<section class="detail card" aria-busy="true"></section>`) : nothing}
      </div>
      ${toast(controller)}`
  }
}
