import { diaryLimits, type Place } from '@minqing/core/wire'
import { html, nothing, type TemplateResult } from 'lit'
import { closeIcon, placeIcon } from '../../internal/icons.ts'
import { addStyles } from '../../internal/lazy-styles.ts'
import { msg } from '../../internal/localize.ts'
import { MapSpot } from '../../internal/map/map-spot.ts'
import { position, whyNot, type Coordinates } from '../../internal/position.ts'
import type { ComposerHost, Panel } from './panel.ts'
import { panelStyles } from './panel.styles.ts'

/** Where it was, if the author wants to say. The position is asked for only on a press, and blurred unless exact. */
export class PlacePanel implements Panel {
  private readonly host: ComposerHost
  private readonly map: MapSpot
  /** What the place was before the pin was moved. */
  private before: Place | undefined
  private locating = false

  constructor(host: ComposerHost) {
    this.host = host
    addStyles(host, panelStyles)
    this.map = new MapSpot(host, (to) => this.moved(to))
  }

  render(): TemplateResult {
    const { place } = this.host.draft
    return html`<div class="panel" part="place">
      <label for="place">${msg('地点（可不填）', { id: 'composer.place' })}</label>
      <div class="row">
        <input
          id="place"
          class="field"
          autocomplete="off"
          maxlength=${diaryLimits.placeName}
          .value=${place?.name ?? ''}
          placeholder=${msg('地点名称', { id: 'composer.place.hint' })}
          @input=${(event: Event) => this.set({ name: (event.target as HTMLInputElement).value || undefined })}
        />
        <button type="button" class="button quiet" aria-disabled=${this.locating} @click=${this.locate}>
          ${placeIcon}${
            this.locating
              ? msg('正在定位…', { id: 'composer.place.locating' })
              : msg('定位', { id: 'composer.place.locate' })
          }
        </button>
        ${
          place
            ? html`<button
                type="button"
                class="bare"
                aria-label=${msg('移除地点', { id: 'composer.place.remove' })}
                @click=${this.remove}
              >
                ${closeIcon}
              </button>`
            : nothing
        }
      </div>
      ${place?.longitude === undefined ? nothing : this.precision(place)} ${this.map.render(place)}
    </div>`
  }

  private precision(place: Place): TemplateResult {
    const choice = (value: Place['precision'], text: string) =>
      html`<label class="choice"
        ><input
          type="radio"
          name="precision"
          .checked=${place.precision === value}
          @change=${() => this.set({ precision: value })}
        />${text}</label
      >`
    return html`<fieldset class="row">
      <legend class="sr">${msg('位置精度', { id: 'composer.place.precision' })}</legend>
      ${choice('grid', msg('模糊到约 1 公里', { id: 'composer.place.grid' }))}
      ${choice('exact', msg('精确位置', { id: 'composer.place.exact' }))}
    </fieldset>`
  }

  private set(part: Partial<Place>): void {
    const place: Place = { precision: 'grid', ...this.host.draft.place, ...part }
    this.host.change({ place: place.name || place.longitude !== undefined ? place : undefined })
  }

  private readonly remove = () => {
    const { place } = this.host.draft
    this.host.change({ place: undefined })
    this.host.say(msg('已移除地点', { id: 'composer.place.removed' }), {
      undo: () => this.host.change({ place }),
    })
  }

  private moved(to: Coordinates): void {
    if (this.host.publishing) return
    this.before ??= this.host.draft.place
    const { before } = this
    this.set(to)
    this.host.say(msg('已改正位置', { id: 'composer.place.moved' }), {
      action: msg('回到原处', { id: 'composer.place.back' }),
      undo: () => {
        this.before = undefined
        this.host.change({ place: before })
      },
    })
  }

  private readonly locate = async () => {
    if (this.locating) return
    this.locating = true
    this.host.requestUpdate()
    try {
      const { longitude, latitude } = await position(() =>
        this.host.say(msg('宿主应用没有给出位置，正在用浏览器定位…', { id: 'composer.place.refused' })),
      )
      this.before = undefined
      this.set({ longitude, latitude })
      this.located(msg('已定位', { id: 'composer.place.located' }), false)
    } catch (error) {
      const why = {
        refused: () =>
          msg('没有得到定位许可，可在浏览器或系统设置中打开，也可以直接填写地点名称', {
            id: 'composer.place.denied',
          }),
        late: () => msg('定位超时，可以再试一次，也可以直接填写地点名称', { id: 'composer.place.late' }),
        unknown: () => msg('无法取得位置，可以直接填写地点名称', { id: 'composer.place.failed' }),
      }
      this.located(why[whyNot(error)](), true)
    }
  }

  private located(text: string, bad: boolean): void {
    this.locating = false
    this.host.say(text, { bad })
  }
}
