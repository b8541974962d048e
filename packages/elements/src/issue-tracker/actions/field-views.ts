import { html, nothing, type TemplateResult } from 'lit'
import { msg, str } from '../../internal/localize.ts'
import { starIcon } from '../view/icons.ts'
import { starNames } from '../view/words.ts'
import { categoryField } from './category-field.ts'
import type { MqIssueDialog } from './dialog.ts'
import type { Field, IssueChoice, PhotoValue, TargetValue } from './fields.ts'
import type { MqIssuePhotos } from './photos-field.ts'
import type { MqWorkDay } from './day-field.ts'

type View = TemplateResult | typeof nothing

/** What every field needs to draw itself. */
interface Drawn {
  id: string
  invalid: boolean
  describedBy: string | undefined
  dialog: MqIssueDialog
  set: (value: unknown) => void
}

const units = ({ dialog }: Drawn, chosen: unknown, except: readonly string[] = []) => {
  const all = dialog.controller.catalogue?.units ?? []
  return all
    .filter(({ id, active }) => active && !except.includes(id))
    .map(({ id, name }) => html`<option value=${id} .selected=${id === chosen}>${name}</option>`)
}

const valueOf = (event: Event) => (event.target as HTMLInputElement | HTMLSelectElement).value

function dayView(
  drawn: Drawn,
  label: string,
  value: unknown,
  set: (day: string) => void,
  after?: number,
): TemplateResult {
  const { dialog, describedBy, invalid } = drawn
  // A deadline of that day is not later than one within it: the first that can be taken is the next day.
  const last = after === undefined ? '' : new Date(after + 8 * 3_600_000).toISOString().slice(0, 10)
  return html`<mq-work-day
    .calendar=${dialog.controller.calendar}
    .value=${(value as string) ?? ''}
    .later=${last}
    label=${label}
    describedby=${describedBy ?? nothing}
    ?invalid=${invalid}
    @change=${({ currentTarget }: Event) => set((currentTarget as MqWorkDay).value)}
  ></mq-work-day>`
}

function starsView({ id, set }: Drawn, chosen: unknown): TemplateResult {
  return html`<span class="stars">
    ${starNames().map((name, at) => {
      const stars = at + 1
      return html`<label class="star" data-on=${Number(chosen) >= stars ? 'yes' : nothing}>
        <input
          type="radio"
          name=${id}
          value=${stars}
          .checked=${Number(chosen) === stars}
          @change=${() => set(stars)}
        />
        ${starIcon}<span>${name}</span>
      </label>`
    })}
  </span>`
}

function targetsView(drawn: Drawn, field: Field & { kind: 'targets' }, value: unknown): TemplateResult {
  const all = (value as TargetValue[] | undefined) ?? []
  const change = (at: number, part: Partial<TargetValue>) =>
    drawn.set(all.map((one, index) => (index === at ? { ...one, ...part } : one)))
  const add = () => drawn.set([...all, { unit: '', task: '', dueAt: '' }])
  return html`${all.map((one, at) => {
    const name = msg(str`协办 ${at + 1}`, { id: 'action.assistNumber' })
    const lead = drawn.dialog.values['lead.unit']
    return html`<div class="target" role="group" aria-label=${name}>
      <div class="row-between">
        <strong>${name}</strong>
        <button
          type="button"
          class="button quiet"
          @click=${() => drawn.set(all.filter((_, index) => index !== at))}
        >
          ${msg('移除', { id: 'action.removeAssist' })}
        </button>
      </div>
      <select
        class="field"
        aria-label=${msg(str`${name}单位`, { id: 'action.assistUnitOf' })}
        @change=${(event: Event) => change(at, { unit: valueOf(event) })}
      >
        <option value="" .selected=${!one.unit}>${msg('请选择单位', { id: 'action.chooseUnit' })}</option>
        ${units(drawn, one.unit, typeof lead === 'string' ? [lead] : [])}
      </select>
      <input
        class="field"
        aria-label=${msg(str`${name}要求`, { id: 'action.assistTaskOf' })}
        placeholder=${msg('协办要求（可不填）', { id: 'action.assistTask' })}
        maxlength="500"
        .value=${one.task}
        @input=${(event: Event) => change(at, { task: valueOf(event) })}
      />
      ${dayView(drawn, msg(str`${name}期限`, { id: 'action.assistDueOf' }), one.dueAt, (dueAt) => change(at, { dueAt }))}
    </div>`
  })}
  ${
    all.length < field.max
      ? html`<button type="button" class="button quiet" id=${drawn.id} @click=${add}>
          ＋ ${msg('添加协办单位', { id: 'action.addAssistUnit' })}
        </button>`
      : nothing
  }`
}

function issueView(drawn: Drawn, similar: readonly IssueChoice[], value: unknown): TemplateResult {
  const { dialog, id, set } = drawn
  const all = [...similar, ...dialog.found.filter((one) => !similar.some((other) => other.id === one.id))]
  return html`<div class="row-fields">
      <input
        class="field"
        type="search"
        id=${id}
        placeholder=${msg('按编号或文字查找', { id: 'action.findIssue' })}
        maxlength="50"
        @keydown=${(event: KeyboardEvent) => {
          // 229: Safari ends the composition before it tells of the key that ended it.
          if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return
          event.preventDefault()
          void dialog.find(valueOf(event))
        }}
      />
      <button
        type="button"
        class="button quiet"
        @click=${({ currentTarget }: Event) =>
          void dialog.find((currentTarget as HTMLElement).parentElement!.querySelector('input')!.value)}
      >
        ${msg('查找', { id: 'action.find' })}
      </button>
    </div>
    <div class="options" role="radiogroup" aria-label=${msg('可并入的事项', { id: 'action.candidates' })}>
      ${all.map(
        (one) =>
          html`<label class="option">
            <input
              type="radio"
              name=${`${id}-issue`}
              .checked=${one.id === value}
              @change=${() => set(one.id)}
            />
            <span>${one.title}<span class="small"> ${one.number}</span></span>
          </label>`,
      )}
      ${all.length ? nothing : html`<p class="small">${dialog.finding ? msg('正在查找…', { id: 'action.finding' }) : msg('没有相似的事项，可按编号查找', { id: 'action.noCandidates' })}</p>`}
    </div>`
}

