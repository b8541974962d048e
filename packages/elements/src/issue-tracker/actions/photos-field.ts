import { LitElement, html, nothing, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { updateWhenLocaleChanges } from '../../internal/localize.ts'
import { photoPicker } from '../../internal/photos/photo-picker.ts'
import { PhotoRow, type DraftPhoto, type PhotoHost } from '../../internal/photos/photo-row.ts'

/**
 * Photos of an action's form: picked or taken, made small, moved and removed.
 *
 * @internal
 */
export class MqIssuePhotos extends LitElement {
  /** @internal */
  @property({ attribute: false }) value: readonly DraftPhoto[] = []
  @property({ type: Number }) max = 9
  @state() private said = ''
  private row?: PhotoRow

  constructor() {
    super()
    updateWhenLocaleChanges(this)
  }

  /** It stands in the tracker's shadow root and shows in its look. */
  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.row ??= new PhotoRow(this.host(), this.max)
  }

  /** The row adds its styles to the root in which the field stands. */
  private host(): PhotoHost {
    const photos = () => this.value
    const complete = () => this.updateComplete
    return {
      renderRoot: this.getRootNode() as ShadowRoot,
      get draft() {
        return { photos: photos() }
      },
      get updateComplete() {
        return complete()
      },
      requestUpdate: () => this.requestUpdate(),
      addController: (controller) => this.addController(controller),
      removeController: (controller) => this.removeController(controller),
      change: (part) => this.change(part.photos),
      say: (text) => (this.said = text),
    }
  }

  private change(photos: readonly DraftPhoto[]): void {
    this.value = photos
    this.dispatchEvent(new Event('change', { bubbles: true }))
  }

  protected override render(): TemplateResult {
    return html`${this.row?.render() ?? nothing}
      <div class="row">${photoPicker((files) => this.row?.add(files))}</div>
      <p class="small" role="status">${this.said}</p>`
  }
}
