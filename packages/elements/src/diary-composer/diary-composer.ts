import type { DiaryKind } from '@minqing/core/wire'
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { MqElement } from '../internal/element.ts'
import { personIcon, placeIcon } from '../internal/icons.ts'
import { msg, str } from '../internal/localize.ts'
import { sentenceOf } from '../internal/problem-text.ts'
import { composerStyles } from './diary-composer.styles.ts'
import { pickerView } from './picker.view.ts'
import {
  faceView,
  kindsView,
  placeholderOf,
  statusView,
  underText,
  type Status,
} from './diary-composer.view.ts'
import type { Flow } from './model/flow.ts'
import { emptyDraft, isBlank, type Draft } from './model/draft.ts'
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
 * @event {MqDiaryForwardEvent} mq-diary-forward - The diary has become an issue, as its author wished
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
  /** @internal What goes on behind the form; absent until loaded. */
  @state() flow?: Flow | undefined
  /** @internal */
  @state() publishing = false
  @state() private problem?: unknown
  @state() private status?: Status | undefined
  @query('textarea') private textarea?: HTMLTextAreaElement

  /** @internal */
  readonly panels = new Panels(this)
  /** Counts the starts: what an earlier one brings is late. */
  private turn = 0
  private saveTimer?: ReturnType<typeof setTimeout> | undefined

  protected override wake(): void {
    document.addEventListener('visibilitychange', this.saveNow)
    addEventListener('pagehide', this.saveNow)
    addEventListener('online', this.onOnline)
    if (this.hasUpdated) void this.start()
  }

  protected override rest(down: boolean): void {
    document.removeEventListener('visibilitychange', this.saveNow)
    removeEventListener('pagehide', this.saveNow)
    removeEventListener('online', this.onOnline)
    this.stop()
    if (down) this.clear()
  }

  protected override firstUpdated(): void {
    // Not when it has left the page before it was drawn.
    if (this.isAwake) void this.start()
  }

  /** Another person or place: their draft, not this one's. */
  protected override connectionChanged(): void {
    this.stop()
    this.clear()
    void this.start()
  }

  private clear(): void {
    this.empty()
    this.status = undefined
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    if (changed.has('kind') && isBlank(this.draft)) this.draft = { ...this.draft, kind: this.kind }
    if (changed.has('area') && this.hasUpdated) this.connectionChanged()
  }

  /** Puts the caret into the text. */
  override focus(options?: FocusOptions): void {
    this.textarea?.focus(options)
  }

  /** Learns who writes and brings their draft back. The form can be used meanwhile. */
  private async start(): Promise<void> {
    const turn = ++this.turn
    try {
      const [mq, { Flow }] = await Promise.all([this.client(), import('./model/flow.ts')])
      const flow = await Flow.open(this, mq, this.area)
      if (turn !== this.turn) return flow.end()
      this.flow = flow
      this.problem = undefined
      flow.begin()
    } catch (error) {
      if (turn === this.turn) this.problem = error
    }
  }

  private stop(): void {
    this.saveNow()
    this.turn++
    this.flow?.end()
    this.flow = undefined
    this.panels.hide('waiting')
  }

  private readonly onOnline = async () => {
    const { flow } = this
    if (this.problem) void this.start()
    else if (flow && !(await flow.isStillTheirs()) && flow === this.flow) this.connectionChanged()
  }

  /** @internal */
  say(text: string, how: Omit<Status, 'text'> = {}): void {
    this.status = { text, ...how }
  }

  /** @internal */
  change(part: Partial<Draft>): void {
    this.draft = { ...this.draft, ...part }
    clearTimeout(this.saveTimer)
    this.saveTimer = setTimeout(this.saveNow, saveDelayMs)
  }

  private readonly saveNow = () => {
    if (!this.saveTimer || !this.flow || this.publishing) return
    this.saved()
    this.flow.save()
  }

  /** @internal Nothing is left to save. */
  saved(): void {
    clearTimeout(this.saveTimer)
    this.saveTimer = undefined
  }

  /** @internal Puts a draft on the screen. */
  fill(draft: Draft): void {
    this.draft = draft
    if (draft.photos.length) void this.panels.show('photos')
    if (draft.visited.length) void this.panels.show('visited')
    if (draft.place) void this.panels.show('place')
    // Not bound in the template: writing the value back while an IME composes would break the composition.
    if (this.textarea) this.textarea.value = draft.text
    void this.updateComplete.then(() => this.grow())
  }

  /** @internal */
  empty(): void {
    this.panels.hide('photos', 'visited', 'place')
    this.fill({ ...emptyDraft(), kind: this.kind, area: this.draft.area })
  }

  private grow(): void {
    if (!this.textarea) return
    const { style } = this.textarea
    style.height = 'auto'
    style.height = `${this.textarea.scrollHeight + 2}px`
  }

  /** @internal */
  readonly addPhotos = async (files: readonly File[]): Promise<void> => {
    const panel = await this.panels.show('photos')
    await panel?.add(files)
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
      if (!this.flow) await this.start()
      if (!this.flow) throw this.problem
      return await this.flow.publish()
    } catch (error) {
      this.say(msg(str`${sentenceOf(error)}。内容仍在，没有丢失`, { id: 'composer.kept' }), { bad: true })
      return false
    } finally {
      this.publishing = false
    }
  }

  protected override render(): TemplateResult {
    const { draft, panels } = this
    const placeholder = placeholderOf(draft.kind)
    return html`<form
      aria-label=${msg('写民情日记', { id: 'composer.form' })}
      novalidate
      @submit=${this.onSubmit}
      @keydown=${this.onKey}
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
        ${panels.render('place')}
        <div class="where">${this.flow?.renderArea()}</div>
        <div class="bar" part="toolbar">
          ${pickerView(this.addPhotos)}
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
