import type { OutboxEntry, OutboxState, ProblemData } from '@minqing/client'
import { diaryLimits, type Diary, type DiaryKind } from '@minqing/core/wire'
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { MqElement } from '../internal/element.ts'
import { personIcon, placeIcon } from '../internal/icons.ts'
import { msg, str } from '../internal/localize.ts'
import { sentenceOf } from '../internal/problem-text.ts'
import { MqDiaryParkedEvent, MqDiaryQueuedEvent, MqDiarySentEvent } from './diary-composer.events.ts'
import { composerStyles } from './diary-composer.styles.ts'
import {
  faceView,
  kindsView,
  placeholderOf,
  statusView,
  underText,
  type Status,
} from './diary-composer.view.ts'
import type { Desk } from './model/desk.ts'
import { emptyDraft, isBlank, join, type Draft } from './model/draft.ts'
import type { ComposerHost } from './panels/panel.ts'
import { Panels, type PanelName } from './panels/panels.ts'

const saveDelayMs = 400

/**
 * Writes a diary: text with #tags, kind, photos, who was visited, place. What is typed is kept as a draft on this
 * device; what is published waits there, too, until the server has it, with or without signal.
 *
 * @tagname mq-diary-composer
 *
 * @event {MqDiaryQueuedEvent} mq-diary-queued - The diary is safe on this device and will be sent
 * @event {MqDiarySentEvent} mq-diary-sent - The server has the diary
 * @event {MqDiaryParkedEvent} mq-diary-parked - The server refused the diary; it is kept for its author to mend
 *
 * @slot heading - A heading above the form
 * @slot hint - Advice below the form, such as what not to write down
 *
 * @csspart card - The frame around all
 * @csspart kinds - The choice of the kind
 * @csspart text - The text field
 * @csspart tags - The tags found in the text
 * @csspart toolbar - The row of buttons
 * @csspart publish - The button that publishes
 * @csspart photos - The row of photos
 * @csspart visited - The part about who was visited
 * @csspart place - The part about the place
 * @csspart status - The line that says what happened
 * @csspart waiting - The list of diaries that wait on this device
 * @csspart waiting-entry - One of them
 */
export class MqDiaryComposer extends MqElement implements ComposerHost {
  static override styles = [MqElement.styles, composerStyles]

  /** Kind that a new diary starts with: `visit`, `factory`, `workshop`, `idea` or `help`. */
  @property() kind: DiaryKind = 'visit'

  /** @internal What is in the form. */
  @state() draft: Draft = emptyDraft()
  /** @internal Who writes, and where it is kept; absent until loaded. */
  @state() desk?: Desk

  @state() private problem?: unknown
  @state() private status?: Status | undefined
  @state() private publishing = false
  @query('textarea') private textarea?: HTMLTextAreaElement

