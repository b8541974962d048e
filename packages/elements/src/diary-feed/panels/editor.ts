import type { Diary, DiaryChange, DiaryKind } from '@minqing/core'
import { diaryLimits } from '@minqing/core/wire'
import { html, nothing, type TemplateResult } from 'lit'
import { state } from 'lit/decorators.js'
import { define } from '../../internal/define.ts'
import { kindNames } from '../../internal/kinds.ts'
import { locale, msg, str } from '../../internal/localize.ts'
import { codeOf, sentenceOf } from '../../internal/problem-text.ts'
import { MqDiaryChangeEvent } from '../diary-feed.events.ts'
import { absolute } from '../../internal/time.ts'
import { FeedPanel } from './panel.ts'

/** What can be changed here; the rest of the diary stays as it is. */
interface Form {
  kind: DiaryKind
  text: string
  visited: string
  place: string
  photos: string[]
}

const formOf = ({ kind, text, visited, place, photos }: Diary): Form => ({
  kind,
  text,
  visited: visited.join(locale() === 'en' ? ', ' : '、'),
  place: place?.name ?? '',
  photos: photos.map(({ id }) => id),
})

/** Only what differs from the diary is sent. */
function changeOf(form: Form, diary: Diary): DiaryChange {
  const before = formOf(diary)
  const change: DiaryChange = {}
  if (form.kind !== before.kind) change.kind = form.kind
  if (form.text.trim() !== before.text.trim()) change.text = form.text.trim()
  if (form.visited !== before.visited) {
    change.visited = form.visited.split(/[、,,;;\n]+/).flatMap((name) => name.trim() || [])
  }
  if (form.place !== before.place) {
    const name = form.place.trim()
    const { longitude, latitude, precision = 'grid' } = diary.place ?? {}
    const located = longitude !== undefined && latitude !== undefined
    change.place =
      name || located ? { ...(name && { name }), ...(located && { longitude, latitude }), precision } : null
  }
  if (form.photos.join() !== before.photos.join()) change.photos = form.photos
  return change
}

/**
 * Edits a diary of one's own in its card. When somebody (or another window) was quicker, both versions are shown and
 * nothing typed is lost.
 *
 * @internal
 */
export class MqDiaryEditor extends FeedPanel {
  @state() private form!: Form
  @state() private saving = false
  @state() private problem?: unknown
  /** The newer version that stands in the way. */
  @state() private other?: Diary

  override connectedCallback(): void {
    super.connectedCallback()
    this.form ??= formOf(this.diary)
  }

  private set(part: Partial<Form>): void {
    this.form = { ...this.form, ...part }
  }

  private async save(event?: Event): Promise<void> {
    event?.preventDefault()
    if (this.saving || !this.form.text.trim()) return
    const base = this.other ?? this.diary
    const change = changeOf(this.form, base)
    if (!Object.keys(change).length) return this.leave()
    this.saving = true
    this.problem = undefined
    try {
      const { diaries } = await this.controller.client()
      const diary = await diaries.edit({ id: base.id, ...change }, { version: base.version })
      this.controller.take(diary)
      this.feed.element.dispatchEvent(new MqDiaryChangeEvent(diary, 'edited'))
      this.controller.say({ text: msg('已保存', { id: 'feed.saved' }) })
      this.leave()
    } catch (problem) {
      this.problem = problem
      if (codeOf(problem) === 'version_conflict') await this.readOther()
    }
    this.saving = false
  }

  private async readOther(): Promise<void> {
    try {
      const { diaries } = await this.controller.client()
      this.other = await diaries.get({ id: this.diary.id })
      this.controller.take(this.other)
    } catch (problem) {
      this.problem = problem
    }
  }

  /** Nothing typed is lost by a slip: what was given up can be taken up again. */
  private cancel(): void {
    const card = this.closest('article')
    const changed = Object.keys(changeOf(this.form, this.diary)).length > 0
    this.leave()
    if (!changed) return
    this.controller.say({
      text: msg('修改没有保存', { id: 'feed.canceled' }),
      undo: () => card?.querySelector('.panels')?.append(this),
    })
  }