function control(field: Field, value: unknown, drawn: Drawn): View {
  const { id, invalid, describedBy, set, dialog } = drawn
  const wrong = invalid ? 'true' : nothing
  const told = describedBy ?? nothing
  switch (field.kind) {
    case 'text':
      return html`<textarea
        class="field"
        id=${id}
        rows=${field.rows ?? 3}
        aria-required=${field.required ? 'true' : nothing}
        aria-invalid=${wrong}
        aria-describedby=${told}
        .value=${(value as string) ?? ''}
        @input=${(event: Event) => set(valueOf(event))}
      ></textarea>`
    case 'score':
      return html`<input
        class="field short"
        type="number"
        inputmode="numeric"
        min="0"
        max="100"
        step="1"
        id=${id}
        aria-invalid=${wrong}
        aria-describedby=${told}
        .value=${(value as string | undefined) ?? ''}
        @input=${(event: Event) => set(valueOf(event))}
      />`
    case 'choice':
      return html`<span class="options">
        ${field.options.map(
          ([word, name]) =>
            html`<label class="option">
              <input
                type="radio"
                name=${id}
                value=${word}
                .checked=${value === word}
                @change=${() => set(word)}
              />
              <span>${name}</span>
            </label>`,
        )}
      </span>`
    case 'stars':
      return starsView(drawn, value)
    case 'category':
      return categoryField(dialog.controller.catalogue?.categories ?? [], value as string | undefined, set, {
        any: msg('请选择类别', { id: 'action.chooseCategory' }),
        id,
        invalid,
        describedBy,
      })
    case 'unit':
      return html`<select
        class="field"
        id=${id}
        aria-required=${field.required ? 'true' : nothing}
        aria-invalid=${wrong}
        aria-describedby=${told}
        @change=${(event: Event) => set(valueOf(event))}
      >
        <option value="" .selected=${!value}>${msg('请选择单位', { id: 'action.chooseUnit' })}</option>
        ${units(drawn, value, field.except)}
      </select>`
    case 'day':
      return dayView(drawn, field.label, value, set, field.after)
    case 'photos':
      return html`<mq-issue-photos
        label=${field.label}
        max=${field.max}
        .value=${(value as PhotoValue[]) ?? []}
        @change=${({ currentTarget }: Event) => set((currentTarget as MqIssuePhotos).value)}
      ></mq-issue-photos>`
    case 'people': {
      const chosen = (value as string[] | undefined) ?? []
      const toggle = (person: string) =>
        set(chosen.includes(person) ? chosen.filter((one) => one !== person) : [...chosen, person])
      return html`<span class="options">
        ${field.people.map(
          (person) =>
            html`<label class="option">
              <input
                type="checkbox"
                .checked=${chosen.includes(person.id)}
                @change=${() => toggle(person.id)}
              />
              <span>${person.name}<span class="small"> ${person.title ?? ''}</span></span>
            </label>`,
        )}
      </span>`
    }
    case 'targets':
      return targetsView(drawn, field, value)
    case 'issue':
      return issueView(drawn, field.similar, value)
  }
}

/** Kinds that are several controls: they need a group with a name instead of a label. */
const groups = new Set<Field['kind']>([
  'choice',
  'stars',
  'category',
  'day',
  'photos',
  'people',
  'targets',
  'issue',
])

/** One question: its name, its control, what helps and what is wrong. */
export function fieldView(field: Field, dialog: MqIssueDialog): TemplateResult {
  const id = `field-${field.name.replace('.', '-')}`
  const problem = dialog.problems.get(field.name)
  const notes = [field.hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ')
  const drawn: Drawn = {
    id,
    invalid: Boolean(problem),
    describedBy: notes || undefined,
    dialog,
    set: (value) => dialog.set(field.name, value),
  }
  const value = dialog.values[field.name]
  const name = html`${field.label}${field.required ? html`<span class="must" aria-hidden="true"> *</span>` : nothing}`
  const below = html`${field.hint ? html`<p class="small" id=${`${id}-hint`}>${field.hint}</p>` : nothing}
  ${field.kind === 'text' && ((value as string | undefined) ?? '').length > field.max * 0.8 ? html`<p class="small">${(value as string).length} / ${field.max}</p>` : nothing}
  ${problem ? html`<p class="problem" id=${`${id}-problem`}>${problem}</p>` : nothing}`
  if (!groups.has(field.kind))
    return html`<div class="question" data-field=${field.name}>
      <label for=${id}>${name}</label>${control(field, value, drawn)} ${below}
    </div>`
  return html`<fieldset
    class="question"
    data-field=${field.name}
    aria-describedby=${drawn.describedBy ?? nothing}
  >
    <legend>${name}</legend>
    ${control(field, value, drawn)} ${below}
  </fieldset>`
}
