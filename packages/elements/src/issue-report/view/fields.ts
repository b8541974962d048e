import { diaryLimits, issueLimits, type ReportForm } from '@minqing/core/wire'
import { html, nothing, type TemplateResult } from 'lit'
import { msg, str } from '../../internal/localize.ts'
import { photoPicker } from '../../internal/photos/photo-picker.ts'
import type { ReportBody } from '../body.ts'

const valueOf = (event: Event) => (event.target as HTMLInputElement | HTMLSelectElement).value

/** Stands for a choice until the server has said what there is to choose: nothing jumps when it has. */
const pendingSelect = (label: string, option: string) =>
  html`<select class="field" disabled aria-label=${label}>
    <option>${option}</option>
  </select>`

const anyArea = () => msg('不清楚是哪里', { id: 'report.area.any' })

const areaSelect = (body: ReportBody, { area, areas }: ReportForm, level: number) => {
  if (!areas.length) return nothing
  const chosen = body.draft.areas[level] ?? ''
  return html`<select
    class="field"
    aria-label=${msg(str`${msg('所在区域', { id: 'report.area' })}：${area.name}`, { id: 'common.colon' })}
    @change=${(event: Event) => body.chooseArea(level, valueOf(event))}
  >
    <option value="" .selected=${!chosen}>
      ${level ? msg('不清楚是哪个村、社区', { id: 'report.area.village' }) : anyArea()}
    </option>
    ${areas.map(({ code, name }) => html`<option value=${code} .selected=${code === chosen}>${name}</option>`)}
  </select>`
}

const where = (body: ReportBody) =>
  html`<fieldset>
    <legend class="name">${msg('在什么地方？', { id: 'report.where' })}${optional()}</legend>
    <div class="row" part="area">
      ${body.isWaitingForForms ? pendingSelect(msg('所在区域', { id: 'report.area' }), anyArea()) : nothing}
      ${
        body.forms[0]?.areas.length || !body.forms[0]
          ? nothing
          : html`<p class="small">${body.forms[0].area.name}</p>`
      }
      ${body.forms.map((form, level) => areaSelect(body, form, level))}
    </div>
    <input
      class="field"
      part="place"
      aria-label=${msg('具体地点', { id: 'report.place' })}
      placeholder=${msg('具体地点，如：村口小店旁', { id: 'report.place.hint' })}
      maxlength=${diaryLimits.placeName}
      .value=${body.draft.place}
      @input=${(event: Event) => body.change({ place: valueOf(event) })}
    />
  </fieldset>`

const optional = () => html` <span class="small">${msg('可不填', { id: 'report.optional' })}</span>`

const noCategory = () => msg('不清楚', { id: 'report.category.none' })

const category = ({ forms, draft, isWaitingForForms }: ReportBody, choose: (code: string) => void) => {
  const categories = forms[0]?.categories ?? []
  const name = msg('属于哪一类？', { id: 'report.category' })
  if (isWaitingForForms) {
    return html`<span class="name">${name}${optional()}</span>${pendingSelect(name, noCategory())}`
  }
  if (!categories.length) return nothing
  return html`<label class="name" for="category">${name}${optional()}</label>
    <select id="category" class="field" part="category" @change=${(event: Event) => choose(valueOf(event))}>
      <option value="" .selected=${!draft.category}>${noCategory()}</option>
      ${categories.map(
        ({ code, name }) => html`<option value=${code} .selected=${code === draft.category}>${name}</option>`,
      )}
    </select>`
}

const contact = (body: ReportBody) =>
  html`<fieldset part="contact">
    <legend class="name">${msg('怎么联系您？', { id: 'report.contact' })}${optional()}</legend>
    <div class="row">
      <input
        class="field"
        autocomplete="name"
        aria-label=${msg('称呼', { id: 'report.name' })}
        placeholder=${msg('称呼', { id: 'report.name' })}
        maxlength=${issueLimits.residentName}
        .value=${body.draft.name}
        @input=${(event: Event) => body.change({ name: valueOf(event) })}
      />
      <input
        id="phone"
        class="field"
        type="tel"
        inputmode="tel"
        autocomplete="tel"
        aria-label=${msg('电话', { id: 'report.phone' })}
        placeholder=${msg('电话', { id: 'report.phone' })}
        maxlength=${issueLimits.residentPhone}
        .value=${body.draft.phone}
        @input=${(event: Event) => body.change({ phone: valueOf(event) })}
      />
    </div>
    <p class="small">
      ${msg('只供承办单位核实和答复：页面上隐去中间几位，每次查看都有记录。', { id: 'report.protected' })}
    </p>
  </fieldset>`

/** Everything below the text; all of it may be left out. */
export const fieldsView = (body: ReportBody): TemplateResult =>
  html`<div class="fields">
    ${
      body.element.anonymous
        ? nothing
        : html`<div class="pickers">${photoPicker((files) => body.addPhotos(files))}${optional()}</div>
            ${body.photos?.render()}`
    }
    ${where(body)} ${category(body, (code) => body.change({ category: code }))} ${contact(body)}
  </div>`
