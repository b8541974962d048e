import type { DiaryKind } from '@minqing/core/wire'
import { html, nothing, type PropertyValues } from 'lit'
import { property } from 'lit/decorators.js'
import { MqElement } from '../internal/element.ts'
import { msg } from '../internal/localize.ts'
import type { FeedBody } from './body.ts'
import type { FeedView } from './diary-feed.events.ts'
import { styles } from './diary-feed.styles.ts'
import { skeleton } from './view/skeleton.ts'

const choices = ['kind', 'tag', 'author', 'mine', 'q', 'date'] as const

/**
 * 民情动态: colleagues' diaries, newest first and live, with filters, search, comments and photos. It scrolls with the
 * page, or inside the nearest scrolling ancestor, and stays light however long the list is.
 *
 * This class is the shell: what a host sets, and the room that is kept. What shows diaries is in `body.ts`, loaded
 * beside the client, since nothing can be shown before that.
 *
 * @summary Colleagues' diaries, live
 * @tag mq-diary-feed
 *
 * @event {MqFeedFilterEvent} mq-feed-filter - A person changed filters, search or date; `view` says to what
 * @event {MqAuthorOpenEvent} mq-author-open - A person pressed an author's name; prevent it to show your own page
 * @event {MqDiaryOpenEvent} mq-diary-open - A person opened the comments of a diary
 * @event {MqIssueOpenEvent} mq-issue-open - A person pressed where a diary's issue stands; prevent it to show your own page
 * @event {MqDiaryForwardEvent} mq-diary-forward - The person made an issue of a diary here
 * @event {MqDiaryChangeEvent} mq-diary-change - The person edited, deleted or restored a diary of theirs here
 *
 * @csspart search - The search field
 * @csspart filter - A filter that can be chosen
 * @csspart chip - A chosen filter; pressing takes it away
 * @csspart pill - The button that tells of new diaries
 * @csspart card - One diary
 * @csspart author - The name of a diary's author
 * @csspart kind - The badge with a diary's kind
 * @csspart text - The text of a diary
 * @csspart tag - A #tag in the text
 * @csspart photos - The photos of a diary
 * @csspart photo - One photo
 * @csspart viewer - The dialog that shows photos in full size
 * @csspart answer - The accepted answer of a help diary
 * @csspart comment - One comment
 * @csspart issue - The button that says where a diary's issue stands
 * @csspart action - Buttons below a diary or comment
 * @csspart empty - What stands there when nothing is to be shown
 * @csspart error - What stands there when nothing could be read
 * @csspart offline - The line above diaries that may be out of date
 * @csspart retry - The button that tries again
 *
 * @slot before - Above the first diary: a notice of the host
 */
export class MqDiaryFeed extends MqElement {
  static override styles = [MqElement.styles, styles]

  /** Only diaries of this kind: `visit`, `factory`, `workshop`, `idea` or `help`. */
  @property() kind?: DiaryKind

  /** Only diaries with this tag, written without `#`. */
  @property() tag?: string

  /** Only diaries of the person with this id. */
  @property() author?: string

  /** Only the reader's own diaries. */
  @property({ type: Boolean }) mine = false

  /** Only diaries that contain these words, joined by blanks. */
  @property() q?: string

  /** Begins at the end of this day (`2026-03-08`) instead of now; `oldest` begins at the first diary. */
  @property() date?: string

  /** Hides search and filters; the properties still work. */
  @property({ type: Boolean, attribute: 'no-filters' }) noFilters = false

  private body?: FeedBody | undefined
  private failed = false

  /** Reads the list again from its beginning. */
  reload(): void {
    this.body?.reload()
  }

  /** @internal What a person can choose, as it is now. */
  get view(): FeedView {
    const { kind, tag, author, mine, q, date } = this
    return { kind, tag, author, mine, q, date }
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
    if (['area', ...choices].some((name) => changed.has(name as keyof MqDiaryFeed))) void this.begin()
    // Without a name in it, the update came from a language that has arrived.
    else this.body?.adapt(!changed.size)
  }

  private async begin(): Promise<void> {
    this.failed = false
    try {
      // It takes hold of what is drawn: after a rest that has to be drawn first.
      const [{ FeedBody }] = await Promise.all([import('./body.ts'), this.updateComplete])
      if (!this.isAwake) return
      this.body ??= new FeedBody(this, () => this.client())
      this.body.begin()
    } catch (error) {
      console.warn('minqing: the feed could not be loaded', error)
      this.failed = true
      this.whenOnline(() => void this.begin())
    }
    this.requestUpdate('view')
  }

  private readonly press = (event: Event): void => this.body?.press(event)
  private readonly key = (event: KeyboardEvent): void => this.body?.key(event)

  protected override render() {
    const { body } = this
    const chosen = choices.some((name) => this[name])
    return html`${
        this.noFilters
          ? nothing
          : html`<div class=${chosen ? 'bar chosen' : 'bar'}>
              <mq-feed-filters .feed=${body} .view=${this.view}></mq-feed-filters>
            </div>`
      }
      <slot name="before"></slot>
      <div @click=${this.press} @keydown=${this.key}>
        ${body?.above()}
        <div class="above"></div>
        <div
          class="list"
          role="feed"
          tabindex="-1"
          aria-label=${msg('民情动态', { id: 'feed.label' })}
          aria-busy=${!body || body.loading ? 'true' : 'false'}
        ></div>
        <div class="below"></div>
        ${
          this.failed
            ? html`<p class="card plain" part="error" role="alert">
                ${msg('页面没有加载完整，请检查网络', { id: 'feed.broken' })}
                <button class="button quiet" part="retry" @click=${this.begin}>
                  ${msg('重试', { id: 'common.retry' })}
                </button>
              </p>`
            : (body?.end() ?? skeleton(6))
        }
      </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mq-diary-feed': MqDiaryFeed
  }
}
