import type { IssueState } from '@minqing/core/wire'
import { html, type PropertyValues } from 'lit'
import { property } from 'lit/decorators.js'
import { MqElement } from '../internal/element.ts'
import { msg } from '../internal/localize.ts'
import type { TrackerBody } from './body.ts'
import { styles } from './issue-tracker.styles.ts'
import type { TrackerOrder, TrackerView } from './model/view.ts'
import { skeleton } from './view/skeleton.ts'

const choices = [
  'view',
  'state',
  'category',
  'unit',
  'clock',
  'asked',
  'supervised',
  'mine',
  'q',
  'order',
] as const

/**
 * 民情事项: the issues of an area, or those in which one's unit has a part, with what the person may do about each now
 * and no more. As a list with filters, or as a board by state; an opened issue stands beside it where there is room
 * (1000 px and more), otherwise in its place. Live; without network it shows what was read before and keeps progress
 * notes until they can be sent.
 *
 * This class is the shell: what a host sets, and the room that is kept. All else is in `body.ts`, loaded beside the
 * client, since nothing can be shown before that.
 *
 * @summary Issues from report to rating: list, board, detail and actions
 * @tag mq-issue-tracker
 *
 * @event {MqIssueFilterEvent} mq-issue-filter - A person changed filters, order or list and board; `view` says to what
 * @event {MqIssueOpenEvent} mq-issue-open - A person opened an issue; prevent it to show a page of your own
 * @event {MqIssueCloseEvent} mq-issue-close - A person closed the issue that was open
 * @event {MqIssueChangeEvent} mq-issue-change - The person did something to an issue here, and the server took it
 *
 * @csspart tabs - The states with their counts
 * @csspart tab - One state
 * @csspart search - The search field
 * @csspart chip - A chosen filter; pressing takes it away
 * @csspart pill - The button that tells of new issues
 * @csspart list - The list
 * @csspart board - The board
 * @csspart column - One state of the board
 * @csspart row - One issue of the list or board
 * @csspart state - The badge with an issue's state
 * @csspart clock - What is left of a time limit, or by how much it is exceeded
 * @csspart detail - The opened issue
 * @csspart actions - The buttons of what the person may do now
 * @csspart action - One of them
 * @csspart timeline - All that happened to the issue
 * @csspart dialog - The form of an action
 * @csspart viewer - The dialog that shows photos in full size
 * @csspart empty - What stands there when there is nothing to show
 * @csspart error - What stands there when nothing could be read
 * @csspart offline - The line above issues that may be out of date
 * @csspart retry - The button that tries again
 *
 * @slot before - Above the list: a notice of the host
 */
export class MqIssueTracker extends MqElement {
  static override styles = [MqElement.styles, styles]

  /** `list` or `board`. */
  @property() view: 'list' | 'board' = 'list'

  /** Only issues in this state; `open` is everything but closed, `all` is everything. */
  @property() state: IssueState | 'open' | 'all' = 'open'

  /** Only this category and those below it: its code. */
  @property() category?: string

  /** Only issues in which this unit has a part now: its id. */
  @property() unit?: string

  /** `breached`: past a deadline. `soon`: close to one. */
  @property() clock?: 'breached' | 'soon'

  /** Only issues of which a unit has asked for something that waits for the dispatcher. */
  @property({ type: Boolean }) asked = false

  /** Only issues under supervision. */
  @property({ type: Boolean }) supervised = false

  /** Only what the person has reported. */
  @property({ type: Boolean }) mine = false

  /** Only issues that contain these words, joined by blanks. */
  @property() q?: string

  /** `newest` first, the highest `priority` first, or what is `due` first. */
  @property() order: TrackerOrder = 'newest'

  /** The issue that is open: its id. */
  @property() issue?: string

  /** Keeps filters and the open issue in the address, after `#`, beside what the host has there. */
  @property({ type: Boolean }) hash = false

  /** Hides search and filters; the properties still work. */
  @property({ type: Boolean, attribute: 'no-filters' }) noFilters = false

  private body?: TrackerBody | undefined
  private failed = false

  /** Reads everything that is shown again. */
  reload(): void {
    this.body?.reload()
  }

  /** @internal What a person can choose, as it is now. */
  get chosen(): TrackerView {
    const { view, state, category, unit, clock, asked, supervised, mine, q, order } = this
    return { view, state, category, unit, clock, asked, supervised, mine, q, order }
  }

  protected override wake(): void {
    if (this.hasUpdated) void this.begin()
  }

  protected override rest(down: boolean): void {
    this.body?.leave()
    if (down) this.body = undefined
  }

  protected override connectionChanged(): void {
    this.body?.forget()
    void this.begin()
  }

  protected override updated(changed: PropertyValues): void {
    if (['area', 'hash', 'issue', ...choices].some((name) => changed.has(name as keyof MqIssueTracker)))
      void this.begin()
    this.body?.drawn()
  }

  private async begin(): Promise<void> {
    this.failed = false
    try {
      const { TrackerBody } = await import('./body.ts')
      if (!this.isAwake) return
      this.body ??= new TrackerBody(this, () => this.client())
      this.body.begin()
    } catch (error) {
      console.warn('minqing: the tracker could not be loaded', error)
      this.failed = true
      this.whenOnline(() => void this.begin())
    }
    this.requestUpdate('chosen')
  }

  private readonly again = (): void => void this.begin()

  protected override render() {
    if (this.body) return this.body.render()
    return html`<slot name="before"></slot>${
        this.failed
          ? html`<div class="card plain" part="error" role="alert">
              <p>${msg('页面没有加载完整，请检查网络', { id: 'tracker.broken' })}</p>
              <button class="button quiet" part="retry" @click=${this.again}>
                ${msg('重试', { id: 'common.retry' })}
              </button>
            </div>`
          : skeleton(6, true)
      }`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mq-issue-tracker': MqIssueTracker
  }
}
