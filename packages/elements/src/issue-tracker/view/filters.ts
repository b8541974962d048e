import { html, nothing, type TemplateResult } from 'lit'
import { addStyles } from '../../internal/lazy-styles.ts'
import { msg } from '../../internal/localize.ts'
import { categoryField } from '../actions/category-field.ts'
import { fieldStyles } from '../actions/fields.styles.ts'
import type { TrackerBody } from '../body.ts'
import type { TrackerOrder, TrackerView } from '../model/view.ts'

const orders = (): [TrackerOrder, string][] => [
  ['newest', msg('最新在前', { id: 'tracker.newest' })],
  ['priority', msg('紧急在前', { id: 'tracker.priority' })],
  ['due', msg('临期在前', { id: 'tracker.due' })],
]

/** The filters that combine: one press each, two choices from lists, and the order. */
export function filtersView(body: TrackerBody): TemplateResult {
  addStyles(body.element, fieldStyles)
  const { element, controller } = body
  const { clock, asked, supervised, mine, order, category, unit } = element.chosen
  const { counts, catalogue } = controller
  const chip = (name: string, on: boolean, pick: Partial<TrackerView>, count?: number) =>
    html`<button class="button chip" aria-pressed=${on} @click=${() => body.choose(pick)}>
      ${name}${count === undefined ? nothing : html` <span class="count">${count}</span>`}
    </button>`
  const breached = clock === 'breached'
  const soon = clock === 'soon'
  return html`<div
    id="filters"
    class="filters card"
    role="group"
    aria-label=${msg('筛选', { id: 'tracker.filter' })}
  >
    <div class="chips">
      ${chip(msg('已超期', { id: 'tracker.breached' }), breached, { clock: breached ? undefined : 'breached' }, counts?.breached)}
      ${chip(msg('即将到期', { id: 'tracker.soon' }), soon, { clock: soon ? undefined : 'soon' }, counts?.soon)}
      ${chip(msg('有申请待审批', { id: 'tracker.asked' }), !!asked, { asked: !asked }, counts?.asked)}
      ${chip(msg('督办', { id: 'issue.mark.supervised' }), !!supervised, { supervised: !supervised })}
      ${chip(msg('我上报的', { id: 'tracker.mine' }), !!mine, { mine: !mine })}
    </div>
    <div class="pair">
      ${
        catalogue?.categories.length
          ? html`<fieldset class="plain-set">
              <legend>${msg('类别', { id: 'tracker.category' })}</legend>
              ${categoryField(catalogue.categories, category, (code) => body.choose({ category: code }), {
                any: msg('全部类别', { id: 'tracker.anyCategory' }),
              })}
            </fieldset>`
          : nothing
      }
      ${
        catalogue?.units.length
          ? html`<label
              >${msg('承办单位', { id: 'tracker.unit' })}
              <select
                class="field"
                @change=${({ target }: Event) => body.choose({ unit: (target as HTMLSelectElement).value || undefined })}
              >
                <option value="" .selected=${!unit}>${msg('全部单位', { id: 'tracker.anyUnit' })}</option>
                ${catalogue.units.map(
                  ({ id, name }) => html`<option value=${id} .selected=${id === unit}>${name}</option>`,
                )}
              </select></label
            >`
          : nothing
      }
      <label
        >${msg('排序', { id: 'tracker.order' })}
        <select
          class="field"
          @change=${({ target }: Event) => body.choose({ order: (target as HTMLSelectElement).value as TrackerOrder })}
        >
          ${orders().map(([word, name]) => html`<option value=${word} .selected=${word === order}>${name}</option>`)}
        </select></label
      >
    </div>
  </div>`
}