  private readonly panels = new Panels(this)
  private readonly intake = new FileIntake(this, (files) => this.addPhotos(files))
  private turn = 0
  private saveTimer?: ReturnType<typeof setTimeout> | undefined
  private stopWatching?: (() => void) | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('visibilitychange', this.saveNow)
    addEventListener('pagehide', this.saveNow)
    addEventListener('online', this.onOnline)
    if (this.hasUpdated) void this.start()
  }

  override disconnectedCallback(): void {
    document.removeEventListener('visibilitychange', this.saveNow)
    removeEventListener('pagehide', this.saveNow)
    removeEventListener('online', this.onOnline)
    this.stop()
    super.disconnectedCallback()
  }

  protected override firstUpdated(): void {
    void this.start()
  }

  /** Another person or place: their draft, not this one's. */
  protected override connectionChanged(): void {
    this.stop()
    this.empty()
    this.status = undefined
    void this.start()
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    if (changed.has('kind') && isBlank(this.draft)) this.draft = { ...this.draft, kind: this.kind }
    if (changed.has('area') && this.hasUpdated) this.connectionChanged()
  }

  override focus(options?: FocusOptions): void {
    this.textarea?.focus(options)
  }

  /** Learns who writes and brings their draft back. The form can be used meanwhile. */
  private async start(): Promise<void> {
    const turn = ++this.turn
    try {
      const [mq, { Desk }] = await Promise.all([this.client(), import('./model/desk.ts')])
      const desk = await Desk.open(mq, this.area)
      const stored = await desk.restore().catch(() => undefined)
      if (turn !== this.turn) return desk.close()
      this.desk = desk
      this.problem = undefined
      const typed = this.draft
      if (stored) this.fill(join(stored, typed))
      if (stored && !isBlank(stored)) this.sayRestored()
      if (!isBlank(typed)) this.change({})
      this.stopWatching = desk.watch({
        sent: (id, diary) => this.sent(id, diary),
        parked: (id, problem, wasWaiting) => this.parked(id, problem, wasWaiting),
        changed: (outbox) => this.outboxChanged(outbox),
      })
    } catch (error) {
      if (turn === this.turn) this.problem = error
    }
  }

  private stop(): void {
    this.saveNow()
    this.turn++
    this.stopWatching?.()
    this.desk?.close()
    this.desk = this.stopWatching = undefined
    this.panels.hide('waiting')
  }

  private readonly onOnline = () => {
    if (this.problem) void this.start()
  }

  private sayRestored(): void {
    const before = this.draft
    const clear = () => {
      this.empty()
      this.change({})
      this.say(msg('已清空', { id: 'composer.cleared' }), { undo: () => this.refill(before) })
    }
    const text = msg('已恢复上次未发布的内容', { id: 'composer.restored' })
    this.status = { text, action: msg('清空', { id: 'composer.clear' }), undo: clear }
  }

  /** @internal */
  say(text: string, how: { bad?: boolean; undo?: () => void } = {}): void {
    this.status = { text, ...how }
  }

  /** @internal */
  change(part: Partial<Draft>): void {
    this.draft = { ...this.draft, ...part }
    clearTimeout(this.saveTimer)
    this.saveTimer = setTimeout(this.saveNow, saveDelayMs)
  }

  private readonly saveNow = () => {
    const { desk, draft } = this
    if (!this.saveTimer || !desk || this.publishing) return
    this.forgetTimer()
    draft.id ??= desk.newId()
    const saved = isBlank(draft) && !draft.mends ? desk.forget() : desk.save(draft)
    saved.catch(() =>
      this.say(msg('草稿没有保存,请勿关闭页面', { id: 'composer.draft.failed' }), { bad: true }),
    )
  }

  private forgetTimer(): void {
    clearTimeout(this.saveTimer)
    this.saveTimer = undefined
  }

  /** Puts a draft on the screen. */
  private fill(draft: Draft): void {
    this.draft = draft
    if (draft.photos.length) void this.panels.show('photos')
    if (draft.visited.length) void this.panels.show('visited')
    if (draft.place) void this.panels.show('place')
    // Not bound in the template: writing the value back while an IME composes would break the composition.
    if (this.textarea) this.textarea.value = draft.text
    void this.updateComplete.then(() => this.grow())
  }

  private refill(draft: Draft): void {
    this.fill(draft)
    this.change({})
  }

  private empty(): void {
    this.panels.hide('photos', 'visited', 'place')
    this.fill({ ...emptyDraft(), kind: this.kind, area: this.draft.area })
  }

  private grow(): void {
    if (!this.textarea) return
    const { style } = this.textarea
    style.height = 'auto'
    style.height = `${this.textarea.scrollHeight + 2}px`
  }

  private async addPhotos(files: readonly File[]): Promise<void> {
    const panel = await this.panels.show('photos')
    await panel?.add(files)
  }

  private get areaCode(): string | undefined {
    const areas = this.desk?.areas ?? []
    return (areas.find(({ code }) => code === this.draft.area) ?? areas[0])?.code
  }

  /**
   * Publishes what is in the form, as the button does. Resolves with whether the diary is safe; when not, the form
   * still has everything and says why.
   */
  async publish(): Promise<boolean> {
    if (this.publishing) return false
    this.publishing = true
    try {
      await this.panels.get('photos')?.settled()
      return await this.publishDraft()
    } catch (error) {
      this.say(`${sentenceOf(error)}。${msg('内容仍在,没有丢失', { id: 'composer.kept' })}`, { bad: true })
      return false
    } finally {
      this.publishing = false
    }
  }

  private async publishDraft(): Promise<boolean> {
    const { length } = this.draft.text.trim()
    if (!length || length > diaryLimits.text) {
      const over = length - diaryLimits.text
      this.say(
        length
          ? msg(str`超出 ${over} 字`, { id: 'composer.over' })
          : msg('请先写下内容', { id: 'composer.blank' }),
        { bad: true },
      )
      this.focus()
      return false
    }
    if (!this.desk) await this.start()
    const { desk, areaCode } = this
    if (!desk || !areaCode) throw this.problem
    this.draft.id ??= desk.newId()
    const published = await desk.publish(this.draft, areaCode)
    this.forgetTimer()
    this.empty()
    const before = await desk.forgetPublished()
    if (before) this.refill(before)
    if ('sent' in published) this.sent(published.sent.id, published.sent)
    else this.queued(published.entry)
    return true
  }

  private queued(entry: OutboxEntry): void {
    this.dispatchEvent(new MqDiaryQueuedEvent(entry))
    const { pending, online } = this.desk!.outbox.state
    if (!pending.some(({ id }) => id === entry.id)) return
    this.say(
      online
        ? msg('已保存,正在发送…', { id: 'composer.sending' })
        : msg('已保存在本机,联网后自动发送', { id: 'composer.queued' }),
    )
  }

  /** @internal Puts a refused diary back into the form; what was in the form comes back after. */
  async mend(id: string): Promise<void> {
    try {
      const draft = await this.desk?.mend(id, this.draft)
      if (!draft) return
      this.empty()
      this.refill(draft)
      this.say(msg('请修改后重新发布', { id: 'composer.mending' }))
      this.focus()
    } catch (error) {
      this.say(sentenceOf(error), { bad: true })
    }
  }

  private outboxChanged({ pending, parked }: OutboxState): void {
    const waits = [...pending, ...parked]
    const { id, mends } = this.draft
    // The page died between the outbox's taking the diary and the draft's going: it is safe there.
    if (!this.publishing && !mends && waits.some((entry) => entry.id === id)) {
      this.empty()
      this.change({})
      this.status = undefined
    }
    if (waits.length) void this.panels.show('waiting')
    this.requestUpdate()
  }

  private parked(id: string, problem: ProblemData | undefined, wasWaiting: boolean): void {
    if (wasWaiting) this.say(msg('有日记未能发布,请查看原因', { id: 'composer.refused' }), { bad: true })
    this.dispatchEvent(new MqDiaryParkedEvent(id, problem))
  }

  private sent(id: string, diary?: Diary): void {
    this.say(msg('已发布', { id: 'composer.sent' }))
    this.dispatchEvent(new MqDiarySentEvent(id, diary))
  }

  protected override render(): TemplateResult {
    const { draft, panels, intake } = this
    const areas = this.desk?.areas ?? []
    const placeholder = placeholderOf(draft.kind)
    return html`<form
      class=${intake.isOver ? 'drop' : ''}
      aria-label=${msg('写民情日记', { id: 'composer.form' })}
      novalidate
      @submit=${this.onSubmit}
      @keydown=${this.onKey}
      @paste=${intake.onPaste}
      @dragover=${intake.onDrag}
      @dragleave=${intake.onLeave}
      @drop=${intake.onDrop}
    >
      <div class="card" part="card">
        <slot name="heading"></slot>
        ${kindsView(draft.kind, (kind) => this.change({ kind }))}
        <textarea
          class="field"
          part="text"
          rows="4"
          aria-label=${placeholder}
          placeholder=${placeholder}
          ?readonly=${this.publishing}
          @input=${this.onInput}
        ></textarea>
        ${underText(draft.text)} ${panels.render('photos')} ${panels.render('visited')}
        ${panels.render('place')} ${whereView(areas, this.areaCode, (area) => this.change({ area }))}
        <div class="bar" part="toolbar">
          ${pickerView(intake)}
          ${this.renderToggle('visited', personIcon, msg('走访对象', { id: 'composer.visited' }))}
          ${this.renderToggle('place', placeIcon, msg('地点', { id: 'composer.place.short' }))}
          <button class="button publish" part="publish" aria-disabled=${this.publishing}>
            ${msg('发布', { id: 'composer.publish' })}
          </button>
        </div>
        ${this.problem ? faceView(this.problem, () => void this.start()) : nothing}
        ${statusView(this.status, () => (this.status = undefined))} ${panels.render('waiting')}
        <slot name="hint"></slot>
      </div>
    </form>`
  }

  private renderToggle(name: PanelName, icon: TemplateResult, label: string): TemplateResult {
    const open = this.panels.isOpen(name)
    return html`<button
      type="button"
      class="button quiet"
      aria-expanded=${open}
      @click=${() => (open ? this.panels.hide(name) : void this.openAndFocus(name))}
    >
      ${icon}${label}
    </button>`
  }

  private async openAndFocus(name: PanelName): Promise<void> {
    await this.panels.show(name)
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(`#${name}`)?.focus()
  }

  private readonly onInput = (event: Event) => {
    this.change({ text: (event.target as HTMLTextAreaElement).value })
    this.grow()
  }

  private readonly onSubmit = (event: Event) => {
    event.preventDefault()
    void this.publish()
  }

  private readonly onKey = (event: KeyboardEvent) => {
    const composing = event.isComposing || event.keyCode === 229
    if (event.key !== 'Enter' || composing || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void this.publish()
  }
}
