import type { NoticeType } from '@minqing/core/wire'
import { html, type PropertyValues } from 'lit'
import { property } from 'lit/decorators.js'
import { MqElement } from '../internal/element.ts'
import { msg } from '../internal/localize.ts'
import type { InboxBody } from './body.ts'
import { styles } from './inbox.styles.ts'

/**
 * 消息: what happened to the issues that a person, their unit or their desk has to do with, newest first and live: handed
 * over, due soon, answered, rated. Pressing one opens its issue.
 *
 * This class is the shell: what a host sets, and the room that is kept. What shows messages is in `body.ts`, loaded
 * beside the client, since nothing can be shown before that.
 *
 * @summary Messages about issues, live, with what is unread
 * @tag mq-inbox
 *
 * @event {MqInboxCountEvent} mq-inbox-count - How many are unread, at first and whenever that changes: for a badge
 * @event {MqIssueOpenEvent} mq-issue-open - A person opened the issue of a message; prevent it to show your own page
 *
 * @csspart bar - The row with filters and “all read”
 * @csspart entry - One message
 * @csspart unread - The mark of one that is not read
 * @csspart empty - What stands there when nothing is to be shown
 * @csspart error - What stands there when nothing could be read
 * @csspart offline - The line above messages that may be out of date
 * @csspart retry - The button that tries again
 *
 * @slot heading - A heading of the host above the messages
 */
export class MqInbox extends MqElement {
  static override styles = [MqElement.styles, styles]

  /** Only messages that are not read. */
  @property({ type: Boolean }) unread = false

  /** Only messages of this type: `assigned`, `dueSoon`, `breached`, `rated`, … */
  @property() type?: NoticeType

  /** How many messages are unread, for `mq-inbox[count]::after` and the like; absent until known. */
  @property({ type: Number, reflect: true }) count?: number | undefined

  private body?: InboxBody | undefined
  private failed = false

  /** Reads the messages again. */
  reload(): void {
    void this.body?.source.read()
  }

  protected override wake(): void {
    if (this.hasUpdated) void this.begin()
  }

  protected override rest(down: boolean): void {
    this.body?.leave()
    if (!down) return
    this.body = undefined
    this.removeAttribute('count')
  }

  protected override connectionChanged(): void {
    this.body?.forget()
    this.count = undefined
    void this.begin()
  }

  protected override updated(changed: PropertyValues): void {
    if ((['unread', 'type', 'area'] as const).some((name) => changed.has(name)) || !this.body)
      void this.begin()
  }

  private async begin(): Promise<void> {
    this.failed = false
    try {
      const { InboxBody } = await import('./body.ts')
      if (!this.isAwake) return
      this.body ??= new InboxBody(this, () => this.client())
      this.body.begin()
    } catch (error) {
      console.warn('minqing: the inbox could not be loaded', error)
      this.failed = true
      this.whenOnline(() => void this.begin())
    }
    this.requestUpdate('body')
  }

  protected override render() {
    return html`<slot name="heading"></slot>${
        this.failed
          ? html`<p class="card plain" part="error" role="alert">
              ${msg('页面没有加载完整，请检查网络', { id: 'inbox.broken' })}
              <button class="button quiet" part="retry" @click=${this.begin}>
                ${msg('重试', { id: 'common.retry' })}
              </button>
            </p>`
          : (this.body?.render() ??
            html`<div class="bar"></div>
              <div class="card bone"></div>`)
      }`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mq-inbox': MqInbox
  }
}
