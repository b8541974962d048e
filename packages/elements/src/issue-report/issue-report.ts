import { reportLimits } from '@minqing/core/wire'
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { MqElement } from '../internal/element.ts'
import { msg, str } from '../internal/localize.ts'
import type { ReportBody } from './body.ts'
import { styles } from './issue-report.styles.ts'

/**
 * 群众反映: a short form by which residents complain, ask and suggest: what happened and where, photos if they like, how to
 * be reached if they like. What is typed is kept on this device; what was sent has a receipt number, and its progress is
 * shown right there.
 *
 * This class is the shell, in which one can write at once. The rest is in `body.ts`, loaded beside the client.
 *
 * @summary Residents report a matter and get a receipt
 * @tag mq-issue-report
 *
 * @event {MqReportSentEvent} mq-report-sent - The server has the report; `report.receipt` is what to keep
 *
 * @slot heading - A heading of the host above the form
 * @slot hint - Advice below the form: telephone numbers for emergencies, opening hours
 *
 * @csspart card - The frame around all
 * @csspart text - The field for what happened
 * @csspart area - The choice of the area
 * @csspart place - The field for the exact place
 * @csspart category - The choice of the category
 * @csspart photos - The row of photos
 * @csspart contact - Name and telephone
 * @csspart send - The button that sends
 * @csspart status - The line that says what happened
 * @csspart receipt - The receipt number after sending
 */
export class MqIssueReport extends MqElement {
  static override styles = [MqElement.styles, styles]

  /** Without signing in, where the server allows it: no photos, and the receipt number is the only way back. */
  @property({ type: Boolean }) anonymous = false

  /** Address of a page with `<mq-issue-status>`; `{receipt}` in it becomes the receipt number. */
  @property({ attribute: 'status-url' }) statusUrl?: string

  /** @internal What goes on behind the form; absent until loaded. */
  @state() body?: ReportBody | undefined
  @state() private failed = false
  @state() private length = 0
  @query('textarea') private textarea?: HTMLTextAreaElement
  /** Counts the starts: what an earlier one brings is late. */
  private turn = 0

  protected override wake(): void {
    if (this.hasUpdated) void this.start()
  }

  protected override rest(down: boolean): void {
    this.stop()
    if (down) this.write('')
  }

  protected override firstUpdated(): void {
    void this.start()
  }

  /** Another person or place: their draft, not this one's. */
  protected override connectionChanged(): void {
    this.stop()
    this.write('')
    void this.start()
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    if ((changed.has('area') || changed.has('anonymous')) && this.hasUpdated) this.connectionChanged()
  }

  /** Puts the caret into the text. */
  override focus(options?: FocusOptions): void {
    this.textarea?.focus(options)
  }

  /** @internal What stands in the text field. */
  get text(): string {
    return this.textarea?.value ?? ''
  }

  /** @internal Not bound in the template: writing it back would break an IME's composition. */
  write(text: string): void {
    if (this.textarea) this.textarea.value = text
    this.length = text.length
  }

  private async start(): Promise<void> {
    const turn = ++this.turn
    this.failed = false
    try {
      const { ReportBody } = await import('./body.ts')
      if (turn !== this.turn || !this.isAwake) return
      this.body = new ReportBody(this, () => this.client())
      this.body.begin()
    } catch (error) {
      if (turn !== this.turn) return
      console.warn('minqing: the form could not be loaded', error)
      this.failed = true
      this.whenOnline(() => void this.start())
    }
  }

  private stop(): void {
    this.turn++
    this.body?.end()
    this.body = undefined
  }

  private readonly onInput = (): void => {
    this.length = this.text.length
    this.body?.typed(this.text)
  }

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault()
    void this.body?.submit()
  }

  private room(): TemplateResult | typeof nothing {
    const left = reportLimits.text - this.length
    if (left >= 200) return nothing
    return html`<p class=${left < 0 ? 'small over-limit' : 'small'}>
      ${
        left < 0
          ? msg(str`超出 ${-left} 字`, { id: 'report.over' })
          : msg(str`还可以写 ${left} 字`, { id: 'report.left' })
      }
    </p>`
  }

  protected override render() {
    const { body } = this
    if (body?.isDone) return html`<div class="card" part="card">${body.done()}</div>`
    return html`<form
      class="card"
      part="card"
      aria-label=${msg('反映问题', { id: 'report.form' })}
      novalidate
      @submit=${this.onSubmit}
    >
      <slot name="heading"></slot>
      <label class="name" for="text">${msg('发生了什么事，或有什么建议？', { id: 'report.text' })}</label>
      <textarea
        id="text"
        class="field"
        part="text"
        rows="5"
        placeholder=${msg('例如：村口的路灯已经坏了三天，晚上走路看不见', { id: 'report.text.hint' })}
        aria-describedby="status"
        ?readonly=${body?.isSending}
        @input=${this.onInput}
      ></textarea>
      ${this.room()} ${body?.fields() ?? html`<div class="bones"></div>`}
      <button class="button send" part="send" aria-disabled=${!body || body.isSending}>
        ${body?.isSending ? msg('正在提交…', { id: 'report.sending' }) : msg('提交', { id: 'report.send' })}
      </button>
      ${
        this.failed
          ? html`<p class="note bad status" role="alert">
              ${msg('页面没有加载完整，请检查网络', { id: 'reports.broken' })}
              <button type="button" class="button quiet" @click=${this.start}>
                ${msg('重试', { id: 'common.retry' })}
              </button>
            </p>`
          : nothing
      }
      <div id="status">${body?.status()}</div>
      <slot name="hint"></slot>
    </form>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mq-issue-report': MqIssueReport
  }
}
