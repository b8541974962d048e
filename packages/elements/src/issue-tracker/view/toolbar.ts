import { issueLimits } from '@minqing/core/wire'
import { html, nothing, type TemplateResult } from 'lit'
import { msg, str } from '../../internal/localize.ts'
import type { TrackerBody } from '../body.ts'
import type { TrackerView } from '../model/view.ts'
import { boardIcon, filterIcon, listIcon, searchIcon } from './icons.ts'

/** Names of what is chosen, each with what takes it away. */
function chips({ controller, element }: TrackerBody): [name: string, without: Partial<TrackerView>][] {
  const { category, unit, clock, asked, supervised, mine, q } = element.chosen
  const { categories, units } = controller.catalogue ?? {}
  const found: [string, Partial<TrackerView>][] = []
  if (category)
    found.push([categories?.find(({ code }) => code === category)?.name ?? category, { category: undefined }])
  if (unit) found.push([units?.find(({ id }) => id === unit)?.name ?? unit, { unit: undefined }])
  if (clock === 'breached') found.push([msg('已超期', { id: 'tracker.breached' }), { clock: undefined }])
  if (clock === 'soon') found.push([msg('即将到期', { id: 'tracker.soon' }), { clock: undefined }])
  if (asked) found.push([msg('有申请待审批', { id: 'tracker.asked' }), { asked: false }])
  if (supervised) found.push([msg('督办', { id: 'issue.mark.supervised' }), { supervised: false }])
  if (mine) found.push([msg('我上报的', { id: 'tracker.mine' }), { mine: false }])
  if (q) found.push([msg(str`搜索“${q}”`, { id: 'tracker.searched' }), { q: undefined }])
  return found
}

/** Search, the switch between list and board, and what is chosen. */
export function toolbar(body: TrackerBody): TemplateResult {
  const { element } = body
  const chosen = chips(body)
  const search = (event: Event) => {
    event.preventDefault()
    const field = (event.currentTarget as HTMLElement).querySelector('input')!
    body.choose({ q: field.value.trim() || undefined })
  }
  // The cross of a search field takes the search back at once.
  const emptied = ({ target }: Event) => {
    if (!(target as HTMLInputElement).value && element.q) body.choose({ q: undefined })
  }
  const toggle = () => {
    body.filtersOpen = !body.filtersOpen
    body.redraw()
  }
  const show = (view: 'list' | 'board', name: string, icon: TemplateResult) =>
    html`<button
      class="button quiet"
      aria-pressed=${element.view === view}
      @click=${() => body.choose({ view })}
    >
      ${icon}<span>${name}</span>
    </button>`
  return html`<div class="toolbar">
      <form class="search" role="search" @submit=${search}>
        <input
          class="field"
          type="search"
          part="search"
          maxlength=${issueLimits.query}
          aria-label=${msg('搜索事项或编号', { id: 'tracker.search' })}
          placeholder=${msg('搜索事项或编号', { id: 'tracker.search' })}
          .value=${element.q ?? ''}
          @input=${emptied}
        />
        <button class="button quiet icon" type="submit" aria-label=${msg('搜索', { id: 'tracker.doSearch' })}>
          ${searchIcon}
        </button>
      </form>
      <div class="switch" role="group" aria-label=${msg('显示方式', { id: 'tracker.views' })}>
        ${show('list', msg('列表', { id: 'tracker.asList' }), listIcon)}
        ${show('board', msg('看板', { id: 'tracker.asBoard' }), boardIcon)}
      </div>
      <button class="button quiet" aria-expanded=${body.filtersOpen} aria-controls="filters" @click=${toggle}>
        ${filterIcon}<span>${msg('筛选', { id: 'tracker.filter' })}</span>
      </button>
    </div>
    ${
      chosen.length
        ? html`<ul class="chosen" aria-label=${msg('已选条件', { id: 'tracker.chosen' })}>
            ${chosen.map(
              ([name, without]) =>
                html`<li>
                  <button
                    class="button chip"
                    part="chip"
                    aria-label=${msg(str`取消条件：${name}`, { id: 'tracker.without' })}
                    @click=${() => body.choose(without)}
                  >
                    ${name} <span aria-hidden="true">×</span>
                  </button>
                </li>`,
            )}
          </ul>`
        : nothing
    }`
}
