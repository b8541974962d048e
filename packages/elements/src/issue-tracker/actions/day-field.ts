import { dayMs, dayOf, workingDayIn, type Calendar } from '@minqing/core/wire'
import { LitElement, html, nothing, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { now } from '../../internal/clock.ts'
import { locale, msg, str, updateWhenLocaleChanges } from '../../internal/localize.ts'

const at = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const plus = (day: string, days: number): string =>
  new Date(at(day) + days * dayMs).toISOString().slice(0, 10)
const firstOf = (day: string): string => `${day.slice(0, 7)}-01`
const monthOn = (day: string, by: number): string => {
  const [year, month] = day.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, month - 1 + by, 1)).toISOString().slice(0, 10)
}
/** Monday is 0. */
const weekday = (day: string): number => (new Date(at(day)).getUTCDay() + 6) % 7

const format = (day: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale(), { timeZone: 'UTC', ...options }).format(at(day))
const full = { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' } as const

/** Deadlines lie at most a year ahead [I12]. */
const mostDays = 365

/**
 * Chooses a working day to come: some working days from now by one press, or any from a month in which days off are
 * shown and cannot be taken.
 *
 * @internal
 */
export class MqWorkDay extends LitElement {
  /** `2026-10-12`, or nothing. */
  @property() value = ''
  /** @internal */
  @property({ attribute: false }) calendar!: Calendar
  /** Only days later than this one can be taken. */
  @property() later = ''
  /** Name for screen readers. */
  @property() label = ''
  @property() describedby?: string
  @property({ type: Boolean }) invalid = false

  @state() private open = false
  /** The day that the keyboard stands on. */
  @state() private current = ''

  constructor() {
    super()
    updateWhenLocaleChanges(this)
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  private get today(): string {
    return dayOf(now())
  }

  private mayTake(day: string): boolean {
    const { today, later } = this
    return day >= today && day > later && day <= plus(today, mostDays) && this.calendar.isWorkingDay(day)
  }

  private take(day: string): void {
    if (day && !this.mayTake(day)) return
    this.value = day
    this.open = false
    this.dispatchEvent(new Event('change', { bubbles: true }))
    this.querySelector<HTMLElement>('.day-button')?.focus()
  }

  private toggle(): void {
    this.open = !this.open
    this.current = this.value || (this.later >= this.today ? plus(this.later, 1) : this.today)
    if (this.open) void this.updateComplete.then(() => this.focusDay())
  }

  private focusDay(): void {
    this.querySelector<HTMLElement>(`[data-day="${this.current}"]`)?.focus()
  }

  private key(event: KeyboardEvent): void {
    const { current } = this
    if (event.key === 'Escape') {
      // The dialog around it stays open.
      event.preventDefault()
      event.stopPropagation()
      this.open = false
      this.querySelector<HTMLElement>('.day-button')?.focus()
      return
    }
    const to = {
      ArrowLeft: plus(current, -1),
      ArrowRight: plus(current, 1),
      ArrowUp: plus(current, -7),
      ArrowDown: plus(current, 7),
      Home: plus(current, -weekday(current)),
      End: plus(current, 6 - weekday(current)),
      PageUp: monthOn(current, -1),
      PageDown: monthOn(current, 1),
    }[event.key]
    if (!to) return
    event.preventDefault()
    this.current = to
    void this.updateComplete.then(() => this.focusDay())
  }

  private quick(): TemplateResult[] {
    return [1, 3, 5, 10]
      .map((days) => [days, workingDayIn(now(), days, this.calendar)] as const)
      .filter(([, day]) => this.mayTake(day))
      .map(
        ([days, day]) =>
          html`<button
            type="button"
            class="button chip"
            aria-pressed=${day === this.value}
            @click=${() => this.take(day)}
          >
            ${msg(str`${days} 个工作日后`, { id: 'day.in' })}
          </button>`,
      )
  }

  private month(): TemplateResult {
    const { current, value, today } = this
    const first = firstOf(current)
    const start = plus(first, -weekday(first))
    const weeks = Array.from({ length: 6 }, (_, week) => plus(start, week * 7)).filter(
      (day) => day < monthOn(first, 1),
    )
    const go = (by: number) => () => (this.current = monthOn(current, by))
    const cell = (day: string) => {
      const may = this.mayTake(day)
      const off = !this.calendar.isWorkingDay(day)
      const name = `${format(day, full)}${off ? msg('，休息日', { id: 'day.off' }) : may ? '' : msg('，不可选', { id: 'day.no' })}`
      return html`<td role="gridcell" aria-selected=${day === value}>
        ${
          day.slice(0, 7) === current.slice(0, 7)
            ? html`<button
                type="button"
                class="day"
                data-day=${day}
                data-off=${off ? msg('休', { id: 'day.offShort' }) : nothing}
                aria-disabled=${may ? nothing : 'true'}
                aria-label=${name}
                aria-current=${day === today ? 'date' : nothing}
                tabindex=${day === current ? 0 : -1}
                @click=${() => this.take(day)}
              >
                ${Number(day.slice(8))}
              </button>`
            : nothing
        }
      </td>`
    }
    return html`<div class="month" @keydown=${this.key}>
      <div class="row-between">
        <button
          type="button"
          class="button quiet"
          aria-label=${msg('上个月', { id: 'day.previous' })}
          @click=${go(-1)}
        >
          ‹
        </button>
        <strong aria-live="polite">${format(first, { year: 'numeric', month: 'long' })}</strong>
        <button
          type="button"
          class="button quiet"
          aria-label=${msg('下个月', { id: 'day.next' })}
          @click=${go(1)}
        >
          ›
        </button>
      </div>
      <table role="grid" aria-label=${this.label}>
        <thead>
          <tr>
            ${Array.from({ length: 7 }, (_, n) => html`<th scope="col">${format(plus('2026-03-02', n), { weekday: 'narrow' })}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${weeks.map(
            (week) =>
              html`<tr>
                ${Array.from({ length: 7 }, (_, n) => cell(plus(week, n)))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`
  }

  protected override render(): TemplateResult {
    const { value, open } = this
    const shown = value ? format(value, full) : msg('选择日期', { id: 'day.choose' })
    return html`<div class="day-field">
      <button
        type="button"
        class="field day-button"
        aria-expanded=${open}
        aria-label=${msg(str`${this.label}：${shown}`, { id: 'common.colon' })}
        aria-describedby=${this.describedby ?? nothing}
        @click=${this.toggle}
      >
        ${shown}
      </button>
      ${value ? html`<button type="button" class="button quiet" @click=${() => this.take('')}>${msg('清除', { id: 'day.clear' })}</button>` : nothing}
      <div class="chips">${this.quick()}</div>
      ${open ? this.month() : nothing}
    </div>`
  }
}
