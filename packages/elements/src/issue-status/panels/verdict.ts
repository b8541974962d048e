import { issueLimits, type Report } from '@minqing/core/wire'
import { LitElement, html, nothing, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { define } from '../../internal/define.ts'
import { addStyles } from '../../internal/lazy-styles.ts'
import { msg, updateWhenLocaleChanges } from '../../internal/localize.ts'
import type { StatusBody } from '../body.ts'
import { sentence } from '../view/faces.ts'
import { starNames } from '../view/words.ts'
import { verdictStyles } from './verdict.styles.ts'

/** A form below a report. It renders into the widget's own shadow root, so that the host's `::part` rules hold. */
abstract class VerdictForm extends LitElement {
  /** @internal */
  @property({ attribute: false }) body!: StatusBody
  /** @internal */
  @property({ attribute: false }) report!: Report
  @state() protected busy = false
  @state() protected problem = ''

  constructor() {
    super()
    updateWhenLocaleChanges(this)
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  // Not when it is connected: it may stand in the page before its class is loaded, and has no properties then.
  protected override willUpdate(): void {
    addStyles(this.body.element, verdictStyles)
  }

  /** Sends once at a time; a failure is said and leaves everything as it was typed. */
  protected async send(change: 'rated' | 'reopened', work: () => Promise<Report>): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.problem = ''
    try {
      this.body.take(await work(), change)
    } catch (error) {
      this.problem = sentence(error)
      // Somebody else, or the clock, was quicker: show where it stands now.
      if ((error as { code?: string }).code === 'action_unavailable') void this.body.source.read(true)
    }
    this.busy = false
  }

  protected textOf(): string {
    return this.querySelector('textarea')!.value.trim()
  }

  protected alert(): TemplateResult {
    return html`<p class="wrong" role="alert" ?hidden=${!this.problem}>${this.problem}</p>`
  }

  protected textarea(label: string): TemplateResult {
    return html`<label class="block"
      >${label}<textarea class="field" rows="2" maxlength=${issueLimits.reason}></textarea>
    </label>`
  }
}

/** Stars in words, solved or not, and what else there is to say. */
export class ReportRating extends VerdictForm {
  @state() private stars = 0
  @state() private solved?: boolean

  private readonly submit = (event: Event): void => {
    event.preventDefault()
    const { stars, solved, report } = this
    if (solved === undefined || !stars) {
      this.problem =
        solved === undefined
          ? msg('请先选择问题有没有解决', { id: 'reports.rate.solved.missing' })
          : msg('请选择满意程度', { id: 'reports.rate.stars.missing' })
      this.querySelector<HTMLInputElement>(solved === undefined ? '[name=solved]' : '[name=stars]')?.focus()
      return
    }
    const text = this.textOf()
    void this.send('rated', async () =>
      (await this.body.client()).reports.rate({
        receipt: report.receipt,
        stars,
        solved,
        ...(text && { text }),
      }),
    )
  }

  protected override render() {
    const { stars, solved } = this
    const answers: [boolean, string][] = [
      [true, msg('已解决', { id: 'reports.solved' })],
      [false, msg('没有解决', { id: 'reports.unsolved' })],
    ]
    return html`<form part="rating" class="verdict" novalidate @submit=${this.submit}>
      <fieldset>
        <legend>${msg('问题解决了吗？', { id: 'reports.rate.solved' })}</legend>
        <div class="choices">
          ${answers.map(
            ([value, name]) =>
              html`<label class=${solved === value ? 'pick on' : 'pick'}
                ><input
                  type="radio"
                  name="solved"
                  .checked=${solved === value}
                  @change=${() => (this.solved = value)}
                />${name}</label
              >`,
          )}
        </div>
        ${
          solved === false
            ? html`<p class="small">
                ${msg('选“没有解决”，这件事会重新办理', { id: 'reports.rate.again' })}
              </p>`
            : nothing
        }
      </fieldset>
      <fieldset>
        <legend>${msg('对办理满意吗？', { id: 'reports.rate.stars' })}</legend>
        <div class="rate">
          ${starNames().map(
            (name, n) =>
              html`<label class=${n < stars ? 'star on' : 'star'}
                ><input
                  type="radio"
                  name="stars"
                  .checked=${stars === n + 1}
                  @change=${() => (this.stars = n + 1)}
                /><span aria-hidden="true">${n < stars ? '★' : '☆'}</span
                ><span class="word">${name}</span></label
              >`,
          )}
        </div>
      </fieldset>
      ${this.textarea(msg('还想说的（可不填）', { id: 'reports.rate.text' }))} ${this.alert()}
      <button class="button" aria-disabled=${this.busy}>
        ${msg('提交评价', { id: 'reports.rate.send' })}
      </button>
    </form>`
  }
}

/** Asks for the reason first, so that nothing is reopened by a slip of the finger. */
export class ReportReopening extends VerdictForm {
  @state() private open = false

  private readonly submit = (event: Event): void => {
    event.preventDefault()
    const reason = this.textOf()
    if (!reason) {
      this.problem = msg('请写下为什么需要重办', { id: 'reports.reopen.missing' })
      this.querySelector('textarea')!.focus()
      return
    }
    const { receipt } = this.report
    void this.send('reopened', async () => (await this.body.client()).reports.reopen({ receipt, reason }))
  }

  private async begin(): Promise<void> {
    this.open = true
    await this.updateComplete
    this.querySelector('textarea')?.focus()
  }

  protected override render() {
    if (!this.open) {
      return html`<p class="verdict" part="reopen">
        <button type="button" class="button quiet" @click=${this.begin}>
          ${msg('没有解决？要求重办', { id: 'reports.reopen.begin' })}
        </button>
      </p>`
    }
    return html`<form part="reopen" class="verdict" novalidate @submit=${this.submit}>
      ${this.textarea(msg('为什么需要重办', { id: 'reports.reopen.reason' }))} ${this.alert()}
      <p class="row">
        <button class="button" aria-disabled=${this.busy}>
          ${msg('要求重办', { id: 'reports.reopen' })}
        </button>
        <button type="button" class="button quiet" @click=${() => (this.open = false)}>
          ${msg('取消', { id: 'common.cancel' })}
        </button>
      </p>
    </form>`
  }
}

define('mq-report-rating', ReportRating)
define('mq-report-reopening', ReportReopening)
