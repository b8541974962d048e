import type { Report } from '@minqing/core/wire'
import { html, nothing, type PropertyValues } from 'lit'
import { property } from 'lit/decorators.js'
import { MqElement } from '../internal/element.ts'
import { msg } from '../internal/localize.ts'
import type { StatusBody } from './body.ts'
import { styles } from './issue-status.styles.ts'

/**
 * 办理进度: where a resident's report stands, by its receipt number or as a list of one's own: unit in charge, until when,
 * the answer; rating and reopening when it is time. Looks again by itself.
 *
 * This class is the shell: what a host sets, and the room that is kept. What shows reports is in `body.ts`, loaded
 * beside the client, since nothing can be shown before that.
 *
 * @summary Where a resident's report stands
 * @tag mq-issue-status
 *
 * @event {MqReportChangeEvent} mq-report-change - The resident rated a result here or had it reopened
 *
 * @csspart form - The form that asks for the receipt number
 * @csspart card - One report
 * @csspart progress - The line of steps
 * @csspart facts - Unit, time limit, number
 * @csspart answer - The answer
 * @csspart steps - What happened, step by step
 * @csspart rating - The form for the rating, and the rating given
 * @csspart reopen - The form to have it taken up again
 * @csspart empty - What stands there when nothing is to be shown
 * @csspart error - What stands there when nothing could be read
 * @csspart offline - The line above what may be out of date
 * @csspart retry - The button that tries again
 *
 * @slot heading - Above all: a heading of the host
 */
export class MqIssueStatus extends MqElement {
  static override styles = [MqElement.styles, styles]

  /** Receipt number of a report; case, blanks and hyphens do not matter. Without it the resident types one. */
  @property() receipt?: string

  /** The reports of the resident who is signed in, instead of one by its receipt number. */
  @property({ type: Boolean }) mine = false

  /** @internal A report that is known already: shown at once instead of being asked for. */
  @property({ attribute: false }) report?: Report

  private body?: StatusBody | undefined
  private failed = false

  /** Reads again what is shown. */
  reload(): void {
    void this.body?.source.read()
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
    if ((['receipt', 'mine', 'report'] as const).some((name) => changed.has(name)) || !this.body) {
      void this.begin()
    }
  }

  private async begin(): Promise<void> {
    this.failed = false
    try {
      const { StatusBody } = await import('./body.ts')
      if (!this.isAwake) return
      this.body ??= new StatusBody(this, () => this.client())
      this.body.begin()
    } catch (error) {
      console.warn('minqing: the status could not be loaded', error)
      this.failed = true
      this.whenOnline(() => void this.begin())
    }
    this.requestUpdate('body')
  }

  protected override render() {
    const { body } = this
    const broken = html`<p class="card plain" part="error" role="alert">
      ${msg('页面没有加载完整，请检查网络', { id: 'reports.broken' })}
      <button class="button quiet" part="retry" @click=${this.begin}>
        ${msg('重试', { id: 'common.retry' })}
      </button>
    </p>`
    return html`<slot name="heading"></slot>${
        this.failed ? broken : (body?.render() ?? html`<div class="card bone"></div>`)
      }${nothing}`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mq-issue-status': MqIssueStatus
  }
}
