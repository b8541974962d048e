import type { Client } from '@minqing/client'
import type { InboxEntry, NoticeType } from '@minqing/core/wire'
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { now } from '../internal/clock.ts'
import { MqIssueOpenEvent } from '../internal/issue-events.ts'
import { addStyles } from '../internal/lazy-styles.ts'
import { msg, str } from '../internal/localize.ts'
import { codeOf, isSignedOut, sentenceOf } from '../internal/problem-text.ts'
import { clock } from '../internal/time.ts'
import { MqInboxCountEvent } from './inbox.events.ts'
import type { MqInbox } from './inbox.ts'
import { InboxSource } from './model/source.ts'
import { entryView } from './view/entry.ts'
import { inboxStyles } from './view/inbox.styles.ts'
import { typeNames } from './view/words.ts'

/** What shows messages in the shell of the element. */
export class InboxBody {
  readonly source: InboxSource
  private said?: string | undefined
  private ticking?: ReturnType<typeof setInterval> | undefined

  constructor(
    readonly element: MqInbox,
    client: () => Promise<Client>,
  ) {
    addStyles(element, inboxStyles)
    this.source = new InboxSource(client, () => this.changed())
  }

  /** Shows what the element's properties name. */
  begin(): void {
    const { unread, type, area } = this.element
    // The times on the screen grow older.
    this.ticking ??= setInterval(() => this.element.requestUpdate('body'), 60_000)
    this.source.begin({ unread, type }, area)
  }

  leave(): void {
    clearInterval(this.ticking)
    this.ticking = undefined
    this.source.leave()
  }

  /** Another person, or another server. */
  forget(): void {
    this.source.forget()
  }

  private changed(): void {
    const { element, source } = this
    if (source.unread !== undefined && source.unread !== element.count) {
      element.count = source.unread
      element.dispatchEvent(new MqInboxCountEvent(source.unread))
    }
    element.requestUpdate('body')
  }

  open(entry: InboxEntry): void {
    this.mark([entry.id])
    this.element.dispatchEvent(new MqIssueOpenEvent(entry.issue, entry.number))
  }

  mark(ids?: readonly string[]): void {
    this.said = undefined
    const marked = ids ? this.source.markRead(ids) : this.source.markAllRead()
    marked.catch((problem: unknown) => {
      this.said = sentenceOf(problem)
      this.element.requestUpdate('body')
    })
  }

  private bar(): TemplateResult {
    const { element, source } = this
    const { unread: count = 0 } = source
    const tab = (on: boolean, name: string) =>
      html`<button class="tab" aria-pressed=${element.unread === on} @click=${() => (element.unread = on)}>
        ${name}
      </button>`
    return html`<div class="bar" part="bar">
      ${tab(false, msg('全部', { id: 'inbox.all' }))}
      ${tab(true, count ? msg(str`未读 ${count}`, { id: 'inbox.unread.count' }) : msg('未读', { id: 'inbox.unread' }))}
      <select
        class="field"
        aria-label=${msg('消息类型', { id: 'inbox.type' })}
        @change=${(event: Event) => {
          element.type = ((event.target as HTMLSelectElement).value || undefined) as NoticeType
        }}
      >
        <option value="" .selected=${!element.type}>${msg('所有类型', { id: 'inbox.type.any' })}</option>
        ${typeNames().map(
          ([type, name]) => html`<option value=${type} .selected=${type === element.type}>${name}</option>`,
        )}
      </select>
      ${
        count && source.entries.some(({ read }) => !read)
          ? html`<button class="tab all" @click=${() => this.mark()}>
              ${msg('全部标为已读', { id: 'inbox.mark.all' })}
            </button>`
          : nothing
      }
    </div>`
  }

  private trouble(): TemplateResult {
    const { problem } = this.source
    const code = codeOf(problem)
    const text = isSignedOut(code)
      ? msg('请先登录，再查看消息', { id: 'inbox.signed-out' })
      : code === 'offline'
        ? msg('当前没有网络，联网后会自动加载', { id: 'inbox.offline' })
        : sentenceOf(problem)
    return html`<div class="card plain" part="error" role="alert">
      <p>${text}</p>
      <button class="button quiet" part="retry" @click=${() => this.source.read()}>
        ${msg('重试', { id: 'common.retry' })}
      </button>
    </div>`
  }

  private face(): TemplateResult {
    const { source, element } = this
    if (source.problem && !source.loading) return this.trouble()
    if (!source.readAt) return html`<div class="card bone"></div>`
    return html`<p class="card plain" part="empty">
      ${
        element.unread
          ? msg('没有未读的消息', { id: 'inbox.empty.unread' })
          : element.type
            ? msg('没有这一类消息', { id: 'inbox.empty.type' })
            : msg('还没有消息', { id: 'inbox.empty' })
      }
    </p>`
  }

  private list(): TemplateResult {
    const { source } = this
    const moment = new Date(now())
    return html`<ul class="card list" aria-label=${msg('消息', { id: 'inbox.label' })}>
        ${repeat(
          source.entries,
          ({ id }) => id,
          (entry) => entryView(this, entry, moment),
        )}
      </ul>
      ${
        source.next
          ? html`<p class="more">
              <button class="tab" aria-disabled=${source.loading} @click=${() => source.more()}>
                ${msg('更早的消息', { id: 'inbox.more' })}
              </button>
            </p>`
          : nothing
      }`
  }

  render(): TemplateResult {
    const { source, said } = this
    const stale =
      source.problem && source.readAt && source.entries.length
        ? msg(str`连接不上服务器，显示的是 ${clock(source.readAt)} 之前的消息，恢复后会自动更新`, {
            id: 'inbox.since',
          })
        : undefined
    return html`${this.bar()}
      <div role="status">
        ${stale ? html`<p class="note" part="offline">${stale}</p>` : nothing}
        ${said ? html`<p class="note bad">${said}</p>` : nothing}
      </div>
      ${source.entries.length ? this.list() : this.face()}`
  }
}
