import type { OutboxEntry, OutboxState } from '@minqing/client'
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { addStyles } from '../../internal/lazy-styles.ts'
import { locale, msg, str } from '../../internal/localize.ts'
import { isSignedOut, sentenceOf } from '../../internal/problem-text.ts'
import type { ComposerHost, Panel } from './panel.ts'
import { waitingStyles } from './waiting-panel.styles.ts'

const freshMs = 1500

const excerpt = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

/** Diaries that are on this device and not yet on the server: what waits, what is on its way, what was refused. */
export class WaitingPanel implements Panel {
  private readonly host: ComposerHost
  private timer?: ReturnType<typeof setTimeout> | undefined

  constructor(host: ComposerHost) {
    this.host = host
    addStyles(host, waitingStyles)
  }

  render(): TemplateResult {
    const state = this.host.flow?.outbox.state
    if (!state) return html`${nothing}`
    const mending = this.host.draft.mends
    const parked = state.parked.filter(({ id }) => id !== mending)
    const entries = [...parked, ...this.stale(state)]
    if (!entries.length) return html`${nothing}`
    return html`<section
      class="waiting"
      part="waiting"
      aria-label=${msg('本机待发日记', { id: 'composer.waiting' })}
    >
      ${this.reason({ ...state, pending: this.stale(state) })}
      <ul>
        ${repeat(
          entries,
          ({ id }) => id,
          (entry) => this.entry(entry),
        )}
      </ul>
    </section>`
  }

  /** With a good network a diary is gone before one could read that it waits: then the list does not flash up. */
  private stale({ pending, online, lastError }: OutboxState): readonly OutboxEntry[] {
    if (!online || lastError) return pending
    const fresh = pending.filter(({ attempts, enqueuedAt }) => !attempts && Date.now() - enqueuedAt < freshMs)
    if (fresh.length && !this.timer) {
      this.timer = setTimeout(() => {
        this.timer = undefined
        this.host.requestUpdate()
      }, freshMs)
    }
    return pending.filter((entry) => !fresh.includes(entry))
  }

  private reason({ pending, online, lastError }: OutboxState): TemplateResult {
    if (!pending.length) return html`${nothing}`
    const n = pending.length
    const why =
      lastError && isSignedOut(lastError.code)
        ? msg('登录后自动发送', { id: 'composer.waiting.sign-in' })
        : !online || lastError?.code === 'offline'
          ? msg('联网后自动发送', { id: 'composer.waiting.offline' })
          : lastError
            ? msg(str`${sentenceOf(lastError)}，稍后自动重试`, { id: 'composer.waiting.problem' })
            : msg('正在发送', { id: 'composer.waiting.sending' })
    return html`<p class="reason">
      <span>${msg(str`${n} 篇日记已保存在本机，${why}`, { id: 'composer.waiting.saved' })}</span>
      <button type="button" class="button quiet" @click=${() => void this.host.flow?.outbox.flush()}>
        ${msg('立即发送', { id: 'composer.waiting.now' })}
      </button>
    </p>`
  }

  private entry(entry: OutboxEntry): TemplateResult {
    const { id, state, problem, progress, input, photos } = entry
    const parked = state === 'parked'
    const { arrived } = entry
    const time = new Date(entry.enqueuedAt).toLocaleString(locale(), {
      dateStyle: 'short',
      timeStyle: 'short',
    })
    const count = photos.length
    return html`<li class=${parked ? 'parked' : ''} part="waiting-entry">
      <p class="text">${excerpt(input.text)}</p>
      <p class="small">
        ${time}${count ? html` · ${msg(str`${count} 张照片`, { id: 'composer.waiting.photos' })}` : nothing}
        ${
          state === 'sending' && progress !== undefined && count
            ? html`<progress
                  max="1"
                  value=${progress}
                  aria-label=${msg('照片上传进度', { id: 'composer.progress' })}
                ></progress>
                ${Math.round(progress * 100)}%`
            : nothing
        }
      </p>
      ${arrived && !parked ? html`<p class="small">${msg('日记已发布，等待上报为事项', { id: 'composer.arrived' })}</p>` : nothing}
      ${parked && problem ? html`<p class="why">${arrived ? msg('日记已发布，但没能上报为事项', { id: 'composer.parked.forward' }) : msg('未能发布', { id: 'composer.parked' })}:${this.why(entry)}</p>` : nothing}
      ${parked ? (arrived ? this.forwarding(id) : this.actions(entry)) : nothing}
    </li>`
  }

  private why({ problem }: OutboxEntry): string {
    const fields = problem?.fields?.map(({ path, limit }) => [path.slice(1), limit].filter(Boolean).join(' '))
    return sentenceOf(problem) + (fields?.length ? ` (${fields.join(locale() === 'en' ? ', ' : '、')})` : '')
  }

  private actions({ id, problem }: OutboxEntry): TemplateResult {
    const code = problem?.code
    // What cannot be opened now can be tried again: the key may be there.
    const isClosed = code === 'entry_locked' || code === 'entry_damaged' || code === 'entry_unknown'
    const outbox = this.host.flow?.outbox
    const again = () => void (isClosed ? outbox?.flush() : outbox?.retry(id))
    return html`<p class="actions">
      ${
        isClosed
          ? nothing
          : html`<button type="button" class="button quiet" @click=${() => void this.host.flow?.mend(id)}>
              ${msg('修改', { id: 'composer.parked.mend' })}
            </button>`
      }
      <button type="button" class="button quiet" @click=${again}>
        ${msg('再发一次', { id: 'composer.parked.retry' })}
      </button>
      <button type="button" class="button quiet" @click=${() => void this.discard(id)}>
        ${msg('放弃', { id: 'composer.parked.discard' })}
      </button>
    </p>`
  }

  /** The diary is safe: only whether it becomes an issue is left to decide. */
  private forwarding(id: string): TemplateResult {
    return html`<p class="actions">
      <button type="button" class="button quiet" @click=${() => void this.host.flow?.outbox.retry(id)}>
        ${msg('再上报一次', { id: 'composer.parked.forward.retry' })}
      </button>
      <button type="button" class="button quiet" @click=${() => void this.discard(id, true)}>
        ${msg('不上报了', { id: 'composer.parked.forward.discard' })}
      </button>
    </p>`
  }

  private async discard(id: string, isThere = false): Promise<void> {
    const outbox = this.host.flow?.outbox
    await outbox?.discard(id)
    const text = isThere
      ? msg('没有上报，日记仍在', { id: 'composer.parked.forward.discarded' })
      : msg('已放弃这篇日记', { id: 'composer.parked.discarded' })
    this.host.say(text, {
      undo: () => void outbox?.restore(id),
    })
  }
}