  private useOther(): void {
    this.diary = this.other!
    this.form = formOf(this.diary)
    this.other = this.problem = undefined
  }

  private key({ key, keyCode, ctrlKey, metaKey, isComposing }: KeyboardEvent): void {
    // 229: Safari ends the composition before it tells of the key that ended it.
    if (isComposing || keyCode === 229) return
    if (key === 'Enter' && (ctrlKey || metaKey)) void this.save()
  }

  private conflict(other: Diary): TemplateResult {
    return html`<p>
        ${msg('这篇日记在别处已被修改。您写的内容还在，请核对后决定：', { id: 'feed.conflict' })}
      </p>
      <div class="both">
        <div>
          <p class="small">
            ${msg(str`最新版本 · ${absolute(new Date(other.editedAt))}`, { id: 'feed.theirs' })}
          </p>
          ${other.text}
        </div>
        <div>
          <p class="small">${msg('您的修改', { id: 'feed.yours' })}</p>
          ${this.form.text}
        </div>
      </div>
      <div class="row">
        <button class="button quiet" type="button" @click=${this.useOther}>
          ${msg('改用最新版本', { id: 'feed.useTheirs' })}
        </button>
        <span class="small">${msg('或继续修改，保存即以您的内容为准', { id: 'feed.keepYours' })}</span>
      </div>`
  }

  private photos(): TemplateResult {
    const { photos } = this.form
    const all = (this.other ?? this.diary).photos
    return html`<div class="row">
      ${all.map(({ id }, index) => {
        const kept = photos.includes(id)
        const toggle = () =>
          this.set({
            photos: all.flatMap((one) => ((one.id === id) !== photos.includes(one.id) ? one.id : [])),
          })
        return html`<label class="row">
          <input type="checkbox" .checked=${kept} @change=${toggle} />
          ${msg(str`保留照片 ${index + 1}`, { id: 'feed.keepPhoto' })}
        </label>`
      })}
    </div>`
  }

  protected override render(): TemplateResult {
    const { form, saving, problem, other } = this
    const value = (event: Event) => (event.target as HTMLInputElement).value
    return html`<form @submit=${this.save} @keydown=${this.key}>
      <h4>${msg('修改日记', { id: 'feed.editTitle' })}</h4>
      <div role="alert">
        ${other ? html`<div class="note">${this.conflict(other)}</div>` : problem ? html`<p class="note bad">${sentenceOf(problem)}</p>` : nothing}
      </div>
      <label>
        <span class="small">${msg('内容', { id: 'feed.editText' })}</span>
        <textarea
          class="field"
          rows="6"
          required
          maxlength=${diaryLimits.text}
          .value=${form.text}
          @input=${(event: Event) => this.set({ text: value(event) })}
        ></textarea>
      </label>
      <label>
        <span class="small">${msg('类型', { id: 'feed.editKind' })}</span>
        <select class="field" @change=${(event: Event) => this.set({ kind: value(event) as DiaryKind })}>
          ${kindNames().map(([kind, name]) => html`<option value=${kind} .selected=${kind === form.kind}>${name}</option>`)}
        </select>
      </label>
      <label>
        <span class="small">${msg('走访对象（用顿号分开）', { id: 'feed.editVisited' })}</span>
        <input
          class="field"
          .value=${form.visited}
          @input=${(event: Event) => this.set({ visited: value(event) })}
        />
      </label>
      <label>
        <span class="small">${msg('地点', { id: 'feed.editPlace' })}</span>
        <input
          class="field"
          maxlength=${diaryLimits.placeName}
          .value=${form.place}
          @input=${(event: Event) => this.set({ place: value(event) })}
        />
      </label>
      ${this.diary.photos.length ? this.photos() : nothing}
      <div class="row end">
        <button class="button quiet" type="button" @click=${this.cancel}>
          ${msg('取消', { id: 'common.cancel' })}
        </button>
        <button class="button" type="submit" ?disabled=${saving || !form.text.trim()}>
          ${saving ? msg('正在保存…', { id: 'feed.saving' }) : msg('保存', { id: 'feed.save' })}
        </button>
      </div>
    </form>`
  }
}

define('mq-diary-editor', MqDiaryEditor)
