import type { Client } from '@minqing/client'
import type { Photo } from '@minqing/core'
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { define } from './define.ts'
import { addStyles } from './lazy-styles.ts'
import { msg, updateWhenLocaleChanges } from './localize.ts'
import { viewerStyles } from './photo-viewer.styles.ts'
import { sentenceOf } from './problem-text.ts'

/** A swipe shorter than this, or steeper than wide, is none. Pixels. */
const swipe = 40

/** Photos to be looked at. */
export interface PhotoShow {
  photos: readonly Photo[]
  /** Name of the dialog: whose photos they are. */
  name: string
  /** What a screen reader says of the photo at an index. */
  alt: (index: number) => string
  client: () => Promise<Client>
}

/**
 * Shows photos one by one over the whole page. It is a modal dialog, so the browser keeps the focus in it and gives it
 * back afterwards.
 *
 * @internal
 */
export class MqPhotoViewer extends LitElement {
  /** @internal */
  @property({ attribute: false }) show!: PhotoShow
  @property({ type: Number }) index = 0
  @state() private address?: string
  @state() private problem?: unknown
  private pressed?: { x: number; y: number }

  constructor() {
    super()
    updateWhenLocaleChanges(this)
  }

  /** It stands in a widget's shadow root and shows in its look. */
  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addStyles({ renderRoot: this.getRootNode() as ShadowRoot }, viewerStyles)
    if (this.hasUpdated) this.open()
  }

  protected override firstUpdated(): void {
    this.open()
  }

  /** Also when the host has moved the widget: a dialog that was taken out of the page is modal no more. */
  private open(): void {
    const { dialog } = this
    dialog.removeAttribute('open')
    dialog.showModal()
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('index')) void this.load()
  }

  private get dialog(): HTMLDialogElement {
    return this.querySelector('dialog')!
  }

  private async load(): Promise<void> {
    const { index, show } = this
    this.address = this.problem = undefined
    try {
      const { photos } = await show.client()
      const address = await photos.url(show.photos[index]!.id, 'full')
      if (index === this.index) this.address = address
    } catch (problem) {
      if (index === this.index) this.problem = problem
    }
  }

  private go(step: number): void {
    const { length } = this.show.photos
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
    const { index, address, problem, show } = this
    const total = show.photos.length
    const { width, height } = show.photos[index]!
    return html`<dialog
      class="viewer"
      part="viewer"
      aria-label=${show.name}
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
                  alt=${show.alt(index)}
                  @error=${() => (this.problem ??= new TypeError('photo'))}
                />`
              : nothing
        }
      </div>
      <div class="row controls">
        ${total > 1 ? this.step(msg('上一张', { id: 'common.previousPhoto' }), -1, index === 0) : nothing}
        <span role="status">${index + 1} / ${total}</span>
        ${total > 1 ? this.step(msg('下一张', { id: 'common.nextPhoto' }), 1, index === total - 1) : nothing}
        <button class="button" autofocus @click=${() => this.dialog.close()}>
          ${msg('关闭', { id: 'common.close' })}
        </button>
      </div>
    </dialog>`
  }
}

define('mq-photo-viewer', MqPhotoViewer)

/** Opens photos at one of them, in the shadow root whose look they take. */
export function openPhotos(root: HTMLElement | DocumentFragment, show: PhotoShow, index: number): void {
  const viewer = document.createElement('mq-photo-viewer') as MqPhotoViewer
  Object.assign(viewer, { show, index })
  root.append(viewer)
}
