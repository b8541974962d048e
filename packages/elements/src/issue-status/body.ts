import type { Client } from '@minqing/client'
import type { Report } from '@minqing/core/wire'
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { now } from '../internal/clock.ts'
import { addStyles } from '../internal/lazy-styles.ts'
import { msg } from '../internal/localize.ts'
import { MqReportChangeEvent } from './issue-status.events.ts'
import type { MqIssueStatus } from './issue-status.ts'
import { isReceipt, typedReceipt } from './model/receipt.ts'
import { StatusSource } from './model/source.ts'
import { face, stale } from './view/faces.ts'
import { reportView } from './view/report.ts'
import { statusStyles } from './view/status.styles.ts'

/** What shows reports in the shell of the element. */
export class StatusBody {
  readonly source: StatusSource
  /** What is wrong with the number typed. */
  private wrong = ''
  /** The number that was typed and looked up. */
  private typed = ''
  private loadedVerdict = false

  constructor(
    readonly element: MqIssueStatus,
    readonly client: () => Promise<Client>,
  ) {
    addStyles(element, statusStyles)
    this.source = new StatusSource(client, () => this.changed())
  }

  /** Shows what the element's properties name. */
  begin(): void {
    const { mine, receipt, report } = this.element
    if (mine) return this.source.begin('mine')
    const wanted = typedReceipt(receipt ?? report?.receipt ?? this.typed)
    if (receipt && !isReceipt(wanted)) this.wrong = this.wrongText()
    this.source.begin(isReceipt(wanted) ? { receipt: wanted } : undefined, report)
  }

  leave(): void {
    this.source.leave()
  }

  /** Another person, or another server. */
  forget(): void {
    this.typed = this.wrong = ''
    this.source.forget()
  }

  private changed(): void {
    const { reports } = this.source
    if (!this.loadedVerdict && reports.some(({ ratable, reopenable }) => ratable || reopenable)) {
      this.loadedVerdict = true
      import('./panels/verdict.ts').catch(() => (this.loadedVerdict = false))
    }
    this.element.requestUpdate('body')
  }

  /** A report as it is after what the resident did. */
  take(report: Report, change: 'rated' | 'reopened'): void {
    this.source.replace(report)
    this.element.dispatchEvent(new MqReportChangeEvent(report, change))
  }

  private wrongText(): string {
    return msg('受理编号是 16 位字母和数字，请核对', { id: 'reports.receipt.wrong' })
  }

  private readonly look = (event: Event): void => {
    event.preventDefault()
    const field = (event.target as HTMLFormElement).querySelector('input')!
    const plain = typedReceipt(field.value)
    this.wrong = isReceipt(plain) ? '' : this.wrongText()
    this.typed = plain
    if (this.wrong) field.focus()
    else if (JSON.stringify(this.source.asked) === JSON.stringify({ receipt: plain })) void this.source.read()
    else this.source.begin({ receipt: plain })
    this.element.requestUpdate('body')
  }

  private ask(): TemplateResult {
    const { wrong } = this
    return html`<form class="card ask" part="form" novalidate @submit=${this.look}>
      <label for="receipt">${msg('受理编号', { id: 'reports.receipt' })}</label>
      <div class="row">
        <input
          id="receipt"
          class="field"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          maxlength="40"
          placeholder=${msg('提交时给您的 16 位编号', { id: 'reports.receipt.hint' })}
          aria-invalid=${wrong ? 'true' : 'false'}
          aria-describedby="wrong"
        />
        <button class="button">${msg('查询', { id: 'reports.look' })}</button>
      </div>
      <p id="wrong" class="wrong" role="alert" ?hidden=${!wrong}>${wrong}</p>
    </form>`
  }

  render(): TemplateResult {
    const { element, source } = this
    const moment = new Date(now())
    const asks = !element.mine && !element.receipt && !element.report
    return html`${asks ? this.ask() : nothing} ${stale(this)}
      ${
        element.receipt && !asks && this.wrong && !source.asked
          ? html`<p class="card plain" part="error" role="alert">${this.wrong}</p>`
          : nothing
      }
      ${face(this)}
      <div>
        ${repeat(
          source.reports,
          ({ id }) => id,
          (report) => reportView(this, report, moment),
        )}
      </div>
      ${
        source.next && source.reports.length
          ? html`<p class="more">
              <button class="button quiet" aria-disabled=${source.loading} @click=${() => source.more()}>
                ${msg('更早的', { id: 'reports.more' })}
              </button>
            </p>`
          : nothing
      }`
  }
}
