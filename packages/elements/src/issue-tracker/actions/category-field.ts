import type { Category } from '@minqing/core'
import { html, nothing, type TemplateResult } from 'lit'
import { msg } from '../../internal/localize.ts'

interface Options {
  /** Name of the choice of none. */
  any: string
  id?: string
  invalid?: boolean
  describedBy?: string
}

const lastName = ({ name }: Category) => name.split(' / ').pop()!

/** The categories' tree as one list after the other: each choice opens the one below it. */
export function categoryField(
  categories: readonly Category[],
  chosen: string | undefined,
  choose: (code: string | undefined) => void,
  { any, id, invalid, describedBy }: Options,
): TemplateResult {
  const active = categories.filter((one) => one.active)
  const levels = [
    msg('大类', { id: 'category.1' }),
    msg('中类', { id: 'category.2' }),
    msg('小类', { id: 'category.3' }),
  ]
  const lists: TemplateResult[] = []
  for (let length = 2; length <= 6; length += 2) {
    const parent = chosen?.slice(0, length - 2) ?? ''
    if (length > 2 && parent.length < length - 2) break
    const options = active.filter(({ code }) => code.length === length && code.startsWith(parent))
    if (!options.length) break
    const value = chosen && chosen.length >= length ? chosen.slice(0, length) : ''
    const pick = ({ target }: Event) => choose((target as HTMLSelectElement).value || parent || undefined)
    lists.push(
      html`<select
        class="field"
        id=${(length === 2 && id) || nothing}
        aria-label=${levels[length / 2 - 1]!}
        aria-invalid=${invalid ? 'true' : nothing}
        aria-describedby=${describedBy ?? nothing}
        @change=${pick}
      >
        <option value="" .selected=${!value}>
          ${length === 2 ? any : msg('不细分', { id: 'category.none' })}
        </option>
        ${options.map((one) => html`<option value=${one.code} .selected=${one.code === value}>${lastName(one)}</option>`)}
      </select>`,
    )
  }
  return html`<span class="selects">${lists}</span>`
}
