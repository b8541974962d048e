import type { Diary } from '@minqing/core'
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { state } from 'lit/decorators.js'
import { define } from '../../internal/define.ts'
import { addStyles } from '../../internal/lazy-styles.ts'
import { msg, str } from '../../internal/localize.ts'
import { sentenceOf } from '../../internal/problem-text.ts'
import type { FeedBody } from '../body.ts'
import { FeedPanel } from './panel.ts'
import { viewerStyles } from './viewer.styles.ts'

/** A swipe shorter than this, or steeper than wide, is none. Pixels. */
const swipe = 40

/**
 * Shows the photos of a diary one by one over the whole page. It is a modal dialog, so the browser keeps the focus in
 * it and gives it back afterwards.
 *
 * @internal
 */
export class MqPhotoViewer extends FeedPanel {
  @state() index = 0
  @state() private address?: string
  @state() private problem?: unknown
  private pressed?: { x: number; y: number }

  override connectedCallback(): void {
    super.connectedCallback()
    addStyles(this.feed, viewerStyles)
  }

  protected override firstUpdated(): void {
    this.dialog.showModal()
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('index')) void this.load()
  }

  private get dialog(): HTMLDialogElement {
    return this.querySelector('dialog')!
  }

  private async load(): Promise<void> {
    const { index } = this
    this.address = this.problem = undefined
    try {
      const { photos } = await this.controller.client()
      const address = await photos.url(this.diary.photos[index]!.id, 'full')
      if (index === this.index) this.address = address
    } catch (problem) {
      if (index === this.index) this.problem = problem
    }
  }

  private go(step: number): void {
    const { length } = this.diary.photos
    this.index = Math.max(0, Math.min(length - 1, this.index + step))
  }

  private key(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -99, End: 99 }[event.key]
    if (!step) return
    event.preventDefault()
    this.go(step)
  }

  private lift({ clientX, clientY }: PointerEvent): void {
    const { pressed } = this
    this.pressed = undefined
    if (!pressed) return
    const x = clientX - pressed.x
    if (Math.abs(x) > swipe && Math.abs(x) > Math.abs(clientY - pressed.y)) this.go(x < 0 ? 1 : -1)
  }

  private step(name: string, step: number, end: boolean): TemplateResult {
    // Not disabled at the end: the focus would be lost with it.
    return html`<button class="button" aria-disabled=${end} @click=${() => this.go(step)}>${name}</button>`
  }

  protected override render(): TemplateResult {
    const { index, address, problem, diary } = this
    const total = diary.photos.length
    const { width, height } = diary.photos[index]!
    return html`<dialog
      class="viewer"
      part="viewer"
      aria-label=${msg(str`${diary.author.name}的照片`, { id: 'feed.photosOf' })}
      @close=${() => this.remove()}
      @keydown=${this.key}
      @pointerdown=${({ clientX: x, clientY: y }: PointerEvent) => (this.pressed = { x, y })}
      @pointerup=${this.lift}
      @pointercancel=${() => (this.pressed = undefined)}
    >
      <div class="stage">
        ${
          problem
            ? html`<p role="alert">${sentenceOf(problem)}</p>
                <button class="button" @click=${this.load}>${msg('重试', { id: 'common.retry' })}</button>`
            : address
              ? html`<img
                  src=${address}
                  width=${width}
                  height=${height}
                  draggable="false"
                  alt=${msg(str`${diary.author.name}的日记照片，第 ${index + 1} 张`, { id: 'feed.photoAlt' })}
                  @error=${() => (this.problem ??= new TypeError('photo'))}
                />`
              : nothing
        }
      </div>
      <div class="row controls">
        ${total > 1 ? this.step(msg('上一张', { id: 'feed.previous' }), -1, index === 0) : nothing}
        <span role="status">${index + 1} / ${total}</span>
        ${total > 1 ? this.step(msg('下一张', { id: 'feed.next' }), 1, index === total - 1) : nothing}
        <button class="button" autofocus @click=${() => this.dialog.close()}>
          ${msg('关闭', { id: 'common.close' })}
        </button>
      </div>
    </dialog>`
  }
}

define('mq-photo-viewer', MqPhotoViewer)

/** Opens the photos of a diary at one of them. */
export function openViewer(feed: FeedBody, diary: Diary, index: number): void {
  const viewer = document.createElement('mq-photo-viewer') as MqPhotoViewer
  Object.assign(viewer, { feed, diary, index })
  feed.renderRoot.append(viewer)
}
