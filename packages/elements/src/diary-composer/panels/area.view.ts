import { html, nothing, type TemplateResult } from 'lit'
import { placeIcon } from '../../internal/icons.ts'
import { msg } from '../../internal/localize.ts'
import type { DeskArea } from '../model/desk.ts'

/** Where the diary belongs: said, or chosen when the person has several areas. */
export function areaView(
  areas: readonly DeskArea[],
  chosen: string | undefined,
  choose: (code: string) => void,
): TemplateResult | typeof nothing {
  if (areas.length < 2) {
    return areas[0] ? html`<p class="small">${placeIcon}${areas[0].name}</p>` : nothing
  }
  return html`<label class="small" for="area">${msg('所属区域', { id: 'composer.area' })}</label>
    <select
      id="area"
      class="field"
      @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
    >
      ${areas.map(({ code, name }) => html`<option value=${code} .selected=${code === chosen}>${name}</option>`)}
    </select>`
}
